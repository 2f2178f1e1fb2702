import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {exitCodesPage} from '../../exit-codes-reference.ts';
import {packageRoot} from '../../source/assets.ts';
import {exitFor} from '../../source/program-exit.ts';
import {helpMessages} from '../../source/command-line/help-messages.ts';
import {errorCodes, type ErrorCode} from '../../source/error-codes.ts';
import {UserError} from '../../source/user-error.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');
const page = read('docs/exit-codes.md');

test('the tables are those of the program: `npm run schema`', () => {
	expect(exitCodesPage(page)).toBe(page);
});

test('the page speaks of every command', () => {
	const commands = [...read('source/cli.ts').matchAll(/\bcommand\('([a-z]+)'/g)].map(match => match[1]!);
	expect(commands.length).toBeGreaterThan(17);
	const [, sections = ''] = page.split('These commands use the codes in their own way');
	expect(commands.filter(command => !sections.split('## Codes of errors')[0]!.includes(`\`${command}\``))).toEqual([]);
});

test('every code is used, and its exit code is one that help knows', () => {
	const text = ['source', 'steps']
		.flatMap(folder =>
			readdirSync(join(packageRoot, folder), {recursive: true, encoding: 'utf8'})
				.filter(name => /\.tsx?$/.test(name) && name !== 'error-codes.ts')
				.map(name => read(`${folder}/${name}`)),
		)
		.join('\n');
	expect(Object.keys(errorCodes).filter(code => !text.includes(`'${code}'`))).toEqual([]);
	for (const {exit} of Object.values(errorCodes)) {
		expect(Object.keys(helpMessages.codes)).toContain(String(exit));
	}
});

test('a code is short, and made of plain words', () => {
	for (const code of Object.keys(errorCodes)) {
		expect(code).toMatch(/^[a-z]+(?:-[a-z]+){0,3}$/);
	}
});

test.each(Object.keys(errorCodes) as ErrorCode[])('%s ends a command with its exit code', async code => {
	expect(await exitFor(new UserError(code, 'A sentence.'), {}, 'en')).toEqual({
		code: errorCodes[code].exit,
		error: code,
		text: 'A sentence.',
	});
	expect(await exitFor(new UserError(code, 'A sentence.', 130), {}, 'en')).toEqual({
		code: 130,
		error: code,
		text: 'A sentence.',
	});
});
