import type {Text} from '../../languages/text.ts';
import {progressMessages} from '../../output/messages.ts';
import {uiMessages} from '../../messages/screens.ts';
import {highlighted} from '../state/filter.ts';
import type {LogLine} from '../state/logs.ts';
import type {RingBuffer} from '../state/ring-buffer.ts';
import {clean, cut, paint} from './text.ts';

/** Code units kept per column before a line is cleaned and cut: more than the characters of a column usually have. */
const charactersPerColumn = 8;

const paints: Record<LogLine['kind'], (text: string) => string> = {
	stdout: paint.plain,
	stderr: paint.yellow,
	command: paint.cyan,
	note: paint.bold,
};

/** Number of the first line of a view; without `top` the view ends with the newest line. */
export function firstVisibleLine(lines: RingBuffer<LogLine>, height: number, top?: number): number {
	const newest = Math.max(lines.start, lines.end - height);
	return top === undefined ? newest : Math.min(Math.max(top, lines.start), newest);
}

/** The visible lines, cleaned, cut and coloured, with the matches of `search` highlighted. */
export function logLines(
	lines: RingBuffer<LogLine>,
	{
		columns,
		height,
		top,
		search,
		say,
	}: {columns: number; height: number; top?: number; search?: string; say: (text: Text) => string},
): string[] {
	const first = firstVisibleLine(lines, height, top);
	return lines.slice(first, first + height).map(({kind, text, cut: leftOut, status}) => {
		const note = leftOut ? `${say(progressMessages.cut(leftOut))} ` : '';
		const mark =
			kind === 'stderr' ? '! ' : kind === 'stdout' ? '  ' : status ? `= ${say(uiMessages.status[status])}: ` : '';
		const shown = paints[kind](cut(mark + note + clean(text.slice(0, columns * charactersPerColumn)), columns));
		return search ? highlighted(shown, search) : shown;
	});
}
