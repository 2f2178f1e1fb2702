import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {readAnswersFile} from '../../source/answers/answers-file.ts';
import {formatProblems} from '../../source/answers/problems.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {UserError} from '../../source/user-error.ts';
import {brokenBytes, harmful, mutated, Random, seedFor} from './random.ts';

const folder = mkdtempSync(join(tmpdir(), 'fuzz-answers-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const seeds = [
	'',
	'name: lab-2\nprofile: fast\nlanguage: es\n',
	'web: {count: 5, memory: 512M, disk: 5G}\nnodes:\n  nas: {vm: NFS, memory: 1G}\n  server1: {name: uno, internal: 10.0.10.111}\n',
	'networks:\n  external: {cidr: 192.168.1.0/24, gateway: 192.168.1.1, label: kvmbr0}\n  internal: {cidr: 10.0.10.0/24}\nvip: {external: 192.168.1.200}\n',
	'ha: {failback: false, monitor: 10s, token: 5000}\ncheck: {interval: 5s, timeout: 2s}\nraid: {level: 10, disks: 4, size: 200M}\n',
	'"name": "web" # comment\nweb:\n  content: "/nowhere"\n',
	'a: &a [1, 2]\nb: *a\n? [complex, key]\n: value\n--- !!map\n',
];

/** Files that are hostile as a whole. */
const bombs: ReadonlyArray<(random: Random) => string> = [
	random => random.of(['[', '{', '- ', '? ', '{a: ']).repeat(random.below(1500)),
	random => Array.from({length: random.below(600)}, (_, index) => `key${index}: ${random.below(9)}`).join('\n'),
	() =>
		`a: &a [x]\n${Array.from({length: 9}, (_, index) => `b${index}: &b${index} [${`*${index === 0 ? 'a' : `b${index - 1}`}, `.repeat(9)}]`).join('\n')}`,
	random => `name: "${'x'.repeat(random.below(20_000))}"`,
	random =>
		`nodes: {${random.of(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])}: {${random.of(['memory: 1G', '', '__proto__: {a: 1}'])}}}`,
	random => 'x: ]\n'.repeat(random.below(300)),
];

/** What is said of a file: what is wrong, in both languages, or the answers. */
function complaints(path: string): string[] {
	try {
		const result = readAnswers(readAnswersFile(path, 'es'), {file: path, folder});
		return 'problems' in result
			? (['en', 'es'] as const).map(language => formatProblems(result.problems, language, result.more))
			: [JSON.stringify(result.answers)];
	} catch (error) {
		if (error instanceof UserError && error.exitCode === 2) {
			return [error.message];
		}

		throw error;
	}
}

test('10,000 generated answers files: a good one, or sentences without escape sequences and of bounded length', () => {
	const seed = seedFor('answers');
	const random = new Random(seed);
	const path = join(folder, 'answers.yaml');
	for (let count = 0; count < 10_000; count++) {
		const text = random.chance(0.02) ? random.of(bombs)(random) : mutated(random.of(seeds), random);
		writeFileSync(path, brokenBytes(text, random));
		for (const said of complaints(path)) {
			if (harmful.test(said) || said.length > 51 * 2000) {
				expect.fail(
					`file ${count} with SEED=${seed}: ${JSON.stringify(text.slice(0, 500))} gives ${JSON.stringify(said.slice(0, 500))}`,
				);
			}
		}
	}

	expect(({} as Record<string, unknown>)['a']).toBeUndefined();
}, 600_000);
