import {closeSync, constants, fstatSync, fsyncSync, ftruncateSync, readSync, writeSync} from 'node:fs';
import {journalMessages} from './journal-messages.ts';
import {systemErrorReason} from '../languages/system-errors.ts';
import {messageOf} from '../text/clean.ts';
import {decodeUncleaned} from '../text/exact.ts';
import type {UnitStatus} from './event.ts';
import {JournalFailed} from './failure.ts';
import {
	formatEntry,
	parseJournal,
	type UntimedEntry,
	type JournalContents,
	type JournalProblem,
} from './journal-entry.ts';
import type {JournalEntry} from './journal-schema.ts';
import type {UnknownResource} from './legacy-journal.ts';
import {openRegularFile, readStart} from '../state/regular-file.ts';
import type {OwnedResource} from './resource.ts';

/** Maximum size of a journal that is read, in MiB. A thousand builds need a tenth of it. */
const sizeLimit = 64;

/**
 * Records state changes and owned resources, one JSON object per line. `append` returns once the line is on the disk.
 * Reading changes nothing, so it is safe while another process writes.
 */
export class Journal {
	readonly path: string;
	#contents: JournalContents & {isTorn: boolean};

	constructor(path: string) {
		this.path = path;
		this.#contents = readJournal(path);
	}

	get entries(): readonly JournalEntry[] {
		return this.#contents.entries;
	}

	get problems(): readonly JournalProblem[] {
		return this.#contents.problems;
	}

	/** Resources of an old version's journal that cannot be identified; `owned` omits them. */
	get unknown(): readonly UnknownResource[] {
		return this.#contents.unknown;
	}

	/**
	 * Reads the journal again and drops an incomplete last line. Only the holder of the run lock may call this: another
	 * run may still be writing the last line.
	 */
	repair(): void {
		this.#contents = readJournal(this.path);
		if (!this.#contents.isTorn) {
			return;
		}

		this.#write(constants.O_RDWR, file => {
			const {size} = fstatSync(file);
			ftruncateSync(file, size - lengthOfTail(file, size));
		});
	}

	append(entry: UntimedEntry): void {
		const stamped: JournalEntry = {...entry, time: new Date().toISOString()};
		const text = formatEntry(stamped);
		this.#write(constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, file => {
			const {size} = fstatSync(file);
			// Ends an incomplete last line first: joined with it, this entry would be unreadable as well.
			const line = Buffer.from(endsInsideLine(file, size) ? `\n${text}` : text);
			// On a full disk, write(2) may write only a part of the line without reporting an error.
			if (writeSync(file, line) !== line.length) {
				ftruncateSync(file, size);
				throw new JournalFailed(this.path, 'short write', 'ENOSPC');
			}

			fsyncSync(file);
		});
		this.#contents.entries.push(stamped);
	}

	/** Resources with a recorded intent and no removal since, oldest first, without duplicates. */
	owned(): OwnedResource[] {
		const found = new Map<string, OwnedResource>();
		for (const entry of this.entries) {
			if (entry.type === 'intent') {
				found.set(`${entry.resource.kind} ${entry.resource.name}`, entry.resource);
			} else if (entry.type === 'removed') {
				found.delete(`${entry.kind} ${entry.name}`);
			}
		}

		return [...found.values()];
	}

	/** Whether the journal records a success of this unit. */
	isDone(unit: string): boolean {
		return this.entries.some(
			entry =>
				entry.type === 'step-finished' && entry.unit === unit && (entry.status === 'ok' || entry.status === 'changed'),
		);
	}

	/** Duration in seconds and final status of each unit in a run. */
	durations(run: string): Map<string, {duration: number; status: UnitStatus}> {
		const found = new Map<string, {duration: number; status: UnitStatus}>();
		for (const entry of this.entries) {
			if (entry.type === 'step-finished' && entry.run === run) {
				found.set(entry.unit, entry);
			}
		}

		return found;
	}

	/**
	 * Drills whose faults may still be in place, oldest first: those that were cut off, and those that could not be
	 * undone.
	 */
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

	/** The last completed `stop` or `start` of the whole cluster; `time` is ISO 8601. */
	lastPower(): {readonly type: 'stopped' | 'started'; readonly time: string} | undefined {
		return this.entries.findLast(entry => entry.type === 'stopped' || entry.type === 'started');
	}

	/** The last run, unless it finished with status `ok`. */
	interruptedRun(): (JournalEntry & {type: 'run-started'}) | undefined {
		const started = this.entries.findLast(entry => entry.type === 'run-started');
		const ended =
			started &&
			this.entries.some(entry => entry.type === 'run-finished' && entry.run === started.run && entry.status === 'ok');
		return started?.type === 'run-started' && !ended ? started : undefined;
	}

	#write(flags: number, work: (file: number) => void): void {
		let file: number | undefined;
		try {
			file = openRegularFile(this.path, flags);
			work(file);
		} catch (error) {
			throw error instanceof JournalFailed
				? error
				: new JournalFailed(this.path, messageOf(error), (error as NodeJS.ErrnoException).code);
		} finally {
			if (file !== undefined) {
				closeSync(file);
			}
		}
	}
}

/** Reads a journal file. An unreadable file yields a problem; a missing one counts as empty. */
function readJournal(path: string): JournalContents & {isTorn: boolean} {
	let file: number;
	try {
		file = openRegularFile(path, constants.O_RDONLY);
	} catch (error) {
		const {code, message} = error as NodeJS.ErrnoException;
		return {
			entries: [],
			unknown: [],
			isTorn: false,
			problems:
				code === 'ENOENT'
					? []
					: [
							{
								reason: journalMessages.unreadable(
									code === undefined ? journalMessages.notOurs : systemErrorReason({code, message}),
								),
							},
						],
		};
	}

	try {
		const text = decodeUncleaned(readStart(file, sizeLimit * 2 ** 20));
		const contents = parseJournal(text);
		const isWhole = fstatSync(file).size <= sizeLimit * 2 ** 20;
		return isWhole
			? {...contents, isTorn: text !== '' && !text.endsWith('\n')}
			: {...contents, isTorn: false, problems: [...contents.problems, {reason: journalMessages.tooLarge(sizeLimit)}]};
	} finally {
		closeSync(file);
	}
}

function endsInsideLine(file: number, size: number): boolean {
	const last = Buffer.alloc(1);
	return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a;
}

/** Number of bytes after the last line feed. */
function lengthOfTail(file: number, size: number): number {
	const block = Buffer.alloc(65_536);
	for (let end = size; end > 0;) {
		const start = Math.max(0, end - block.length);
		const length = readSync(file, block, 0, end - start, start);
		const at = block.subarray(0, length).lastIndexOf(0x0a);
		if (at !== -1) {
			return size - (start + at + 1);
		}

		end = start;
	}

	return size;
}
