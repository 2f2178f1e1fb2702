import {expect, test} from 'vitest';
import {inventoryOf} from '../../source/cluster/inventory.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {expectedWorkAfterDryRun, figuresOf} from '../../source/planning/plan-figures.ts';
import {scaledAnswers} from '../../source/planning/scaled-answers.ts';
import {noHistory, type Expected} from '../../source/engine/estimate.ts';
import {makePlan} from '../../source/engine/plan.ts';
import type {OwnedResource} from '../../source/engine/resource.ts';
import {steps} from '../../steps/index.ts';
import {corosyncRestarted, serverLeaves} from '../../steps/drills/predictions.ts';
import {testCluster, testFacts, withoutCache} from '../cluster-fixture.ts';

const cluster = withoutCache(testCluster({web: {count: 4}}, {acceleration: 'tcg'}));
const plan = makePlan(cluster, steps);
const units = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));
const built = plan.flatMap(({tasks, subject}) =>
	subject.node?.name === 'server4'
		? []
		: tasks.flatMap(({creates = []}) => creates.map((resource): OwnedResource => ({...resource, place: 'host'}))),
);
const figures = (owned: readonly OwnedResource[], expected: Map<string, Expected>) =>
	figuresOf(
		{cluster, plan, language: 'en', journal: {owned: () => owned}},
		{units, history: noHistory, expected, acceleration: 'tcg'},
	);
const only = (...working: string[]) =>
	new Map(plan.map(({id}): [string, Expected] => [id, working.includes(id) ? 'change' : 'check']));

test('a first build: all chapters with work, the disk of all machines, and the download of the images', () => {
	const {chapters, disk, download, seconds} = figures([], new Map());
	expect(chapters.map(({step}) => step)).toEqual([...new Set(plan.map(({step}) => step.id))]);
	expect(chapters.map(({step}) => step)).toEqual(expect.arrayContaining(['raid', 'nfs', 'pacemaker']));
	expect([disk!.first > 9000, download! > 100, seconds! > 150]).toEqual([true, true, true]);
	expect(Math.max(...chapters.map(({seconds}) => seconds))).toBeLessThan(seconds!);
});

test('a fourth server: its machine alone, nothing to download', () => {
	const {chapters, disk, download} = figures(
		built,
		new Map([...only(), ['machines:server4', 'work'], ['apache:server4', 'work']]),
	);
	expect(chapters.map(({step}) => step)).toEqual(['machines', 'apache']);
	expect(disk).toEqual({first: 1024, full: 5 * 1024});
	expect(download).toBeUndefined();
});

test('nothing to do takes no time', () => {
	expect(figures(built, only())).toEqual({chapters: []});
});

test('what a dry run could not see counts as work in a first build only', () => {
	const two = plan.slice(0, 2);
	const [first, second] = two.map(({id}) => id) as [string, string];
	const expected = (done: readonly string[]) =>
		Object.fromEntries(
			expectedWorkAfterDryRun(
				new Map([
					[first, 'ok'],
					[second, 'unknown'],
				]),
				new Set(),
				{plan: two, isDone: unit => done.includes(unit)},
			),
		);
	expect(expected([])).toEqual({[first]: 'check', [second]: 'work'});
	expect(expected([second])).toEqual({[first]: 'check', [second]: 'check'});
});

test.each<[string, Answers, 'kvm' | 'tcg', string[]]>([
	['a token, emulated', {ha: {token: 1000}}, 'tcg', ['ha.token 1000 ms 5000 ms']],
	['the same with hardware virtualization', {ha: {token: 1000}}, 'kvm', []],
	[
		'times of ldirectord, emulated',
		{check: {interval: '7s', timeout: '4s'}},
		'tcg',
		['check.interval 7 s 14 s', 'check.timeout 4 s 8 s'],
	],
	['a monitor that counts as before', {ha: {monitor: '7s'}}, 'tcg', []],
	['nothing', {}, 'tcg', []],
])('what counts as another value: %s', (_, answers, acceleration, expected) => {
	const before = inventoryOf(testCluster({}, {acceleration}));
	const found = scaledAnswers({answers, facts: testFacts, cluster: testCluster(answers, {acceleration})}, before);
	expect(found.map(({key, chosen, used}) => `${key} ${chosen} ${used}`)).toEqual(expected);
});

test('interruptions that were measured are within what plan says of them', () => {
	// docs/measured.md: 96.4 s and, as the group went back, 68.1 s; a server less: 3.1 s.
	expect(corosyncRestarted(testCluster({ha: {token: 2500}}, {acceleration: 'tcg'})).seconds).toBeGreaterThan(
		96.4 + 68.1,
	);
	expect(serverLeaves(cluster).seconds).toBeGreaterThan(3.1);
	const [home, stays] = [true, false].map(failback => corosyncRestarted(testCluster({ha: {failback}})).seconds);
	expect(home).toBeGreaterThan(stays!);
});
