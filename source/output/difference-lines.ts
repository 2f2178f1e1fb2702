import type {Difference} from '../engine/comparison.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages} from './messages.ts';

/** Parts of a unified diff that have a colour of their own. */
export type DiffPart = 'added' | 'removed' | 'hunk' | 'left';

/** The lines of a unified diff, and a sentence on the number of lines left out. */
export function differenceLines(
	{lines, left}: Difference,
	language: Language,
	paint: (part: DiffPart, text: string) => string,
): string[] {
	return [
		...lines.map(line => {
			const part = line.startsWith('+')
				? 'added'
				: line.startsWith('-')
					? 'removed'
					: line.startsWith('@@')
						? 'hunk'
						: undefined;
			return part ? paint(part, line) : line;
		}),
		...(left > 0 ? [paint('left', progressMessages.diffLeft(left)[language])] : []),
	];
}

/** Colours of a diff on a terminal. */
export const diffStyles = {added: 'green', removed: 'red', hunk: 'cyan', left: 'dim'} as const satisfies Record<
	DiffPart,
	string
>;
