import {expect, test} from 'vitest';
import {runSummary, servesPage, type PageCheck} from '../../source/drilling/run-summary.ts';
import {selectUnits} from '../../source/session/runner.ts';
import type {Session} from '../../source/session/session.ts';
import {makePlan} from '../../source/engine/plan.ts';
import type {PageAnswer} from '../../source/measure/health/facts.ts';
import {judgePage} from '../../source/measure/health/judge-page.ts';
import {allAnswered} from '../../source/measure/probe.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const url = 'http://192.168.1.200/index.php';

function text(answers: readonly PageAnswer[] | undefined, language: 'en' | 'es' = 'en', sandbox = false): string {
	const page = {url, answers: answers ?? []};
	const asked: PageCheck | undefined = answers && {page, troubles: judgePage(cluster, page)};
	return runSummary({cluster: {...cluster, sandbox}, language, options: {}} as unknown as Session, {
		changed: 3,
		duration: 12,
		...(asked && {asked}),
	})
		.split('\n')
		.slice(1)
		.join('\n');
}

const answer = (more: Partial<PageAnswer> = {}): PageAnswer => ({
	outcome: 'answered',
	status: 200,
	server: 'server1',
	latency: 12.4,
	...more,
});

test.each([
	[
		'the page answers',
		[answer(), answer({server: 'server2', latency: 9})],
		`The page answers: ${url} 200, 12 ms (server1, server2)`,
	],
	[
		'the page answers 500',
		[answer({outcome: 'wrong-content', status: 500})],
		`WARNING: the cluster is built, but the page answers 500 (server1): ${url}\nIf these are your own pages, look at /var/log/apache2/error.log on a web server; \`cluster-wizard status\` shows the cluster.`,
	],
	['a run that did not put the page in service', undefined, ''],
])('the end of up: %s', (_, answers, expected) => {
	expect(text(answers)).toBe(expected);
});

test('the end of up in a sandbox, and in Spanish', () => {
	expect(text([answer()], 'en', true)).toBe(
		`The page answers: ${url} 200, 12 ms (server1)\nThat address is inside the sandbox; \`cluster-wizard open\` shows the page here.`,
	);
	expect(text([answer()], 'es')).toBe(`La página responde: ${url} 200, 12 ms (server1)`);
});

test.each([
	[{}, true],
	[{until: 'pacemaker'}, true],
	[{until: 'networks'}, false],
	[{until: 'apache'}, false],
	[{only: 'apache'}, false],
	[{only: 'host'}, false],
])('up %j puts the page in service: %s', (options, expected) => {
	const plan = makePlan(cluster, steps);
	expect(servesPage(plan, selectUnits(plan, options))).toBe(expected);
});

test.each([
	['all answered', ['answered', 'answered'], false, true],
	['one lost', ['answered', 'timeout'], false, false],
	['500 to everything', ['wrong-content', 'wrong-content'], false, false],
	['the sorry page', ['sorry'], false, false],
	['nothing sent, or too late', [], true, false],
] as const)('whether a probe is flawless: %s', (_, outcomes, isVoid, expected) => {
	expect(allAnswered({isVoid, requests: outcomes.map(outcome => ({at: 0, late: 0, latency: 1, outcome}))})).toBe(
		expected,
	);
});
