import {shortened} from '../text/clean.ts';
import {withoutLongValues} from '../text/long-values.ts';
import type {TaskRequest} from './task-request.ts';
import {type Content} from '../shell/command.ts';
import {Secret} from '../shell/secret.ts';
import type {Task} from './task.ts';

/** How what is there differs from what a task makes: the lines of a unified diff, and how many more there were. */
export interface Difference {
	readonly lines: readonly string[];
	readonly left: number;
}

/** Equal for differences that add and remove the same lines, whatever stands around them and at whatever place in the file. */
export function differenceKey({lines, left}: Difference): string {
	// Behind the two lines that name the files; of a binary file there are neither.
	const changed = lines.slice(2).filter(line => /^[+-]/.test(line));
	return JSON.stringify([changed.length > 0 ? changed : lines, left]);
}

/** Bytes of the largest file that is kept before it is overwritten. */
export const largestKept = 2 ** 20;

/** Lines of a difference that are shown, and characters of each. */
const mostLines = 200;
const longestLine = 500;

/** Whether a task can say how what is there differs. */
export function isComparable(task: Task): boolean {
	return task.compare !== undefined && task.isSecret !== true && !(inputOf(task) instanceof Secret);
}

/** Input of an request's comparison: the first standard input among the task's commands. */
export function comparedInput({task, how, shows = false}: TaskRequest): string | undefined {
	const input = inputOf(task);
	return isComparable(task) && (shows || how === 'compare') && typeof input === 'string' ? input : undefined;
}

/** The files of which an request gives the former content. */
export function keptFiles({task, keeps = false}: TaskRequest): readonly string[] {
	return keeps && task.isSecret !== true && task.apply !== undefined ? task.writes ?? [] : [];
}

function inputOf({apply = []}: Task): Content | undefined {
	return apply.find(({input}) => input !== undefined)?.input;
}

export const emptyDifference: Difference = {lines: [], left: 0};

/** A difference with one more line of it; no line of a unified diff is empty. */
export function withDifferingLine({lines, left}: Difference, line: string): Difference {
	if (line === '') {
		return {lines, left};
	}

	return lines.length < mostLines ? {lines: [...lines, shortened(withoutLongValues(line), longestLine)], left} : {lines, left: left + 1};
}

/** A file as it arrives, in lines of base64. */
export interface ArrivingFile {
	/** Bytes that the file has. */
	readonly size: number;
	readonly base64: string;
}

/** The file with one more line; no more is kept than the largest file takes. */
export function withFileLine({size, base64}: ArrivingFile, line: string): ArrivingFile {
	return {size, base64: base64.length + line.length > 2 * largestKept ? base64 : base64 + line};
}

/**
 * The content of a file that has arrived whole; undefined otherwise: part of it was one of our secrets, which no output
 * holds, or did not arrive.
 */
export function arrivedFile({size, base64}: ArrivingFile): Buffer | undefined {
	const content = Buffer.from(base64, 'base64');
	return /^[A-Za-z\d+/=]*$/.test(base64) && content.length === size ? content : undefined;
}
