import type {Cluster, Node} from '../cluster/cluster.ts';
import {differenceKey, type Difference} from '../engine/comparison.ts';
import type {Prediction} from '../engine/prediction.ts';
import type {EventBody, TaskStatus} from '../engine/event.ts';
import type {Plan, Unit} from '../engine/plan.ts';
import type {OwnedResource, Resource} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import type {Language} from '../languages/text.ts';
import {resourceText} from '../engine/resource-names.ts';
import {planMessages} from './plan-messages.ts';
import {runMessages} from '../engine/messages.ts';
import {resourceLabel} from '../tasks/removal.ts';
import {serverLeaves} from '../../steps/drills/predictions.ts';
import {newNodes} from './plan-figures.ts';

/** One line of the plan; equal changes on several nodes are merged. */
export interface PlanChange {
	/** `unknown`: cannot be checked before other changes are made. `failed`: `up` would fail here. */
	readonly action: 'add' | 'change' | 'remove' | 'unknown' | 'failed';
	/** Object of the change: a node, a resource, a file's path, or the task's sentence. */
	readonly what: string;
	/** Nodes affected; empty for a change that is not on nodes. */
	readonly places: readonly string[];
	/** Tasks that make the change. */
	readonly tasks: ReadonlyArray<{readonly unit: string; readonly index: number}>;
	/** Difference found, or reason why the change is necessary. */
	readonly reason?: string;
	readonly difference?: Difference;
	/** Whether the file was changed on the node since the last `up`, and not by the wizard. Absent also if unknown. */
	readonly isByHand?: true;
	/** Service that is restarted. */
	readonly restarts?: string;
	/** Requests that may be lost during the change. */
	readonly outage?: Pick<Prediction, 'of' | 'seconds'>;
	/** Seconds that `up` waits for an assertion before it fails. */
	readonly waits?: number;
	/** Advice for the user on a failure. */
	readonly advice?: string;
}

export interface PlanContext {
	readonly cluster: Cluster;
	readonly plan: Plan;
	readonly language: Language;
	readonly owned: readonly OwnedResource[];
	/** Whether a unit has succeeded before. */
	readonly isDone: (unit: string) => boolean;
	/** Whether the last `up` left the task's files exactly as the task writes them today. */
	readonly wasWritten: (unit: Unit, task: Task) => boolean;
	/** Names of nodes that will be removed. */
	readonly leaving: readonly string[];
}

/** Result of one task in a dry run. */
interface Seen {
	readonly unit: Unit;
	readonly index: number;
	readonly task: Task;
	readonly status: TaskStatus;
	readonly reason?: string;
	readonly because?: string;
	readonly difference?: Difference;
	readonly advice?: string;
}

/** Derives the changes from the events of a dry run, in the plan's order, with removals last. */
export function changesOf(events: readonly EventBody[], context: PlanContext): PlanChange[] {
	const {cluster, leaving, language} = context;
	const seen = seenIn(events, context.plan);
	const added = addedNodes(seen, context);
	const changes = seen.flatMap(task => {
		const node = added.find(({name}) => name === (task.unit.subject.node?.name ?? task.unit.place));
		return node ? [nodeChange(node, task, context)] : changeOf(task, seen, context);
	});
	return [
		...grouped(changes.filter(({action, tasks}) => action !== 'add' || tasks.length > 0)),
		...leaving.map((name): PlanChange => ({
			action: 'remove',
			what: planMessages.nodeAndDisks(name)[language],
			places: [],
			tasks: [],
			...outageOf(serverLeaves(cluster)),
		})),
	].map(change => ({...change, places: change.places.filter(place => cluster.nodes.some(({name}) => name === place))}));
}

function seenIn(events: readonly EventBody[], plan: Plan): Seen[] {
	const units = new Map(plan.map(unit => [unit.id, unit]));
	const differences = new Map(
		events.flatMap(event =>
			event.type === 'difference'
				? [[`${event.unit} ${event.index}`, {lines: event.lines, left: event.left}] as const]
				: [],
		),
	);
	const order = new Map(plan.map(({id}, index) => [id, index]));
	return events
		.flatMap(event => {
			const unit = event.type === 'task-finished' ? units.get(event.unit) : undefined;
			if (!unit || event.type !== 'task-finished') {
				return [];
			}

			const {index, status, reason, because, failure} = event;
			const difference = differences.get(`${unit.id} ${index}`);
			return [
				{
					unit,
					index,
					task: unit.tasks[index]!,
					status,
					...(reason && {reason}),
					...(because && {because}),
					...(difference && {difference}),
					...(failure && {advice: failure.advice}),
				},
			];
		})
		.sort((one, other) => order.get(one.unit.id)! - order.get(other.unit.id)!);
}

/** Nodes whose VMs are about to be created and are not in the journal. */
export function addedNodes(
	seen: readonly Pick<Seen, 'task' | 'status'>[],
	{cluster, owned}: Pick<PlanContext, 'cluster' | 'owned'>,
): Node[] {
	const made = seen
		.filter(({status}) => status === 'would-change' || status === 'unknown')
		.flatMap(({task}) => task.creates ?? []);
	return newNodes(cluster, owned, made);
}

/** Represents all work for a new node as one change. */
function nodeChange(node: Node, {unit, index, status}: Seen, {language}: PlanContext): PlanChange {
	const {name, nics} = node;
	const isDone = status === 'would-change' || status === 'unknown';
	return {
		action: 'add',
		what: name,
		places: [],
		tasks: isDone ? [{unit: unit.id, index}] : [],
		reason: planMessages.node({...node, addresses: nics.map(({address}) => address)})[language],
	};
}

function changeOf(
	{unit, index, task, status, reason, because, difference, advice}: Seen,
	all: readonly Seen[],
	context: PlanContext,
): PlanChange[] {
	const {language, cluster, isDone, wasWritten} = context;
	const base = {what: task.title[language], places: [unit.place], tasks: [{unit: unit.id, index}]};
	if (status === 'failed') {
		const waits = task.apply ? 0 : Math.round((task.timeout ?? 0) * cluster.timeoutScale);
		return [{...base, action: 'failed', ...(reason && {reason}), ...(waits > 0 && {waits}), ...(advice && {advice})}];
	}

	if ((status !== 'would-change' && status !== 'unknown') || !task.apply) {
		return [];
	}

	const made = newResources(task, context);
	if (made.length > 0) {
		return [
			{
				...base,
				action: 'add',
				what: made.map(resource => resourceText(resourceLabel(resource, cluster.paths))[language]).join(', '),
			},
		];
	}

	if (status === 'unknown') {
		if (reason !== runMessages.notThereYet(unit.place)[language]) {
			return [{...base, action: 'unknown', ...(reason && {reason})}];
		}

		// Work on a place that is about to be created belongs to that change. If an existing VM is off, one change stands for
		// all work on it.
		return all.some(
			other =>
				other.task.provides?.includes(unit.place) &&
				all.some(({unit, task}) => unit === other.unit && newResources(task, context).length > 0),
		)
			? []
			: [{...base, action: 'unknown', what: planMessages.everythingOn(unit.place)[language], places: []}];
	}

	// Files of a resource that is created by the same unit are part of that change.
	if (
		task.writes &&
		!isDone(unit.id) &&
		all.some(other => other.unit === unit && newResources(other.task, context).length > 0)
	) {
		return [];
	}

	const [path, ...others] = task.writes ?? [];
	return [
		{
			...base,
			action: 'change',
			...(path !== undefined && others.length === 0 && {what: path}),
			...(task.restarts !== undefined &&
				because !== undefined && {what: planMessages.restarts(task.restarts)[language]}),
			...(reason && {reason: because === undefined ? reason : planMessages.reads(because)[language]}),
			...(difference && {difference}),
			...(difference && wasWritten(unit, task) && {isByHand: true}),
			...(task.restarts !== undefined && {restarts: task.restarts}),
			...(isDone(unit.id) && outageOf(task.outage)),
		},
	];
}

function outageOf(prediction: Prediction | undefined): Pick<PlanChange, 'outage'> {
	return prediction && prediction.seconds > 0 ? {outage: {of: prediction.of, seconds: prediction.seconds}} : {};
}

function newResources({creates = []}: Task, {owned}: PlanContext): Resource[] {
	return creates.filter(({kind, name}) => !owned.some(resource => resource.kind === kind && resource.name === name));
}

/** Merges equal changes, at the position of the first. */
function grouped(changes: readonly PlanChange[]): PlanChange[] {
	const groups = new Map<string, PlanChange>();
	for (const change of changes) {
		const {action, what, reason, difference, isByHand, places, tasks} = change;
		const key = JSON.stringify([action, what, difference ? differenceKey(difference) : reason, isByHand]);
		const group = groups.get(key);
		groups.set(
			key,
			group
				? {...group, places: [...new Set([...group.places, ...places])], tasks: [...group.tasks, ...tasks]}
				: change,
		);
	}

	return [...groups.values()];
}
