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

/** Takes lines of output up to the next mark. */
export interface Collector {
	readonly push: (line: string) => void;
	readonly end: () => void;
}

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

/** Collects the lines of a difference; no line of a unified diff is empty. */
export function collectDifference(onEnd: (difference: Difference) => void): Collector {
	const lines: string[] = [];
	let left = 0;
	return {
		push(line) {
			if (line === '') {
				return;
			}

			if (lines.length < mostLines) {
				lines.push(shortened(withoutLongValues(line), longestLine));
			} else {
				left++;
			}
		},
		end() {
			if (lines.length > 0) {
				onEnd({lines, left});
			}
		},
	};
}

/**
 * Collects a file from lines of base64. A file that did not arrive whole is given up: part of it was one of our secrets,
 * which no output holds.
 */
export function collectFile(size: number, onEnd: (content: Buffer) => void): Collector {
	const lines: string[] = [];
	let length = 0;
	return {
		push(line) {
			length += line.length;
			if (length <= 2 * largestKept) {
				lines.push(line);
			}
		},
		end() {
			const text = lines.join('');
			const content = Buffer.from(text, 'base64');
			if (/^[A-Za-z\d+/=]*$/.test(text) && content.length === size) {
				onEnd(content);
			}
		},
	};
}
