import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {thesisDefaults} from '../../source/answers/defaults.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {AnswersDraft} from '../../source/wizard/answers.ts';
import {render} from '../../source/shell/command.ts';
import {makePlan, type Plan} from '../../source/engine/plan.ts';
import {Secret} from '../../source/shell/secret.ts';
import {shellScript} from '../../source/report/script.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

/** A cluster of these answers. */
function clusterOf(text: string) {
	const read = readAnswers(text, {proposal: thesisDefaults});
	if ('problems' in read) {
		throw new Error(JSON.stringify(read.problems));
	}

	return testCluster(read.answers);
}

/** Where it is done, what, and what is given to it: as the engine would do it, where nothing holds yet. */
function commands(plan: Plan): string[][] {
	return plan.flatMap(({place, tasks}) =>
		tasks.flatMap(({check, apply}) => {
			const look = [place, render(check, 'script'), ''];
			return apply
				? [look, ...apply.map(command => [place, render(command, 'script'), inputOf(command.input)]), look]
				: [look];
		}),
	);
}

function inputOf(input: string | Secret | undefined): string {
	return input instanceof Secret ? `the value of ${input.name}` : (input?.replace(/\n$/, '') ?? '');
}

/** The same of the printed script: a shell runs it, with functions in place of its own that only tell what they are given. */
function told(script: string): string[][] {
	const body = script.slice(script.indexOf('\n# 4'));
	const secrets = [...new Set([...script.matchAll(/\$\{(\w+):\?\}/g)].map(match => match[1]!))];
	const {status, stdout, stderr} = spawnSync('sh', ['-s'], {
		input: `
tell() { printf '%s\\001%s\\001%s\\002' "$1" "$2" "$3"; }
holds() { tell "$1" "$2"; false; }
on() { tell "$1" "$2" "$(cat)"; }
expect() { tell "$1" "$4"; }
${body}`,
		env: {PATH: process.env['PATH'], ...Object.fromEntries(secrets.map(name => [name, `the value of ${name}`]))},
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});
	expect(stderr).toBe('');
	expect(status).toBe(0);
	return stdout
		.split('\u0002')
		.slice(0, -1)
		.map(line => line.split('\u0001'));
}

const chosen = [
	['web.count', '4'],
	['profile', 'fast'],
	['raid.level', '5'],
	['ha.failback', 'false'],
	['nodes.server2.name', 'apache2'],
] as const;

test('answers given in the form, the same ones in a file, and the printed script give the same commands', () => {
	const draft = new AnswersDraft('', '/home/student');
	for (const [key, value] of chosen) {
		draft.change(key.split('.'), value);
	}

	const cluster = clusterOf(draft.text);
	const plan = makePlan(cluster, steps);
	const typed = commands(plan);
	const inFile =
		'profile: fast\nweb: {count: 4}\nraid: {level: 5}\nha: {failback: false}\nnodes: {server2: {name: apache2}}\n';
	for (const text of [inFile, draft.file(thesisDefaults, 'en')]) {
		expect(commands(makePlan(clusterOf(text), steps))).toEqual(typed);
	}

	expect(commands(makePlan(clusterOf(''), steps))).not.toEqual(typed);
	for (const language of ['en', 'es'] as const) {
		expect(told(shellScript(plan, cluster, language))).toEqual(typed);
	}
});
