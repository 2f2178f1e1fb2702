import {planLines, type PlanSummary} from '../../planning/plan-text.ts';
import type {PlanChange} from '../../planning/plan-changes.ts';
import {clean, cut, paint, wrap} from './text.ts';
import type {Language} from '../../languages/text.ts';

const ofSign: Readonly<Record<string, (text: string) => string>> = {
	'+': paint.green,
	'~': paint.yellow,
	'-': paint.red,
	'✖': paint.red,
	'?': paint.dim,
};
const ofDiff: Readonly<Record<string, (text: string) => string>> = {'+': paint.green, '-': paint.red, '@': paint.cyan};

/** The changes as `plan` prints them, at most `columns` wide: sentences are wrapped, lines of a diff are cut. */
export function planRows(
	changes: readonly PlanChange[],
	summary: PlanSummary,
	columns: number,
	language: Language,
): string[] {
	return planLines(changes, summary, {language, paint: (_, text) => text, showsFigures: false}).flatMap(text => {
		const line = clean(text);
		if (line.startsWith('    ')) {
			const color = ofDiff[line[4] ?? ''];
			return color ? [color(cut(line, columns))] : wrap(line.trim(), columns - 4).map(part => `    ${paint.dim(part)}`);
		}

		const [first = '', ...rest] = wrap(line, columns - 2);
		return [first, ...rest.map(part => `  ${part}`)].map(part => (ofSign[line[0] ?? ''] ?? paint.plain)(part));
	});
}
