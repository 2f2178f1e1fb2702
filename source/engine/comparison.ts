import {shortened} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import type {TaskRequest} from './task-request.ts';
import {type Content} from '../shell/command.ts';
import {Secret} from '../shell/secret.ts';
import type {Task} from './task.ts';

/** A unified diff from the current content to the content that a task writes. `left`: number of lines omitted. */
export interface Difference {
	readonly lines: readonly string[];
	readonly left: number;
}

/** A key that is equal for diffs that add and remove the same lines, regardless of context lines and line numbers. */
export function differenceKey({lines, left}: Difference): string {
	// Skips the two header lines (`---`, `+++`). A diff of binary files has no changed lines: its whole text is the key.
	const changed = lines.slice(2).filter(line => /^[+-]/.test(line));
	return JSON.stringify([changed.length > 0 ? changed : lines, left]);
}

/** Largest file, in bytes, that is backed up before it is overwritten. */
export const largestBackup = 2 ** 20;

/** Limits of a shown diff: number of lines, and characters per line. */
const mostLines = 200;
const longestLine = 500;

/** Whether the task can print a diff: it has `compare`, and nothing about it is secret. */
export function isComparable(task: Task): boolean {
	return task.compare !== undefined && task.isSecret !== true && !(inputOf(task) instanceof Secret);
}

/** Standard input of the request's `compare` command: the first standard input among the task's commands. */
export function comparedInput({task, how, shows = false}: TaskRequest): string | undefined {
	const input = inputOf(task);
	return isComparable(task) && (shows || how === 'compare') && typeof input === 'string' ? input : undefined;
}

/** Paths of the files whose previous content the request sends back before it overwrites them. */
export function backedUpFiles({task, keeps = false}: TaskRequest): readonly string[] {
	return keeps ? [...overwrittenFiles(task), ...(task.keeps ? [task.keeps.path] : [])] : [];
}

/** The files that a task writes and whose content is not secret. */
export function overwrittenFiles({isSecret = false, apply, writes = []}: Task): readonly string[] {
	return isSecret || apply === undefined ? [] : writes;
}

function inputOf({apply = []}: Task): Content | undefined {
	return apply.find(({input}) => input !== undefined)?.input;
}

export const emptyDifference: Difference = {lines: [], left: 0};

/** Appends a line to a diff. Ignores empty lines, because a unified diff has none. */
export function withDifferingLine({lines, left}: Difference, line: string): Difference {
	if (line === '') {
		return {lines, left};
	}

	return lines.length < mostLines
		? {lines: [...lines, shortened(withoutLongValues(line), longestLine)], left}
		: {lines, left: left + 1};
}

/** A file being received as lines of base64. */
export interface ArrivingFile {
	/** Size of the complete file in bytes. */
	readonly size: number;
	readonly base64: string;
}

/** Appends a line of base64. Ignores it beyond the limit that `largestBackup` sets: such a file stays incomplete. */
export function withFileLine({size, base64}: ArrivingFile, line: string): ArrivingFile {
	return {size, base64: base64.length + line.length > 2 * largestBackup ? base64 : base64 + line};
}

/**
 * Returns the content of a file that was received completely, otherwise undefined. A file that contains one of our
 * secrets is never complete, because secrets are removed from all output.
 */
export function arrivedFile({size, base64}: ArrivingFile): Buffer | undefined {
	const content = Buffer.from(base64, 'base64');
	return /^[A-Za-z\d+/=]*$/.test(base64) && content.length === size ? content : undefined;
}
