import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {catalogue} from '../hosts/catalogue.ts';
import {cellsOf} from '../hosts/table.ts';

test('the table of docs/hosts.md has every host of the catalogue, with what is expected of it', () => {
	const lines = readFileSync(join(packageRoot, 'docs/hosts.md'), 'utf8').split('\n').filter(line => line.startsWith('| '));
	expect(lines.slice(2).map(line => line.split(' | ').slice(0, 4).join(' | '))).toEqual(catalogue.map(host => `| ${cellsOf(host).join(' | ')}`));
});
