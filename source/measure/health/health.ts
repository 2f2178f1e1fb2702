import type {Cluster} from '../../cluster/cluster.ts';
import type {Language} from '../../languages/text.ts';
import {healthMessages} from './messages.ts';
import {byRole} from './by-role.ts';
import type {ClusterFacts, PageFacts} from './facts.ts';
import {judgeDirectors, manualMoveNote} from './judge-directors.ts';
import {isRunning, judgeController, judgeMachines, judgeSystem} from './judge-machines.ts';
import {judgePage, serversOf} from './judge-page.ts';
import {startedNotes, timeOfDay, activeCommandNote, type Note, type Power, type Work} from './note.ts';
import {trouble, troubleIds, type HealthState, type Trouble, type TroubleId} from './trouble.ts';

/** Overall state of the cluster, and its troubles, most important first. */
export interface Health {
	readonly state: HealthState;
	readonly troubles: readonly Trouble[];
	readonly page?: PageFacts;
	readonly notes: readonly Note[];
}

/**
 * Judges the facts of one status check. A part that could not be read counts as a trouble.
 * @param work command that is working on the cluster at the moment
 * @param power the last `stop` or `start`; a `stop` counts only while all VMs are shut off
 */
export function judgeHealth(cluster: Cluster, facts: ClusterFacts, work?: Work, power?: Power): Health {
	const {
		controller: {machines},
		page,
	} = facts;
	const isStopped =
		power?.type === 'stopped' &&
		machines !== undefined &&
		cluster.nodes.every(({uuid}) => machines.get(uuid)?.state === 'shut off');
	const troubles = isStopped ? [trouble('stopped', undefined, timeOfDay(power.time))] : troublesOf(cluster, facts);
	const notes = troubles.some(({state}) => state === 'down') ? [] : startedNotes(power);
	return healthFromTroubles(troubles, {page, work, notes: [...manualMoveNote(cluster, facts), ...notes]});
}

function troublesOf(cluster: Cluster, facts: ClusterFacts): Trouble[] {
	const {
		controller: {machines},
		nodes,
		silent,
		page,
		openDrills,
	} = facts;
	const isAway = (name: string) =>
		silent.has(name) ||
		(machines !== undefined && !isRunning(machines.get(cluster.nodes.find(node => node.name === name)?.uuid ?? '')));
	const isStorageAway = isAway(cluster.storage.name);
	const found = cluster.nodes.flatMap(node => {
		const known = nodes.get(node.name);
		return known && !isAway(node.name)
			? [
					...judgeSystem(cluster, node, known),
					...(byRole[node.role]?.judge?.(cluster, node, known, isStorageAway) ?? []),
				]
			: [];
	});
	// The server's own trouble explains why it is out of rotation: do not report both.
	const explained = new Set(found.filter(({id}) => isReason.has(id)).map(({node}) => node));
	const all = [
		...judgePage(cluster, page),
		...judgeMachines(cluster, facts),
		...judgeController(facts),
		...found,
		...judgeDirectors(cluster, facts, isAway).filter(({id, node}) => id !== 'server-out' || !explained.has(node)),
		...openDrills.map(drill => trouble('drill-open', undefined, drill)),
	];
	const only = (id: TroubleId) => all.filter(one => one.id === id);
	const hasNoMachine = only('machines-none').length > 0;
	// `balancer-none` would only repeat `page-sorry`.
	const isSorry = only('page-sorry').length > 0;
	return hasNoMachine ? only('machines-none') : all.filter(({id}) => !isSorry || id !== 'balancer-none');
}

/** Troubles that take a web server out of rotation. */
const isReason: ReadonlySet<TroubleId> = new Set([
	'unit-stopped',
	'storage-hangs',
	'storage-unreadable',
	'storage-not-mounted',
]);

interface Beside {
	readonly page?: PageFacts;
	readonly work?: Work | undefined;
	readonly notes?: readonly Note[];
}

/** Sorts troubles and derives the state. During the first build, missing parts are expected: only the build is reported. */
export function healthFromTroubles(found: readonly Trouble[], {page, work, notes = []}: Beside = {}): Health {
	const troubles = work?.isFirst ? [trouble('being-built', undefined, work.pid, timeOfDay(work.since))] : found;
	const rank = new Map(troubleIds.map((id, index) => [id, index]));
	const sorted = troubles.toSorted((one, other) => rank.get(one.id)! - rank.get(other.id)!);
	const state = sorted.some(({state}) => state === 'down') ? 'down' : sorted.length > 0 ? 'degraded' : 'ok';
	return {
		state,
		troubles: sorted,
		...(page && {page}),
		notes: work?.isFirst ? [] : [...(work ? [activeCommandNote(work)] : []), ...notes],
	};
}

/** Number of troubles that the health line names; the rest are counted. If down: the effect on clients, and two causes. */
const named = {ok: 0, degraded: 2, down: 3};

/** The health line, such as `DEGRADED: nas: the array md0 lacks 1 of 5 disks ([UUUU_])`. */
export function healthLine(health: Health, language: Language): string {
	return `${healthMessages.states[health.state][language]}: ${healthSummary(health, language)}`;
}

/** The health line without the state. */
export function healthSummary({state, troubles, page, notes}: Health, language: Language): string {
	const noted = notes.map(({text}) => text[language]);
	if (troubles.length === 0) {
		const answers = page?.answers ?? [];
		const slowest = answers.toSorted((one, other) => other.latency - one.latency)[0];
		return [
			healthMessages.answers(slowest?.status ?? 0, slowest?.latency ?? 0, serversOf(answers))[language],
			...noted,
		].join('; ');
	}

	// A command at work is the likely cause: name its process first, so that nobody repairs anything before it ends.
	const isWorkedOn = notes.some(({id}) => id.startsWith('being-'));
	const first = troubles.slice(0, named[state]).map(({text}) => text[language]);
	const more = troubles.length - named[state];
	return [
		...(isWorkedOn ? noted.slice(0, 1) : []),
		...first,
		...(more > 0 ? [healthMessages.more(more)[language]] : []),
		...(isWorkedOn ? noted.slice(1) : noted),
	].join('; ');
}
