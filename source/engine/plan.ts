import type {Cluster} from '../cluster/cluster.ts';
import type {Role} from '../roles/index.ts';
import type {Step, Subject} from './step.ts';
import type {Task} from './task.ts';

/** A step for one subject (a node, a role or the whole cluster), with the place it runs on and the units it needs first. */
export interface Unit {
	/** Id, for example `raid:nas`, `machines:server1` or `networks`. */
	readonly id: string;
	readonly step: Step;
	readonly subject: Subject;
	/** Place to run on: `machine`, `host` or a node's name. */
	readonly place: string;
	readonly stage: Stage;
	readonly tasks: readonly Task[];
	readonly needs: readonly string[];
	readonly supersededBy: readonly string[];
}

/**
 * 1: on this computer, before hardware virtualization has been detected, on which the cluster's settings depend. 2: on
 * this computer, with those settings. 3: everything else, inside the sandbox if there is one.
 */
export type Stage = 1 | 2 | 3;

/** Units in dependency order: each comes after its needs. */
export type Plan = readonly Unit[];

/**
 * Makes the plan from the cluster and nothing else.
 * @throws TypeError if a step needs one that does not exist or comes later
 */
export function makePlan(cluster: Cluster, steps: readonly Step[]): Plan {
	const units: Unit[] = [];
	const known = new Set(steps.map(step => step.id));
	for (const step of steps) {
		if (step.when && !step.when(cluster)) {
			continue;
		}

		for (const {id, place, subject} of placesOf(step, cluster)) {
			units.push({
				id,
				step,
				subject,
				place,
				stage: step.on !== 'machine' ? 3 : step.needs.includes('acceleration') ? 2 : 1,
				tasks: step.tasks(cluster, subject),
				needs: step.needs.flatMap(need => {
					if (!known.has(need) || need === step.id) {
						throw new TypeError(`Step ${step.id} needs ${need}, which is not a step before it`);
					}

					return meet(need, step.on === 'master' ? {} : subject, units);
				}),
				supersededBy: step.supersededBy
					? placesOf(
							steps.find(({id}) => id === step.supersededBy)!,
							cluster,
						).map(({id}) => id)
					: [],
			});
		}
	}

	return units.filter(unit => unit.tasks.length > 0);
}

/** Returns the units and all their direct and indirect needs. */
export function withNeeds(plan: Plan, ids: Iterable<string>): Set<string> {
	const wanted = new Set(ids);
	for (const unit of plan.toReversed()) {
		if (wanted.has(unit.id)) {
			for (const need of unit.needs) {
				wanted.add(need);
			}
		}
	}

	return wanted;
}

/**
 * Returns the units that meet a need: those for the same subject if that step runs for it, otherwise all its units. A
 * step on MASTER acts for the whole cluster and has no subject: its settings of Pacemaker apply to STANDBY as well,
 * which must be ready for them.
 */
function meet(need: string, subject: Subject, units: readonly Unit[]): string[] {
	const candidates = units.filter(unit => unit.step.id === need);
	const role = subject.role ?? subject.node?.role;
	const same = candidates.filter(({subject: other}) =>
		other.node ? other.node.name === subject.node?.name : other.role !== undefined && other.role === role,
	);
	return (same.length > 0 ? same : candidates).map(unit => unit.id);
}

function placesOf(step: Step, cluster: Cluster): Array<{id: string; place: string; subject: Subject}> {
	if (step.on === 'machine' || step.on === 'host') {
		const place = step.on;
		if (step.each === 'node') {
			return cluster.nodes.map(node => ({id: `${step.id}:${node.name}`, place, subject: {node}}));
		}

		if (step.each === 'role') {
			return (Object.keys(cluster.byRole) as Role[]).map(role => ({id: `${step.id}:${role}`, place, subject: {role}}));
		}

		return [{id: step.id, place, subject: {}}];
	}

	const nodes = step.on === 'master' ? [cluster.directors[0]] : [step.on].flat().flatMap(role => cluster.byRole[role]);
	return nodes.map(node => ({id: `${step.id}:${node.name}`, place: node.name, subject: {node}}));
}
