import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {helpMessages} from '../../source/command-line/help-messages.ts';
import type {Language} from '../../source/languages/text.ts';
import {neededDisk, neededMemory} from '../../source/tasks/host-resources.ts';
import {smallest} from '../../source/ui/state/store.ts';
import {testCluster} from '../cluster-fixture.ts';

const read = (name: string) => readFileSync(join(packageRoot, name), 'utf8');
const readmes: ReadonlyArray<readonly [Language, string]> = [
	['en', read('README.md')],
	['es', read('README.es.md')],
];
const manifest = JSON.parse(read('package.json')) as {scripts: Record<string, string>; engines: {node: string}};

/** Fenced text by its language. */
function fenced(text: string, kind: string): string[] {
	return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].filter(match => match[1] === kind).map(match => match[2]!);
}

/** Commands that a reader types: fenced commands without comments, and commands of ours or of npm between backticks. */
function commandsIn(text: string): string[] {
	const typed = fenced(text, 'sh')
		.flatMap(block => block.split('\n'))
		.map(line => line.replace(/\s+#.*/, '').trim())
		.filter(Boolean);
	const named = [...text.replaceAll(/^```[^]*?^```$/gm, '').matchAll(/`((?:npm|npx) [^`]+)`/g)].map(match => match[1]!);
	return [...typed, ...named];
}

function help(...words: string[]): string {
	return spawnSync(process.execPath, ['--import', 'tsx', join(packageRoot, 'source/cli.ts'), ...words], {
		encoding: 'utf8',
		cwd: packageRoot,
	}).stdout;
}

test('both languages have the same headings, commands, answers, codes, links and pictures', () => {
	const [en, es] = readmes.map(([, text]) => ({
		headings: [...text.matchAll(/^#+/gm)].map(String),
		commands: commandsIn(text),
		answers: fenced(text, 'yaml'),
		codes: [...text.matchAll(/^\| (\d+) \|/gm)].map(match => match[1]),
		links: [...text.matchAll(/\]\(([^)]+)\)/g)].map(match => match[1]!.replace(/^README(?:\.es)?\.md$/, 'README')),
		rows: text.split('\n').filter(line => line.startsWith('| **')).length,
	}));
	expect(es).toEqual(en);
	expect(en!.commands.length).toBeGreaterThan(20);
});

describe.each(readmes)('%s', (language, text) => {
	test('links lead to files of this repository', () => {
		const links = [...text.matchAll(/\]\(([^)]+)\)/g)]
			.map(match => match[1]!)
			.filter(link => !link.startsWith('https://'));
		expect(links.filter(link => !existsSync(join(packageRoot, link)))).toEqual([]);
	});

	test('needs are those of the default cluster', () => {
		const gibibytes = (mebibytes: number) =>
			`${new Intl.NumberFormat(language, {maximumFractionDigits: 1}).format(mebibytes / 1024)} GiB`;
		const row = text.split('\n').filter(line => line.startsWith('| **'))[0]!;
		for (const size of [
			neededMemory(testCluster()),
			neededMemory(testCluster({}, {acceleration: 'tcg'})),
			neededDisk(testCluster()),
		]) {
			expect(row).toContain(gibibytes(size));
		}

		expect(row).toContain(`Node ${manifest.engines.node.replace('>=', '')}`);
		expect(text).toContain(`${smallest.columns}×${smallest.rows}`);
	});

	test('the answers are right', () => {
		for (const answers of fenced(text, 'yaml')) {
			expect(readAnswers(answers, {proposal: thesisDefaults})).toHaveProperty('answers.web.count', 5);
		}
	});

	test('exit codes are told as in the help', () => {
		expect(
			Object.fromEntries([...text.matchAll(/^\| (\d+) \| (.*) \|$/gm)].map(match => [match[1], match[2]])),
		).toEqual(Object.fromEntries(Object.entries(helpMessages.codes).map(([code, about]) => [code, about[language]])));
	});
});

test('every command is one that the program or npm has, with options that it has', {timeout: 120_000}, () => {
	const commands = [...new Set(readmes.flatMap(([, text]) => commandsIn(text)))];
	const general = help('--help');
	for (const command of commands) {
		const [program, first = '', second = '', ...rest] = command.split(' -- ')[0]!.split(' ');
		if (program === 'npm') {
			// `npm install @unraid/libvirt` is a command of npm's own.
			expect(first === 'install' || (first === 'run' ? second : first) in manifest.scripts, command).toBe(true);
			continue;
		}

		expect([program, first], command).toEqual(['npx', 'cluster-wizard']);
		const name = second.startsWith('-') ? '' : second;
		expect(name === '' || new RegExp(`^  ${name}\\b`, 'm').test(general), command).toBe(true);
		const options = [second, ...rest].filter(word => word.startsWith('--'));
		if (options.length > 0) {
			const own = help(...(name === '' ? ['wizard'] : [name]), '--help');
			expect(
				options.filter(option => !own.includes(option)),
				command,
			).toEqual([]);
		}
	}
});
