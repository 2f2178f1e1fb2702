import Table from 'cli-table3';

const sides = ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'];

/** A table without lines, indented: the same in every terminal. */
export function plainTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>, align: 'left' | 'right' = 'left'): string {
	const table = new Table({
		chars: Object.fromEntries(sides.map(side => [side, ''])),
		style: {'head': [], 'border': [], 'padding-left': 0, 'padding-right': 2},
		head: [...head],
		colAligns: head.map(() => align),
	});
	table.push(...rows.map(row => [...row]));
	return table.toString().replaceAll(/^/gm, '  ');
}
