import {verbatim} from '../languages/text.ts';
import {existsSync, statfsSync} from 'node:fs';
import {dirname} from 'node:path';
import type {Cluster} from '../cluster/cluster.ts';
import {publicNetworks} from '../answers/public-ranges.ts';
import type {JournalEntry} from '../engine/journal-schema.ts';
import {isCached} from '../engine/resource.ts';
import {cacheContents} from '../images/cache-contents.ts';
import type {Subject} from '../engine/step.ts';
import {planMessages} from '../planning/plan-messages.ts';
import {readText} from '../text/read-text.ts';
import {neededMemory} from '../tasks/host-resources.ts';
import {resourceLabel} from '../tasks/removal.ts';
import {benchDrill} from '../../steps/drills/bench.ts';
import {drillOverview, applicableDrills} from '../drilling/drill-overview.ts';
import {moveFacts} from '../drilling/move-facts.ts';
import {runningCommand} from '../session/cluster-health.ts';
import {activeCommandText} from '../measure/health/note.ts';
import {pageUrl} from '../measure/health/page.ts';
import {forecastOf} from '../session/forecast.ts';
import {groupsToJoin} from '../planning/groups-to-join.ts';
import {isInSandbox, keptFiles, ownedResources} from '../planning/kept-files.ts';
import {obsoleteNodes} from '../planning/obsolete-nodes.ts';
import {figuresOf, newNodes} from '../planning/plan-figures.ts';
import type {Overview, ClusterHistory} from './backend.ts';
import {installedPackages, type Session} from '../session/session.ts';

/** Collects everything that the screens show about a cluster, as plain data. */
export function overviewOf(session: Session): Overview {
	const forecast = forecastOf(session);
	const {cluster, plan, journal, state, facts} = session;
	const {name, sandbox, nodes, networks, vip, host, acceleration, guest, paths} = cluster;
	const joins = groupsToJoin(plan);
	const cache = cacheContents(paths.cache);
	return {
		name,
		sandbox,
		isBegun: state.holdsCluster,
		stateDirectory: state.path,
		cache: paths.cache,
		nodes: nodes.map(({name, role, vm, nics}) => ({name, role, vm, addresses: nics.map(({address}) => address)})),
		networks,
		vip,
		page: pageUrl(cluster),
		...(host.nic !== undefined && {nic: host.nic}),
		external: host.external,
		acceleration,
		guest: `${guest.distribution === 'debian' ? 'Debian' : 'Ubuntu'} ${guest.release}`,
		units: plan.map(({id, step, place, needs, tasks, subject}) => ({
			id,
			step: step.id,
			chapter: step.chapter,
			title: step.title,
			name: step.name ?? verbatim(step.id),
			...subjectOf(subject),
			host: place,
			needs,
			tasks: tasks.length,
			creates: tasks
				.flatMap(task => task.creates ?? [])
				.filter(({kind, name}) => kind !== 'membership' || joins?.groups.some(group => name.endsWith(`:${group}`)))
				.map(resource => resourceLabel(resource, paths)),
		})),
		...(joins && {joins}),
		warnings: publicNetworks(cluster).map(({name, cidr}) => planMessages.publicRange(name, cidr)),
		memory: {
			needed: neededMemory({
				nodes: newNodes(
					cluster,
					journal.owned(),
					plan.flatMap(({tasks}) => tasks.flatMap(({creates = []}) => creates)),
				),
				acceleration,
			}),
			available: availableMemory() ?? facts.memory.value.available,
		},
		disk: {available: availableDisk(cluster)},
		past:
			workOf(session) ??
			clusterHistory(
				journal.entries,
				plan.map(({id}) => id),
			),
		move: moveFacts(cluster),
		drills: applicableDrills(cluster).map(drill => drillOverview(drill, cluster)),
		bench: drillOverview(benchDrill, cluster),
		openDrills: journal.openDrills(),
		leaving: obsoleteNodes(session),
		forecast,
		figures: figuresOf(session, forecast),
		keeps: keptFiles(session, cache),
		owned: [
			...(state.holdsCluster ? ownedResources(session, cache) : journal.owned()).map(resource => ({
				...resourceLabel(resource, paths),
				isInside: isInSandbox(resource, cluster),
				stays: isCached(resource),
			})),
			...journal.unknown.map(({kind, name}) => ({kind, name, stays: true})),
			...installedPackages(session).map(name => ({kind: 'package', name, stays: true})),
		],
	};
}

/** Name of a unit's node, or its role. */
export function subjectOf({node, role}: Subject): {subject?: string} {
	const subject = node?.name ?? role;
	return subject === undefined ? {} : {subject};
}

/** Describes a run that is still going on in another process, and so was not cut off. */
function workOf(session: Session): ClusterHistory | undefined {
	const work = runningCommand(session);
	return work && {kind: 'working', text: activeCommandText(work), isFirst: work.isFirst};
}

/** Pairs of unit id and seconds, one for each time a unit changed something, oldest first. */
export function workDurations(entries: readonly JournalEntry[]): Array<[string, number]> {
	return entries.flatMap(entry =>
		entry.type === 'step-finished' && entry.status === 'changed'
			? [[entry.unit, entry.duration] as [string, number]]
			: [],
	);
}

/**
 * Describes how the last run ended. The cluster counts as built if the run succeeded and every unit has succeeded at
 * some time.
 */
export function clusterHistory(entries: readonly JournalEntry[], units: readonly string[]): ClusterHistory {
	const started = entries.findLast(entry => entry.type === 'run-started' && !isPreparation(entries, entry.run));
	if (started?.type !== 'run-started') {
		return {kind: 'none'};
	}

	const {run} = started;
	const ofRun = entries.filter(entry => 'run' in entry && entry.run === run);
	const ended = ofRun.find(entry => entry.type === 'run-finished');
	const done = new Set(
		entries.flatMap(entry =>
			entry.type === 'step-finished' && ['ok', 'changed', 'skipped'].includes(entry.status) ? entry.unit : [],
		),
	);
	if (ended?.type === 'run-finished' && ended.status === 'ok' && units.every(unit => done.has(unit))) {
		return {kind: 'built', at: ended.time, run};
	}

	const failed = ofRun.find(entry => entry.type === 'step-finished' && entry.status === 'failed');
	const finished = new Set(
		ofRun.flatMap(entry => (entry.type === 'step-finished' && entry.status !== 'interrupted' ? entry.unit : [])),
	);
	const open = ofRun.findLast(entry => entry.type === 'step-started' && !finished.has(entry.unit));
	const at = failed ?? open;
	const status = ended?.type !== 'run-finished' ? 'killed' : ended.status === 'failed' ? 'failed' : 'interrupted';
	return {
		kind: 'interrupted',
		since: ended?.time ?? started.time,
		run,
		status,
		...(at && 'unit' in at && {unit: at.unit}),
	};
}

/** Whether a run successfully installed packages and did nothing else: it leaves nothing to resume. */
function isPreparation(entries: readonly JournalEntry[], run: string): boolean {
	const ofRun = entries.filter(entry => 'run' in entry && entry.run === run);
	const units = ofRun.flatMap(entry => (entry.type === 'step-finished' ? entry.unit : []));
	return (
		ofRun.some(entry => entry.type === 'run-finished' && entry.status === 'ok') &&
		units.length > 0 &&
		units.every(unit => unit === 'packages')
	);
}

/** Memory that is currently available to programs, in MiB. */
function availableMemory(): number | undefined {
	const found = /^MemAvailable:\s+(\d+)/m.exec(readText('/proc/meminfo'));
	return found ? Math.floor(Number(found[1]) / 1024) : undefined;
}

/** Free space in MiB on the file system for the VMs' disks; their folder may not exist yet. */
function availableDisk({paths}: Cluster): number {
	let folder = paths.disks;
	while (!existsSync(folder)) {
		folder = dirname(folder);
	}

	const {bavail, bsize} = statfsSync(folder);
	return Math.floor((bavail * bsize) / 2 ** 20);
}
