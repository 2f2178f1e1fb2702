import {styleText} from 'node:util';
import {expect, test} from 'vitest';
import {columnsOf} from '../../source/text/columns.ts';
import {wrapLine, wrapLines} from '../../source/text/wrap.ts';

const sentence =
	'The page does not answer on the floating address, and ldirectord has taken every web server out of rotation.';

test.each([[60], [80], [40]])('at %i columns a sentence is broken at blanks, and what follows hangs', columns => {
	for (const indent of ['', '  ', '    ']) {
		const lines = wrapLine(indent + sentence, {columns}).split('\n');
		expect(Math.max(...lines.map(line => columnsOf(line)))).toBeLessThan(columns);
		expect(lines.slice(1).every(line => line.startsWith(`${indent}  `) && line[indent.length + 2] !== ' ')).toBe(true);
		expect(lines.map(line => line.trim()).join(' ')).toBe(sentence);
	}
});

test('colours do not count', () => {
	const colored = styleText('red', 'x'.repeat(30), {validateStream: false});
	expect(wrapLine(`${colored} ${colored}`, {columns: 70})).toBe(`${colored} ${colored}`);
});

test('without a terminal, and where it fits, nothing is broken', () => {
	expect(wrapLine(sentence, {})).toBe(sentence);
	expect(wrapLine('short', {columns: 40})).toBe('short');
});

test('a word wider than the terminal and a quoted command stay whole', () => {
	const path = `/var/lib/${'x'.repeat(60)}`;
	expect(
		wrapLine(`${sentence} ${path}`, {columns: 50})
			.split('\n')
			.map(line => line.trim()),
	).toContain(path);
	const command = '`npx cluster-wizard status --state-dir /srv/w`';
	expect(wrapLine(`${sentence} Look at it with ${command} and go on.`, {columns: 60})).toContain(command);
});

test('commands, output and diffs stay as they are', () => {
	const command = `    mdadm --create /dev/md0 ${'--with=a-long-option '.repeat(5)}`;
	expect(wrapLines(`${sentence}\n${command}`, {columns: 60}).split('\n')).toContain(command);
});
