import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {isComparable} from '../../source/engine/comparison.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {blockOf} from '../../source/engine/trip-script.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

/** Declarations that the dry run relies on have to be complete: a file that nobody declares would restart nothing in the plan. */
const plan = [testCluster(), testCluster({ha: {sorryPage: false}}, {sandbox: false})].flatMap(cluster =>
	makePlan(cluster, steps),
);

test('every file that a task reads is written by a task before it on the same machine', () => {
	const reading = plan.flatMap((unit, at) =>
		unit.tasks.flatMap((task, index) => (task.reads ?? []).map(path => ({unit, at, index, path}))),
	);
	expect(reading.length).toBeGreaterThan(20);
	for (const {unit, at, index, path} of reading) {
		const before = [
			...plan
				.slice(0, at)
				.filter(({place}) => place === unit.place)
				.flatMap(({tasks}) => tasks),
			...unit.tasks.slice(0, index),
		];
		const written = before.flatMap(({writes = []}) => writes);
		expect(
			written.some(file => file === path || file.startsWith(`${path}/`)),
			`${unit.id} reads ${path}`,
		).toBe(true);
	}
});

/** Copies of what others write, marks of our own, and the host's network, which has a copy of its own (docs/decisions/host-bridge.md). */
const others = ['external-network', 'packages', 'acceleration'];

test('every task that puts a file in its place says so', () => {
	const putting = plan
		.filter(({step}) => !others.includes(step.id))
		.flatMap(unit =>
			unit.tasks
				.filter(({apply = []}) =>
					apply.some(command =>
						/^install |\| install |\bmv (?:-T )?\S+ \/(?:etc|usr)\//m.test(render(command, 'show')),
					),
				)
				.map(task => ({unit, task})),
		);
	expect(putting.length).toBeGreaterThan(20);
	for (const {unit, task} of putting) {
		expect(task.writes, `${unit.id}: ${task.title.en}`).toBeDefined();
	}
});

test('every comparison is whole shell text, also between the lines that the engine puts around it', () => {
	const comparing = plan.flatMap(unit =>
		unit.tasks.flatMap(task => (isComparable(task) ? blockOf({task, how: 'compare'}, 0) : [])),
	);
	const texts = [...new Set(comparing)];
	expect(texts.length).toBeGreaterThan(15);
	const {status, stderr} = spawnSync('sh', ['-n'], {
		input: texts.map(text => `{\n${text}\n}\n`).join(''),
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({status: 0, stderr: ''});
});
