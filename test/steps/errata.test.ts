import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {steps} from '../../steps/index.ts';

/** Each row of the table: the thesis's lines it is about, and the steps that mend it. */
const rows = readFileSync(new URL('../../docs/errata.md', import.meta.url), 'utf8')
	.split('\n')
	.filter(line => /^\| \d/.test(line))
	.map(line => {
		const cells = line
			.split(/(?<!\\)\|/)
			.map(cell => cell.trim())
			.slice(1, -1);
		return {
			lines: cells[0]!.split(/[,+]/).flatMap(part => {
				const [from = 0, to = from] = part.split('–').map(Number);
				return Array.from({length: to - from + 1}, (_, index) => from + index);
			}),
			mendedBy: [...cells.at(-1)!.matchAll(/`([\w-]+)`/g)].map(([, id]) => id!),
		};
	});

test.each(steps.map(({id, mends = []}) => ({id, mends})).filter(({mends}) => mends.length > 0))(
	'$id mends what the table says',
	({id, mends}) => {
		const inTable = rows.filter(({mendedBy}) => mendedBy.includes(id));
		for (const line of mends) {
			expect(
				inTable.some(({lines}) => lines.includes(line)),
				`line ${line} beside ${id}`,
			).toBe(true);
		}
	},
);

test('every step that the table names is there', () => {
	const ids = new Set(steps.map(({id}) => id));
	expect(rows.flatMap(({mendedBy}) => mendedBy).filter(id => !ids.has(id))).toEqual([]);
});
