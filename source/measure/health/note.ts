import type {Text} from '../../languages/text.ts';
import {noteMessages, troubleMessages} from './messages.ts';

export type NoteId = keyof typeof noteMessages;
export const noteIds = Object.keys(noteMessages) as NoteId[];

/** Something of a cluster that is no trouble, and has to be known beside its state. */
export interface Note {
	readonly id: NoteId;
	readonly text: Text;
}

/** A command that works on the cluster during the look. */
export interface Work {
	/** The command's name: `up`, `verify`, … */
	readonly verb: string;
	readonly pid: number;
	/** ISO 8601. */
	readonly since: string;
	/** Whether the cluster has never been whole: it is being built. */
	readonly isFirst: boolean;
}

/** The note of a command that works on a cluster that was built before. */
export function workNote({verb, pid, since}: Work, now = new Date()): Note {
	const id = verb === 'down' ? 'being-removed' : verb === 'verify' || verb === 'bench' ? 'being-tested' : 'being-changed';
	return {id, text: noteMessages[id](pid, timeOfDay(since, now))};
}

/** The last `stop` or `start` of the whole cluster that came to its end. */
export interface Power {
	readonly type: 'stopped' | 'started';
	/** ISO 8601. */
	readonly time: string;
}

/** Milliseconds for which it is said since when the page is answered again. */
const recently = 3_600_000;

/** The note of a cluster that was started a short time ago. */
export function powerNotes(power: Power | undefined, now = new Date()): Note[] {
	const isRecent = power?.type === 'started' && now.getTime() - Date.parse(power.time) < recently;
	return isRecent ? [{id: 'started', text: noteMessages.started(timeOfDay(power.time, now))}] : [];
}

/** Says who works on a cluster, built before or not. */
export function workText(work: Work): Text {
	return work.isFirst ? troubleMessages['being-built'](work.pid, timeOfDay(work.since)) : workNote(work).text;
}

/** `10:42`, local time, with the date before it where that is another day. */
export function timeOfDay(time: string, now = new Date()): string {
	const written = new Date(time).toLocaleString('sv-SE').slice(0, 16);
	return written.startsWith(now.toLocaleDateString('sv-SE')) ? written.slice(11) : written;
}
