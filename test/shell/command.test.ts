import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {quote, render, renderWithInput, sh, withFile, withInput} from '../../source/shell/command.ts';
import {Secret} from '../../source/shell/secret.ts';

const words = [
	'plain',
	'',
	'two words',
	"it's",
	'$HOME',
	'`id`',
	'a\nb',
	'"double"',
	'\\',
	'-n',
	'*',
	'ñ',
	'; rm -rf /',
	'--option=value',
];

describe('quote', () => {
	it.each(words)('gives %j back from a shell', word => {
		expect(execFileSync('sh', ['-c', `printf %s ${quote(word)}`]).toString()).toBe(word);
	});

	it('refuses a NUL', () => {
		expect(() => quote('a\0b')).toThrow(TypeError);
	});
});

describe('render', () => {
	const secret = new Secret('PASSWORD', 'p4ss w0rd');
	it.each([
		[
			'numbers and words',
			sh`mkfs -m ${0} ${'/dev/md 0'}`,
			{execute: "mkfs -m 0 '/dev/md 0'", show: "mkfs -m 0 '/dev/md 0'", script: "mkfs -m 0 '/dev/md 0'"},
		],
		['lists', sh`rm ${['a', 'b c']}`, {execute: "rm a 'b c'", show: "rm a 'b c'", script: "rm a 'b c'"}],
		[
			'nested commands',
			sh`if ${sh`test -f ${'x y'}`}; then :; fi`,
			{
				execute: "if test -f 'x y'; then :; fi",
				show: "if test -f 'x y'; then :; fi",
				script: "if test -f 'x y'; then :; fi",
			},
		],
		[
			'secrets',
			sh`login ${secret}`,
			{execute: "login 'p4ss w0rd'", show: 'login ***', script: 'login "${PASSWORD:?}"'},
		],
	])('%s', (_, command, expected) => {
		expect({
			execute: render(command, 'execute'),
			show: render(command, 'show'),
			script: render(command, 'script'),
		}).toEqual(expected);
	});

	it('takes common indentation away', () => {
		const command = sh`
			if true; then
				echo ${'a'}
			fi
		`;
		expect(render(command, 'show')).toBe('if true; then\n\techo a\nfi');
	});
});

describe('renderWithInput', () => {
	it('is a here-document that gives the same bytes', () => {
		const content = "a line\n$HOME `id` \\ '\nEND\n";
		expect(execFileSync('sh', ['-c', renderWithInput(withInput(sh`cat`, content), 'script')]).toString()).toBe(content);
	});

	it('goes to the whole of a command of several lines', () => {
		expect(
			execFileSync('sh', [
				'-c',
				renderWithInput(
					withInput(
						sh`
			true &&
			cat
		`,
						'text\n',
					),
					'script',
				),
			]).toString(),
		).toBe('text\n');
	});

	it('is a redirection of a file, to the whole of a command of several lines', () => {
		const folder = mkdtempSync(join(tmpdir(), "it's a folder-"));
		try {
			const file = join(folder, 'pages.tar.gz');
			writeFileSync(file, 'the bytes');
			const command = withFile(
				sh`
				true &&
				cat
			`,
				file,
			);
			expect(renderWithInput(command, 'show')).not.toContain('the bytes');
			expect(execFileSync('sh', ['-c', renderWithInput(command, 'script')]).toString()).toBe('the bytes');
		} finally {
			rmSync(folder, {recursive: true});
		}
	});

	it('never holds a secret', () => {
		const command = withInput(sh`install /dev/stdin ${'/etc/key'}`, new Secret('KEY', 'very secret'));
		expect(renderWithInput(command, 'show')).toBe("printf '%s' *** | install /dev/stdin /etc/key");
		expect(renderWithInput(command, 'script')).toBe('printf \'%s\' "${KEY:?}" | install /dev/stdin /etc/key');
		expect(JSON.stringify(command)).not.toContain('very secret');
	});
});
