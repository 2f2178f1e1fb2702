import type {Cluster} from '../../source/cluster/cluster.ts';
import {
	directorDetection,
	graceTime as graceSeconds,
	healthPageLimit,
	toHundredths,
} from '../../source/cluster/timing.ts';
import type {Prediction} from '../../source/engine/prediction.ts';
import {costs} from './costs.ts';
import {phrase, type Text} from '../../source/languages/text.ts';

type Part = Prediction['parts'][number];

/** No request may be lost. */
export const nothingLost: Prediction = {of: 'none', seconds: 0, parts: []};

/** The group moves from one director to the other while both are up. */
export function plannedMove(cluster: Cluster): Prediction {
	return predict('outage', [...stopOfGroup(cluster), ...startOfGroup(cluster)]);
}

/** The active director fails without warning. */
export function directorLost(cluster: Cluster): Prediction {
	return predict('outage', [
		part(directorDetection(cluster).token, phrase('Corosync waits for the token')),
		part(directorDetection(cluster).consensus, phrase('The directors that are left agree (consensus, 1.2 × token)')),
		...startOfGroup(cluster),
	]);
}

/** ldirectord has died. Pacemaker stops the group's later members while it restarts ldirectord; IPVS keeps its table. */
export function ldirectordRestarted(cluster: Cluster): Prediction {
	const {address, stopLdirectord, startLdirectord} = costs[cluster.acceleration];
	return predict('outage', [
		part(address, phrase('The external VIP is given up')),
		part(stopLdirectord, phrase('The agent clears ldirectord away')),
		part(startLdirectord, phrase('ldirectord starts')),
		part(address, phrase('The external VIP is taken again')),
	]);
}

/**
 * Web servers do not answer at all. ldirectord (fork=no) checks the servers one after the other, waits for each dead one
 * until the timeout, and sleeps between two rounds. In the worst case, the first server died just after its check.
 */
export function serversSilent(cluster: Cluster, dead: number): Prediction {
	return predict('affected', [
		dead === 1
			? part(costs[cluster.acceleration].command, phrase('One machine is switched off'))
			: part(
					dead * costs[cluster.acceleration].command,
					phrase('{dead} machines are switched off, one after the other', {dead}),
				),
		...untilMissed(cluster, dead),
	]);
}

/** A web server reboots: it stops its services and is then silent. Less is lost if it returns before ldirectord notices. */
export function serverReboots(cluster: Cluster): Prediction {
	return predict('affected', [
		part(costs[cluster.acceleration].ending, phrase('The machine is told, and ends its services')),
		...untilMissed(cluster, 1),
	]);
}

/** Maximum seconds for which a web server still gets requests after it went silent just after a successful check. */
export function silentServerMissed(cluster: Cluster): number {
	return toHundredths(untilMissed(cluster, 1).reduce((sum, {seconds}) => sum + seconds, 0));
}

function untilMissed(cluster: Cluster, dead: number): readonly Part[] {
	const {
		check: {interval, timeout},
		webs,
	} = cluster;
	return [
		part(interval, phrase('ldirectord sleeps between two rounds (checkinterval)')),
		dead === 1
			? part(timeout, phrase('It waits for the one that does not answer (checktimeout)'))
			: part(dead * timeout, phrase('It waits for {dead} that do not answer (checktimeout each)', {dead})),
		...looks(cluster, webs.length - dead),
	];
}

/** Apache is stopped on some servers, one after the other: these servers refuse connections at once. */
export function serversRefusing(cluster: Cluster, refusing: number): Prediction {
	return predict('affected', [
		stopped(cluster, refusing),
		part(cluster.check.interval, phrase('ldirectord sleeps between two rounds (checkinterval)')),
		...looks(cluster, cluster.webs.length),
	]);
}

/** The storage is gone: every health page gives up after three quarters of ldirectord's checktimeout. */
export function storageSilent(cluster: Cluster): Prediction {
	const {
		check: {interval},
		webs,
	} = cluster;
	return predict('affected', [
		stopped(cluster, 1),
		part(interval, phrase('ldirectord sleeps between two rounds (checkinterval)')),
		webs.length === 1
			? part(healthPageLimit(cluster), phrase('The health page gives up (¾ checktimeout)'))
			: part(
					webs.length * healthPageLimit(cluster),
					phrase('{webs} health pages give up, one after the other (¾ checktimeout each)', {webs: webs.length}),
				),
		...looks(cluster, webs.length),
	]);
}

/**
 * Web servers return after none was in rotation. With a sorry page no request is lost; without it, requests are lost until
 * the first server is back in rotation.
 * @param extra additional waiting times
 */
export function serversReturn(cluster: Cluster, extra: readonly Part[] = []): Prediction {
	if (cluster.ha.sorryPage) {
		return nothingLost;
	}

	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [
		part(command + service, phrase('The service starts')),
		...extra,
		part(cluster.check.interval, phrase('ldirectord sleeps between two rounds (checkinterval)')),
		...looks(cluster, cluster.webs.length),
	]);
}

/** A split brain ends: one director stops the group, or both stop it and one starts it again. */
export function halvesJoin(cluster: Cluster): Prediction {
	return predict('affected', [
		part(2 * costs[cluster.acceleration].command, phrase('The cables are put back')),
		part(directorDetection(cluster).token, phrase('Corosync finds its links again')),
		part(directorDetection(cluster).consensus, phrase('Both directors agree (consensus, 1.2 × token)')),
		...stopOfGroup(cluster),
		...startOfGroup(cluster),
	]);
}

/** All VMs start after a power cut. */
export function powerReturns(cluster: Cluster): Prediction {
	return predict('affected', [
		part(cluster.nodes.length * costs[cluster.acceleration].command, phrase('All machines are started')),
		part(costs[cluster.acceleration].boot, phrase('They boot')),
		part(directorDetection(cluster).total, phrase('The directors find each other (token, consensus)')),
		...startOfGroup(cluster),
		part(cluster.check.interval, phrase('ldirectord sleeps between two rounds (checkinterval)')),
		part(
			cluster.webs.length * cluster.check.timeout,
			phrase('It waits for web servers that are still booting (checktimeout each)'),
		),
	]);
}

/** Seconds that Pacemaker waits for other members after its start before it decides alone (default of dc-deadtime). */
const firstElection = 20;

/**
 * Corosync restarts on both directors at once, and Pacemaker with it: the group stops, and starts when the directors have
 * found each other. The director that is ready first starts it; with failback, the group then moves to the first director.
 */
export function corosyncRestarted(cluster: Cluster): Prediction {
	return predict('affected', [
		...stopOfGroup(cluster),
		part(costs[cluster.acceleration].service, phrase('The service is restarted')),
		part((cluster.ha.token * 2.2) / 1000, phrase('The directors find each other (token, consensus)')),
		part(firstElection, phrase('Pacemaker elects who decides (dc-deadtime)')),
		...startOfGroup(cluster),
		...(cluster.ha.failback ? [...stopOfGroup(cluster), ...startOfGroup(cluster)] : []),
	]);
}

/** A web server is removed from the cluster: it gets no new requests, and its requests in progress are cut off. */
export function serverLeaves(cluster: Cluster): Prediction {
	const {command, look} = costs[cluster.acceleration];
	return predict('affected', [part(command + look, phrase('Requests in progress on the server are cut off'))]);
}

/** A service restarts on all web servers at the same time. */
export function serviceRestarted(cluster: Cluster): Prediction {
	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [part(command + service, phrase('The service is restarted'))]);
}

/** The NFS server restarts: clients cannot open files during its grace time. */
export function storageRestarted(cluster: Cluster): Prediction {
	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [part(command + service, phrase('The service is restarted')), graceTime]);
}

/** Time after a start of the NFS server in which no new file can be opened (grace-time in nfs.conf). */
export const graceTime: Part = part(graceSeconds, phrase('NFS waits for its old clients (grace-time)'));

function stopOfGroup({acceleration}: Cluster): readonly Part[] {
	const {address, stopLdirectord} = costs[acceleration];
	return [part(address + stopLdirectord + address, phrase('The group stops: a VIP, ldirectord, a VIP'))];
}

function startOfGroup({acceleration}: Cluster): readonly Part[] {
	const {decision, address, startLdirectord, look} = costs[acceleration];
	return [
		part(decision, phrase('Pacemaker decides')),
		part(address + startLdirectord + address, phrase('The group starts: a VIP, ldirectord, a VIP')),
		part(look, phrase('ldirectord finds the first web server well')),
	];
}

function stopped({acceleration}: Cluster, count: number): Part {
	const {command, service} = costs[acceleration];
	return count === 1
		? part(command + service, phrase('The service is stopped'))
		: part(
				count * (command + service),
				phrase('The service is stopped on {count} servers, one after the other', {count}),
			);
}

function looks({acceleration}: Cluster, count: number): readonly Part[] {
	if (count === 0) {
		return [];
	}

	const seconds = count * costs[acceleration].look;
	return [
		count === 1
			? part(seconds, phrase('It asks the one that answers'))
			: part(seconds, phrase('It asks {count} that answer', {count})),
	];
}

function part(seconds: number, title: Text): Part {
	return {title, seconds: toHundredths(seconds)};
}

function predict(of: Prediction['of'], parts: readonly Part[]): Prediction {
	return {of, seconds: toHundredths(parts.reduce((sum, {seconds}) => sum + seconds, 0)), parts};
}
