import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {catalogue} from '../hosts/catalogue.ts';
import {cellsOf, withBuild} from '../hosts/table.ts';

const text = readFileSync(join(packageRoot, 'docs/hosts.md'), 'utf8');

test('the table of docs/hosts.md has every host of the catalogue, with what is expected of it', () => {
	const lines = tableRows('host');
	expect(lines.map(line => line.split(' | ').slice(0, 4).join(' | '))).toEqual(
		catalogue.map(host => `| ${cellsOf(host).join(' | ')}`),
	);
});

test('the table of whole builds names hosts on which the whole cluster is built', () => {
	const built = new Set(catalogue.filter(({build}) => build).map(({name}) => name));
	expect(
		tableRows('built on')
			.map(line => line.slice(2).split(' | ')[0]!)
			.filter(name => !built.has(name)),
	).toEqual([]);
});

test('the figures of a whole build replace the row of their host and leave the rest of the text', () => {
	const first = withBuild(text, "Docker's packet filter", {up: 300.4, down: 9.6});
	const second = withBuild(first, 'Debian 12, ifupdown, DHCP', {packages: 50, 'second up': 20, down: 10});
	const third = withBuild(second, "Docker's packet filter", {up: 400, down: 10});
	const rows = tableRows('built on', third);
	expect(rows[0]).toBe('| Debian 12, ifupdown, DHCP | 50 |  | 20 |  |  |  |  | 10 |');
	expect(rows.filter(row => row.startsWith('| Docker'))).toEqual([
		"| Docker's packet filter |  | 400 |  |  |  |  |  | 10 |",
	]);
	const withoutRows = (whole: string) => whole.split('\n').filter(line => !tableRows('built on', whole).includes(line));
	expect(withoutRows(third)).toEqual(withoutRows(text));
});

/** The rows of the table whose first column has this name. */
function tableRows(column: string, whole = text): string[] {
	const lines = whole.split('\n');
	const from = lines.findIndex(line => line.startsWith(`| ${column} |`)) + 2;
	return lines.slice(
		from,
		lines.findIndex((line, index) => index >= from && !line.startsWith('| ')),
	);
}
