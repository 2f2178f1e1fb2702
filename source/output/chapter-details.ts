import {differenceKey, type Difference} from '../engine/comparison.ts';
import type {TaskStatus} from '../engine/event.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages as messages} from './messages.ts';
import {differenceLines, diffStyles} from './difference-lines.ts';
import type {Style} from './status-marks.ts';

/** The changes that a task made to existing files, and sentences on the copies that it kept of them. */
export interface Overwritten {
	readonly differences: Difference[];
	readonly kept: string[];
}

/** A task that is printed below its chapter; equal tasks of several nodes are one detail. */
export interface Detail extends Overwritten {
	readonly subjects: string[];
	readonly status: TaskStatus;
	readonly task: string;
	readonly reason?: string;
}

/** Most nodes in a list; of a longer one the rest is only counted. */
const mostNamed = 6;

export function addDetail(details: Detail[], detail: Detail): void {
	const same = details.find(other => keyOf(other) === keyOf(detail));
	if (same) {
		same.subjects.push(...detail.subjects);
		same.kept.push(...detail.kept);
	} else {
		details.push(detail);
	}
}

function keyOf({status, task, reason, differences}: Detail): string {
	return JSON.stringify([
		status,
		task,
		differences.map(difference => differenceKey(difference)),
		isSaidByDiff({status, differences}) ? '' : reason,
	]);
}

function isSaidByDiff({status, differences}: Pick<Detail, 'status' | 'differences'>): boolean {
	return status === 'changed' && differences.length > 0;
}

export interface DetailStyle {
	readonly language: Language;
	readonly mark: (status: TaskStatus) => string;
	readonly styled: (style: Style, text: string) => string;
	/** Wraps a line for the terminal. */
	readonly hanging: (line: string) => string;
}

/** The lines of a detail. A change with a diff is shown without the check's reason, because the diff says more. */
export function detailLines(
	{subjects, status, task, reason, differences, kept}: Detail,
	{language, mark, styled, hanging}: DetailStyle,
): string[] {
	const why = reason === undefined || isSaidByDiff({status, differences}) ? '' : ` (${reason})`;
	return [
		hanging(
			`    ${mark(status)} ${namedNodes(subjects, language)}: ${task}${status === 'changed' ? '' : `: ${messages.status[status][language]}`}${why}`,
		),
		...[
			...differences.flatMap(difference =>
				differenceLines(difference, language, (part, line) => styled(diffStyles[part], line)),
			),
			...kept,
		].map(line => `        ${line}`),
	];
}

export function namedNodes(nodes: readonly string[], language: Language): string {
	return (
		nodes.length > mostNamed
			? [...nodes.slice(0, mostNamed - 1), messages.more(nodes.length - mostNamed + 1)[language]]
			: nodes
	).join(', ');
}
