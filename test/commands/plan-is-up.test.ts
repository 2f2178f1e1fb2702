import {expect, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {refusedChanges} from '../../source/cluster/refused-changes.ts';
import {inventoryOf} from '../../source/cluster/inventory.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {changesOf, type PlanChange} from '../../source/planning/plan-changes.ts';
import {toOwnedResource} from '../../source/session/runner.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {makePlan, type Plan} from '../../source/engine/plan.ts';
import {nodeOwning, type OwnedResource} from '../../source/engine/resource.ts';
import {run} from '../../source/engine/run.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {Random, seedFor} from '../fuzz/random.ts';
import {SimulatedWorld} from './simulated-world.ts';

const pairs = Number(process.env['CASES'] ?? 200);
const harms = Number(process.env['CASES'] ?? 50);

/** A cluster that was built in a world of its own, with what the journal would know of it. */
class Built {
	readonly world = new SimulatedWorld('web');
	owned: OwnedResource[] = [];
	readonly #done = new Set<string>();
	cluster: Cluster;
	plan: Plan;

	constructor(cluster: Cluster) {
		this.cluster = cluster;
		this.plan = makePlan(cluster, steps);
	}

	/** New answers. */
	change(cluster: Cluster): void {
		this.cluster = cluster;
		this.plan = makePlan(cluster, steps);
	}

	/** What `plan` lists. */
	async planned(): Promise<{changes: PlanChange[]; failed: string[]}> {
		const events = await this.#run(true);
		const leaving = [...new Set(this.owned.flatMap(resource => nodeOwning(resource) ?? []))]
			.filter(name => !this.cluster.nodes.some(node => node.name === name))
			.toSorted();
		return {
			changes: changesOf(events, {
				cluster: this.cluster,
				plan: this.plan,
				language: 'en',
				owned: this.owned,
				isDone: unit => this.#done.has(unit),
				wasWritten: () => false,
				leaving,
			}),
			failed: events.flatMap(event =>
				event.type === 'task-finished' && event.status === 'failed' ? `${event.unit} ${event.index}` : [],
			),
		};
	}

	/** What `up` does: the tasks that changed something. Nodes that leave go at the end. */
	async up(): Promise<string[]> {
		const events = await this.#run(false);
		const failed = events.filter(event => event.type === 'step-finished' && !['ok', 'changed'].includes(event.status));
		expect(failed).toEqual([]);
		const isWanted = (resource: OwnedResource) =>
			nodeOwning(resource) === undefined || this.cluster.nodes.some(({name}) => name === nodeOwning(resource));
		for (const name of new Set(
			this.owned.filter(resource => !isWanted(resource)).map(resource => nodeOwning(resource)!),
		)) {
			this.world.remove(name);
		}

		this.owned = this.owned.filter(resource => isWanted(resource));
		return events.flatMap(event =>
			event.type === 'task-finished' && event.status === 'changed' ? `${event.unit} ${event.index}` : [],
		);
	}

	async #run(dryRun: boolean): Promise<EventBody[]> {
		const {plan} = this;
		const events: EventBody[] = [];
		this.world.use(plan);
		const result = await run({
			plan,
			dryRun,
			lockFolder: 'web',
			timeoutScale: 1,
			language: 'en',
			signal: new AbortController().signal,
			target: place => this.world.target(place),
			emit: event => events.push(event),
			recordIntent: (unit, resource) => {
				this.owned = [
					...this.owned.filter(({kind, name}) => kind !== resource.kind || name !== resource.name),
					toOwnedResource(resource, unit.place === 'machine' ? 'machine' : 'host', unit.subject.node?.name),
				];
			},
			wasDone: unit => this.#done.has(unit),
		});
		if (!dryRun) {
			for (const [unit, {status}] of result) {
				if (status === 'ok' || status === 'changed') {
					this.#done.add(unit);
				}
			}
		}

		return events;
	}
}

/** What `plan` says is what `up` does. A new node is one change, whatever is done for it; so is a machine that is off. */
async function agree(built: Built, told: string): Promise<PlanChange[]> {
	const {changes, failed} = await built.planned();
	expect(failed, told).toEqual([]);
	const tasksOf = (...actions: Array<PlanChange['action']>) =>
		changes
			.filter(({action}) => actions.includes(action))
			.flatMap(({tasks}) => tasks.map(({unit, index}) => `${unit} ${index}`));
	const newNodes = new Set(
		changes
			.filter(({action, what}) => action === 'add' && built.cluster.nodes.some(({name}) => name === what))
			.flatMap(({tasks}) => tasks.map(({unit, index}) => `${unit} ${index}`)),
	);
	const unknown = new Set(tasksOf('unknown'));
	const changed = await built.up();
	const isExact = (task: string) => !newNodes.has(task) && !unknown.has(task);
	expect(
		tasksOf('add', 'change')
			.filter(task => isExact(task))
			.sort(),
		told,
	).toEqual(changed.filter(task => isExact(task)).sort());
	for (const {what, tasks} of changes.filter(({action}) => action === 'add')) {
		expect(
			tasks.some(({unit, index}) => changed.includes(`${unit} ${index}`)),
			`${told}: + ${what}`,
		).toBe(true);
	}

	// Only what lies behind a machine that is off, or needs a service that is down, cannot be known.
	const isOff = changes.some(
		({action, tasks}) =>
			action === 'change' &&
			tasks.some(({unit, index}) => built.plan.find(({id}) => id === unit)!.tasks[index]!.provides),
	);
	const isUnsupplied = (id: string) => {
		const [unit, index] = id.split(' ');
		return built.plan.find(({id}) => id === unit)!.tasks[Number(index)]!.uses !== undefined;
	};

	expect(isOff || [...unknown].every(task => isUnsupplied(task)), `${told}: ${[...unknown].join(', ')}`).toBe(true);
	expect((await built.planned()).changes, `${told}, once more`).toEqual([]);
	return changes;
}

function randomAnswers(random: Random): {answers: Answers; content?: Cluster['content']} {
	const answers: Answers = {
		web: {count: 1 + random.below(5)},
		ha: {
			failback: random.chance(0.5),
			sorryPage: random.chance(0.7),
			...(random.chance(0.5) && {token: 1000 * (1 + random.below(5))}),
		},
		...(random.chance(0.3) && {profile: random.of(['fast', 'thesis'] as const)}),
		...(random.chance(0.5) && {check: {interval: `${1 + random.below(10)}s`, timeout: `${1 + random.below(4)}s`}}),
		...(random.chance(0.1) && {raid: {level: random.of([5, 6] as const)}}),
		...(random.chance(0.05) && {vip: {internal: '10.0.10.201'}}),
	};
	const digest = random.of(['a', 'b']).repeat(64);
	return {
		answers,
		...(random.chance(0.4) && {
			content: {kind: 'own', archive: `/var/lib/cluster-wizard/web/content/${digest}.tar.gz`, digest, size: 4096},
		}),
	};
}

test(`${pairs} pairs of answers: what plan lists is what up does`, {timeout: 600_000}, async () => {
	const random = new Random(seedFor('plan, answers'));
	const counted = {refused: 0, changed: 0, added: 0, removed: 0, empty: 0};
	for (let index = 0; index < pairs; index++) {
		const [before, after] = [randomAnswers(random), randomAnswers(random)];
		const built = new Built(testCluster(before.answers, before));
		await built.up();
		const saved = inventoryOf(built.cluster);
		const wanted = testCluster(after.answers, after);
		if (refusedChanges(saved, wanted).length > 0) {
			counted.refused++;
			continue;
		}

		built.change(wanted);
		const removed = saved.nodes.filter(({name}) => !wanted.nodes.some(node => node.name === name));
		const changes = await agree(built, JSON.stringify([before, after]));
		expect(changes.filter(({action}) => action === 'remove').map(({what}) => what)).toEqual(
			removed.map(({name}) => `${name} and its disks`).toSorted(),
		);
		for (const [key, action] of [
			['added', 'add'],
			['changed', 'change'],
			['removed', 'remove'],
		] as const) {
			counted[key] += changes.filter(change => change.action === action).length;
		}

		counted.empty += changes.length === 0 ? 1 : 0;
	}

	console.log(JSON.stringify(counted));
	expect(counted.changed).toBeGreaterThan(0);
});

test(`${harms} harms: what plan lists is what up mends`, {timeout: 600_000}, async () => {
	const random = new Random(seedFor('plan, harms'));
	for (let index = 0; index < harms; index++) {
		const {answers, content} = randomAnswers(random);
		const built = new Built(testCluster(answers, {content}));
		await built.up();
		const told: string[] = [];
		for (let count = 1 + random.below(4); count > 0; count--) {
			const {unit, task} = random.of(built.world.tasks());
			const isTouched = random.chance(0.2) && task.writes !== undefined;
			told.push(`${isTouched ? 'touch' : 'undo'} ${unit.id}: ${task.title.en}`);
			built.world[isTouched ? 'touch' : 'undo'](unit, task);
		}

		await agree(built, told.join('; '));
	}
});
