import Table from 'cli-table3';
import {columnsOf} from '../text/columns.ts';
import {wrapLine, type Columns} from '../text/wrap.ts';

const sides = [
	'top',
	'top-mid',
	'top-left',
	'top-right',
	'bottom',
	'bottom-mid',
	'bottom-left',
	'bottom-right',
	'left',
	'left-mid',
	'mid',
	'mid-mid',
	'right',
	'right-mid',
	'middle',
];

/** Formats an indented table without borders. */
export function plainTable(
	head: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
	align: 'left' | 'right' = 'left',
): string {
	const table = new Table({
		chars: Object.fromEntries(sides.map(side => [side, ''])),
		style: {head: [], border: [], 'padding-left': 0, 'padding-right': 2},
		head: [...head],
		colAligns: head.map(() => align),
	});
	table.push(...rows.map(row => [...row]));
	return table.toString().replaceAll(/^/gm, '  ').replaceAll(/ +$/gm, '');
}

/**
 * Formats a table; on a terminal that is too narrow for it, one paragraph per row: the first cell, then each heading
 * with its value.
 */
export function tableOrParagraphs(
	head: readonly string[],
	rows: ReadonlyArray<readonly string[]>,
	terminal: Columns,
): string {
	const table = plainTable(head, rows);
	if (terminal.columns === undefined || table.split('\n').every(line => columnsOf(line) < terminal.columns!)) {
		return table;
	}

	return rows
		.map(([name = '', ...values]) =>
			wrapLine(`  ${name}: ${values.map((value, index) => `${head[index + 1]} ${value}`).join('; ')}`, terminal),
		)
		.join('\n');
}
