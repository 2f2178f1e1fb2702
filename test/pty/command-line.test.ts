import {testCluster} from '../cluster-fixture.ts';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {drills} from '../../steps/drills/index.ts';
import {steps} from '../../steps/index.ts';
import {columnsOf} from '../../source/text/columns.ts';
import {bundle} from './bundle.ts';
import {PseudoTerminal} from './pseudo-terminal.ts';

let program: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
	program = await bundle('source/cli.ts');
});
afterAll(() => {
	program.remove();
});

interface Run {
	readonly input?: 'ignore';
	readonly environment?: Record<string, string>;
	readonly folder?: string;
}

/** Runs a shell line in which `cw` is the program. */
function shell(line: string, {environment = {}, folder}: Run = {}) {
	const {status, stdout, stderr} = spawnSync(
		'sh',
		['-c', `cw() { '${process.execPath}' '${program.file('cli')}' "$@"; }\n${line}`],
		{encoding: 'utf8', cwd: folder, env: {PATH: process.env['PATH'], LANG: 'C.UTF-8', ...environment}},
	);
	return {code: status, stdout, stderr};
}

const commands = [
	'',
	'up',
	'plan',
	'status',
	'verify',
	'probe',
	'bench',
	'exec',
	'ssh',
	'open',
	'down',
	'support',
	'report',
	'script',
	'sandbox',
	'wizard',
];

describe('help', () => {
	test.each(commands)('of "%s" fits 80 columns, names the exit codes and is Spanish in Spanish', command => {
		const {code, stdout} = shell(
			`cw ${command} --help --language en && echo ---- && cw ${command} --help --language es`,
			{environment: {COLUMNS: '200'}},
		);
		expect(code).toBe(0);
		expect(stdout.split('\n').filter(line => columnsOf(line) > 80)).toEqual([]);
		const [english = '', spanish = ''] = stdout.split('----');
		for (const text of ['Usage: ', 'Options:', 'Exit codes:', '  3    the host does not fit', '  130  interrupted']) {
			expect(english).toContain(text);
		}

		for (const text of [
			'Uso: ',
			'Opciones:',
			'Códigos de salida:',
			'  3    el anfitrión no sirve',
			'  130  interrumpido',
		]) {
			expect(spanish).toContain(text);
		}

		expect(spanish).not.toMatch(/usage|options|commands|arguments|choices|default|display|<file>|<dir>|\[options\]/i);
	});

	test('of up lists the steps, of verify the tests', () => {
		const up = shell('cw up --help').stdout;
		for (const {id, title} of steps) {
			expect(up.replaceAll(/\n {20}/g, ' ')).toMatch(
				new RegExp(`^  ${id} +${title.en.slice(0, 40).replaceAll(/[()?.]/g, String.raw`\$&`)}`, 'm'),
			);
		}

		const verify = shell('cw help verify --language es').stdout;
		for (const {id, title} of drills) {
			expect(verify).toMatch(
				new RegExp(
					`^  ${id} +${title(testCluster())
						.es.slice(0, 40)
						.replaceAll(/[()?.]/g, String.raw`\$&`)}`,
					'm',
				),
			);
		}

		expect(shell('cw status --help').stdout).not.toContain('raid');
	});
});

describe('a wrong word', () => {
	test.each([
		['cw statsu', 2, 'Did you mean status?'],
		['cw up --sandbx', 2, 'Did you mean --sandbox?'],
		['cw up --quiet --verbose', 2, 'The options "--quiet" and "--verbose" exclude each other'],
		['cw up --quiet --verbose --language es', 2, 'Las opciones «--quiet» y «--verbose» se excluyen'],
		['cw exec', 2, '<node> is missing: `'],
		['cw --language es exec nas', 2, 'Falta <command>: `'],
		['cw exce nas ls', 2, 'There is no command "exce". Did you mean exec?'],
		['cw zzz nas ls', 2, 'There is no command "zzz". There are: wizard, up, '],
		['cw --json statsu now', 2, 'There is no command "statsu". Did you mean status?'],
		['cw down web', 2, 'takes no "web"'],
		['cw --language es up now', 2, 'no admite «now»'],
		['cw --state-dir /nonexistent/x --json exec nas ls -la', 2, 'There is no cluster'],
		['cw sandbox begin --language es', 2, 'Puede ser: start, stop, status'],
	])('%s', (line, code, text) => {
		const ended = shell(line);
		expect(ended.stderr).toContain(text);
		expect(ended.code).toBe(code);
		expect(ended.stderr).not.toMatch(/^ {4}at /m);
	});
});

test.each([
	['cw up --json --answers ""', 'option-value'],
	['cw up --json --sandbx', 'usage'],
	['cw --json statsu', 'unknown-command'],
])('%s ends with the code of its error for programs', (line, code) => {
	const ended = shell(line);
	expect(JSON.parse(ended.stdout)).toMatchObject({
		type: 'error',
		code,
		exitCode: 2,
		message: ended.stderr.trimEnd().replaceAll(/\s*\n\s*/g, ' '),
	});
	expect(ended.code).toBe(2);
	// People get the sentence alone.
	expect(shell(line.replace('--json ', '')).stdout).toBe('');
});

describe('output that goes nowhere', () => {
	test.each([
		['a full disk', 'cw --help > /dev/full', 1, /^The output could not be written: the disk is full\.$/],
		[
			'a full disk, in Spanish',
			'cw up --help --language es > /dev/full',
			1,
			/^No se ha podido escribir la salida: el disco está lleno\.$/,
		],
		['a full disk for both', 'cw --help > /dev/full 2>&1', 1, /^$/],
		['errors on a full disk', 'cw statsu 2> /dev/full', 2, /^$/],
		['a reader that has gone', 'cw up --help | head -n 1 > /dev/null', 0, /^$/],
	])('%s', (_, line, code, stderr) => {
		const ended = shell(line);
		expect(ended.stderr.trim()).toMatch(stderr);
		expect(ended.code).toBe(code);
	});

	test('a working folder that has been deleted', () => {
		const folder = mkdtempSync(join(tmpdir(), 'gone-'));
		for (const [language, text] of [
			['en', 'The working folder has been deleted.'],
			['es', 'La carpeta de trabajo ya no existe.'],
		] as const) {
			const ended = shell(`mkdir deleted; cd deleted && rmdir ../deleted && cw status --language ${language}`, {
				folder,
			});
			expect(ended.stderr).toMatch(new RegExp(`^${text}.*\\n$`));
			expect(ended.code).toBe(2);
		}

		rmSync(folder, {recursive: true});
	});
});

describe('the wizard without a screen', () => {
	test('no terminal: which stream is none, and which commands do the same', () => {
		const {code, stderr} = shell('cw < /dev/null');
		expect(code).toBe(2);
		expect(stderr).toMatch(
			/^The wizard reads keys from a terminal, and standard input is none\. The same without screens: `.* plan` shows/,
		);
		// The commands are named as the program was called, and can be pasted.
		const help = /`([^`]* help)`/.exec(stderr)![1]!;
		expect(help).not.toMatch(/^cluster-wizard/);
		const pasted = spawnSync('sh', ['-c', help], {encoding: 'utf8'});
		expect(pasted.stdout).toContain('Usage: cluster-wizard');
		expect(shell('cw --sandbox --language es < /dev/null').stderr).toMatch(
			/la entrada estándar no lo es\..* up --sandbox` construye el clúster/,
		);
	});

	test.each([
		['dumb', 'This terminal says that it cannot move the cursor (TERM=dumb)'],
		['', 'TERM is not set'],
	])('TERM=%s', async (term, text) => {
		const terminal = new PseudoTerminal(
			'sh',
			['-c', `TERM='${term}' '${process.execPath}' '${program.file('cli')}'; echo code $?; sleep 60`],
			{columns: 300},
		);
		try {
			await terminal.shows('code 2');
			expect(terminal.text).toContain(text);
			expect(terminal.text).toContain('up` builds the cluster');
			expect(terminal.text).not.toContain('needs a terminal');
		} finally {
			terminal.end();
		}
	});
});

test('the README names the same exit codes as the help', () => {
	const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
	const help = shell('cw --help').stdout;
	const codes = [...readme.matchAll(/^\| (\d+) \| (.*) \|$/gm)];
	expect(codes).toHaveLength(7);
	for (const [, code, about] of codes) {
		expect(help).toContain(`  ${code!.padEnd(5)}${about!}`);
	}
});
