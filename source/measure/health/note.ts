import {uptime as hostUptime} from 'node:os';
import type {Text} from '../../languages/text.ts';
import {noteMessages, troubleMessages} from './messages.ts';

export type NoteId = keyof typeof noteMessages;
export const noteIds = Object.keys(noteMessages) as NoteId[];

/** A fact that the user must know beside the cluster's state, but that is no trouble. */
export interface Note {
	readonly id: NoteId;
	readonly text: Text;
}

/** Command that is at work on the cluster during a status check. */
export interface Work {
	/** The command's name: `up`, `verify`, … */
	readonly verb: string;
	readonly pid: number;
	/** ISO 8601. */
	readonly since: string;
	/** Whether the cluster is being built for the first time. */
	readonly isFirst: boolean;
}

/** Note about a command at work on a cluster that was built before. */
export function activeCommandNote({verb, pid, since}: Work, now = new Date()): Note {
	const id =
		verb === 'down' ? 'being-removed' : verb === 'verify' || verb === 'bench' ? 'being-tested' : 'being-changed';
	return {id, text: noteMessages[id](pid, timeOfDay(since, now))};
}

/** The last completed `stop` or `start` of the whole cluster. */
export interface Power {
	readonly type: 'stopped' | 'started';
	/** ISO 8601. */
	readonly time: string;
}

/** Milliseconds after a `start` during which the note `started` is shown. */
const recently = 3_600_000;

/**
 * Note about a recent `start`; empty if there was none, or if this computer was started after it.
 * @param uptime seconds since this computer was started
 */
export function startedNotes(power: Power | undefined, now = new Date(), uptime = hostUptime()): Note[] {
	const isRecent =
		power?.type === 'started' && now.getTime() - Date.parse(power.time) < Math.min(recently, uptime * 1000);
	return isRecent ? [{id: 'started', text: noteMessages.started(timeOfDay(power.time, now))}] : [];
}

/** Sentence about the process at work on the cluster, whether or not the cluster was built before. */
export function activeCommandText(work: Work): Text {
	return work.isFirst ? troubleMessages['being-built'](work.pid, timeOfDay(work.since)) : activeCommandNote(work).text;
}

/** Local time such as `10:42`, preceded by the date if it is not today. */
export function timeOfDay(time: string, now = new Date()): string {
	const written = new Date(time).toLocaleString('sv-SE').slice(0, 16);
	return written.startsWith(now.toLocaleDateString('sv-SE')) ? written.slice(11) : written;
}
