import {closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync} from 'node:fs';
import type {UnitStatus} from './event.ts';

/** What the journal says we have made, as shell text, so that it can be removed without the cluster's answers. */
export interface Owned {
	readonly kind: string;
	readonly name: string;
	readonly remove: string;
	readonly gone: string;
	readonly cache?: boolean;
	/** `machine` or `host`: where it was made. */
	readonly place: string;
	/** The node it belongs to, if it belongs to one. */
	readonly node?: string;
}

export type Entry =
	| {type: 'run-started'; run: string; command: string; version: string; pid: number}
	| {type: 'step-started'; run: string; unit: string}
	| {type: 'step-finished'; run: string; unit: string; status: UnitStatus; duration: number}
	| {type: 'intent'; run: string; owned: Owned}
	| {type: 'removed'; kind: string; name: string}
	| {type: 'drill-started'; run: string; drill: string}
	| {type: 'drill-ended'; run: string; drill: string; restored: boolean}
	| {type: 'run-finished'; run: string; status: 'ok' | 'failed' | 'interrupted'; duration: number};

export type JournalEntry = Entry & {time: string};

/** Thrown when the journal cannot be written: a full disk, most often. */
export class JournalFailed extends Error {
	override readonly name = 'JournalFailed';
}

/**
 * State changes and ownership, a JSON object a line. Each line is on the disk before `append` returns.
 * A last line that was cut off by a crash is dropped when the journal is opened.
 */
export class Journal {
	readonly entries: JournalEntry[];
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
		this.entries = read(path);
	}

	append(entry: Entry): void {
		const stamped: JournalEntry = {time: new Date().toISOString(), ...entry};
		const line = Buffer.from(`${JSON.stringify(stamped)}\n`);
		let file: number | undefined;
		try {
			file = openSync(this.#path, 'a', 0o600);
			// A full disk can write a part of the line only: that is not an error to write(2).
			if (writeSync(file, line) !== line.length) {
				throw new JournalFailed(`${this.#path}: short write`);
			}

			fsyncSync(file);
		} catch (error) {
			throw error instanceof JournalFailed ? error : new JournalFailed(`${this.#path}: ${(error as Error).message}`);
		} finally {
			if (file !== undefined) {
				closeSync(file);
			}
		}

		this.entries.push(stamped);
	}

	/** What was meant to be made and has not been removed since, oldest first; each once. */
	owned(): Owned[] {
		const found = new Map<string, Owned>();
		for (const entry of this.entries) {
			if (entry.type === 'intent') {
				found.set(`${entry.owned.kind} ${entry.owned.name}`, entry.owned);
			} else if (entry.type === 'removed') {
				found.delete(`${entry.kind} ${entry.name}`);
			}
		}

		return [...found.values()];
	}

	/** Whether this unit has ever ended well since the last time everything was removed. */
	isDone(unit: string): boolean {
		return this.entries.some(entry => entry.type === 'step-finished' && entry.unit === unit && (entry.status === 'ok' || entry.status === 'changed'));
	}

	/** Seconds each unit of a run took, for the units it did work in. */
	durations(run: string): Map<string, {duration: number; status: UnitStatus}> {
		const found = new Map<string, {duration: number; status: UnitStatus}>();
		for (const entry of this.entries) {
			if (entry.type === 'step-finished' && entry.run === run) {
				found.set(entry.unit, entry);
			}
		}

		return found;
	}

	/** The drills whose harm may still be there, oldest first: those that were cut off, and those that could not be undone. */
	openDrills(): string[] {
		const open = new Set<string>();
		for (const entry of this.entries) {
			if (entry.type === 'drill-started') {
				open.add(entry.drill);
			} else if (entry.type === 'drill-ended' && entry.restored) {
				open.delete(entry.drill);
			}
		}

		return [...open];
	}

	/** The last run, when it did not come to its end. */
	interruptedRun(): JournalEntry & {type: 'run-started'} | undefined {
		const started = this.entries.findLast(entry => entry.type === 'run-started');
		const ended = started && this.entries.some(entry => entry.type === 'run-finished' && entry.run === started.run && entry.status === 'ok');
		return started?.type === 'run-started' && !ended ? started : undefined;
	}
}

function read(path: string): JournalEntry[] {
	if (!existsSync(path)) {
		return [];
	}

	const content = readFileSync(path);
	const end = content.lastIndexOf(0x0A) + 1;
	if (end < content.length) {
		truncateSync(path, end);
	}

	return content.subarray(0, end).toString().split('\n').filter(Boolean).map(line => JSON.parse(line) as JournalEntry);
}
