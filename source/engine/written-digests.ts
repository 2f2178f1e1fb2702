import {createHash} from 'node:crypto';
import {render} from '../shell/command.ts';
import {isComparable} from './comparison.ts';
import type {JournalEntry} from './journal-schema.ts';
import type {Unit} from './plan.ts';
import {nodeOwning} from './resource.ts';
import type {Task} from './task.ts';

/**
 * Returns digests of the unit's file-writing tasks, which the journal records once all checks pass. If a file differs
 * later although its task has the same digest, it was changed on the node. Tasks with secrets are left out, because
 * they are not compared either.
 */
export function writtenDigests({tasks}: Unit): string[] {
	return tasks.flatMap(task => digestOf(task) ?? []);
}

/**
 * Returns a function that tells whether the last `up` left a task's files as the task writes them today; false if
 * unknown.
 */
export function wasUnchangedSince(entries: readonly JournalEntry[]): (unit: Unit, task: Task) => boolean {
	const written = new Map<string, readonly string[]>();
	for (const entry of entries) {
		if (entry.type === 'step-finished' && entry.written) {
			written.set(entry.unit, entry.written);
		} else if (entry.type === 'step-started') {
			// A unit that is cut off or fails may have written different content.
			written.delete(entry.unit);
		} else if (entry.type === 'intent') {
			forget(written, nodeOwning(entry.resource));
		}
	}

	return ({id}, task) => written.get(id)?.includes(digestOf(task) ?? '') ?? false;
}

/** As the runner tells the digest of a file (`wrote_` in assets/engine/runner.sh). */
export function contentDigest(content: Buffer): string {
	return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** The files that units have written and how they left them: of earlier runs by the journal, and of this one. */
export class WrittenFiles {
	readonly #entries: readonly JournalEntry[];
	readonly #now = new Map<string, Map<string, string>>();

	constructor(entries: readonly JournalEntry[]) {
		this.#entries = entries;
	}

	add(unit: string, path: string, digest: string): void {
		this.#now.set(unit, (this.#now.get(unit) ?? new Map<string, string>()).set(path, digest));
	}

	/** Those that a unit has written in this run. */
	of(unit: string): Readonly<Record<string, string>> | undefined {
		const files = this.#now.get(unit);
		return files && Object.fromEntries(files);
	}

	/** Whether a file is as this unit left it last; false where that is not known. */
	isOurs(unit: string, path: string, content: Buffer): boolean {
		const last =
			this.#now.get(unit)?.get(path) ??
			this.#entries.findLast(
				(entry): entry is JournalEntry & {type: 'step-finished'} =>
					entry.type === 'step-finished' && entry.unit === unit && Object.hasOwn(entry.files ?? {}, path),
			)?.files?.[path];
		return last === contentDigest(content);
	}
}

/** Drops the units of a node whose machine or disk was made anew: its files are the image's. */
function forget(written: Map<string, unknown>, node: string | undefined): void {
	for (const unit of written.keys()) {
		if (node !== undefined && unit.endsWith(`:${node}`)) {
			written.delete(unit);
		}
	}
}

function digestOf(task: Task): string | undefined {
	if (!task.writes || !task.apply || !isComparable(task)) {
		return undefined;
	}

	const text = [task.check, ...task.apply].map(command => [render(command, 'show'), command.input]);
	return createHash('sha256').update(JSON.stringify(text)).digest('hex').slice(0, 16);
}
