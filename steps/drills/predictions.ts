import type {Cluster} from '../../source/answers/cluster.ts';
import {directorDetection, graceTime as graceSeconds, healthPageLimit, rounded} from '../../source/answers/timing.ts';
import type {Prediction} from '../../source/engine/drill.ts';
import {costs} from './costs.ts';

type Part = Prediction['parts'][number];

/** No request may be lost. */
export const nothingLost: Prediction = {of: 'none', seconds: 0, parts: []};

/** The group goes from one director to the other while both are well. */
export function plannedMove(cluster: Cluster): Prediction {
	return predict('outage', [...stopOfGroup(cluster), ...startOfGroup(cluster)]);
}

/** The active director is gone from one moment to the next. */
export function directorLost(cluster: Cluster): Prediction {
	return predict('outage', [
		part(directorDetection(cluster).token, 'Corosync waits for the token', 'Corosync espera el testigo (token)'),
		part(directorDetection(cluster).consensus, 'The directors that are left agree (consensus, 1.2 × token)', 'Los directores que quedan se ponen de acuerdo (consensus, 1,2 × token)'),
		...startOfGroup(cluster),
	]);
}

/** ldirectord has died: what comes after it in the group is stopped for its sake. The kernel's table works on meanwhile. */
export function ldirectordRestarted(cluster: Cluster): Prediction {
	const {address, stopLdirectord, startLdirectord} = costs[cluster.acceleration];
	return predict('outage', [
		part(address, 'The external VIP is given up', 'Se suelta la VIP externa'),
		part(stopLdirectord, 'The agent clears ldirectord away', 'El agente retira ldirectord'),
		part(startLdirectord, 'ldirectord starts', 'Arranca ldirectord'),
		part(address, 'The external VIP is taken again', 'Se vuelve a tomar la VIP externa'),
	]);
}

/**
 * Web servers do not answer at all. ldirectord (fork=no) looks at one after the other, waits for each dead one until its
 * time is up, and sleeps between two rounds: at worst the first died just after it was looked at.
 */
export function serversSilent(cluster: Cluster, dead: number): Prediction {
	return predict('affected', [
		dead === 1
			? part(costs[cluster.acceleration].command, 'One machine is switched off', 'Se apaga una máquina')
			: part(dead * costs[cluster.acceleration].command, `${dead} machines are switched off, one after the other`, `Se apagan ${dead} máquinas, una tras otra`),
		...untilMissed(cluster, dead),
	]);
}

/** A web server ends its services, and its machine is then silent. If it is back before it is missed, less is lost. */
export function serverReboots(cluster: Cluster): Prediction {
	return predict('affected', [
		part(costs[cluster.acceleration].ending, 'The machine is told, and ends its services', 'Se avisa a la máquina y termina sus servicios'),
		...untilMissed(cluster, 1),
	]);
}

/** Seconds for which a web server that has just been found well and then goes silent still gets requests, at most. */
export function silentServerMissed(cluster: Cluster): number {
	return rounded(untilMissed(cluster, 1).reduce((sum, {seconds}) => sum + seconds, 0));
}

function untilMissed(cluster: Cluster, dead: number): readonly Part[] {
	const {check: {interval, timeout}, webs} = cluster;
	return [
		part(interval, 'ldirectord sleeps between two rounds (checkinterval)', 'ldirectord duerme entre dos rondas (checkinterval)'),
		dead === 1
			? part(timeout, 'It waits for the one that does not answer (checktimeout)', 'Espera al que no contesta (checktimeout)')
			: part(dead * timeout, `It waits for ${dead} that do not answer (checktimeout each)`, `Espera a ${dead} que no contestan (checktimeout cada uno)`),
		...looks(cluster, webs.length - dead),
	];
}

/** Apache is stopped on some servers, one after the other: their machines refuse the connection at once. */
export function serversRefusing(cluster: Cluster, refusing: number): Prediction {
	return predict('affected', [
		stopped(cluster, refusing),
		part(cluster.check.interval, 'ldirectord sleeps between two rounds (checkinterval)', 'ldirectord duerme entre dos rondas (checkinterval)'),
		...looks(cluster, cluster.webs.length),
	]);
}

/** The storage is gone: every health page gives up after three quarters of ldirectord's time. */
export function storageSilent(cluster: Cluster): Prediction {
	const {check: {interval}, webs} = cluster;
	return predict('affected', [
		stopped(cluster, 1),
		part(interval, 'ldirectord sleeps between two rounds (checkinterval)', 'ldirectord duerme entre dos rondas (checkinterval)'),
		webs.length === 1
			? part(healthPageLimit(cluster), 'The health page gives up (¾ checktimeout)', 'La página de salud desiste (¾ checktimeout)')
			: part(webs.length * healthPageLimit(cluster), `${webs.length} health pages give up, one after the other (¾ checktimeout each)`, `${webs.length} páginas de salud desisten, una tras otra (¾ checktimeout cada una)`),
		...looks(cluster, webs.length),
	]);
}

/**
 * Web servers come back after none was left. With a sorry page no request is lost; without it requests are lost until the
 * first server is back in rotation.
 * @param extra what else must be waited for
 */
export function serversReturn(cluster: Cluster, extra: readonly Part[] = []): Prediction {
	if (cluster.ha.sorryPage) {
		return nothingLost;
	}

	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [
		part(command + service, 'The service starts', 'Arranca el servicio'),
		...extra,
		part(cluster.check.interval, 'ldirectord sleeps between two rounds (checkinterval)', 'ldirectord duerme entre dos rondas (checkinterval)'),
		...looks(cluster, cluster.webs.length),
	]);
}

/** Two halves find each other: one gives the group up, or both do and one starts it again. */
export function halvesJoin(cluster: Cluster): Prediction {
	return predict('affected', [
		part(2 * costs[cluster.acceleration].command, 'The cables are put back', 'Se enchufan los cables'),
		part(directorDetection(cluster).token, 'Corosync finds its links again', 'Corosync recupera sus enlaces'),
		part(directorDetection(cluster).consensus, 'Both directors agree (consensus, 1.2 × token)', 'Los dos directores se ponen de acuerdo (consensus, 1,2 × token)'),
		...stopOfGroup(cluster),
		...startOfGroup(cluster),
	]);
}

/** Everything starts from nothing. */
export function powerReturns(cluster: Cluster): Prediction {
	return predict('affected', [
		part(cluster.nodes.length * costs[cluster.acceleration].command, 'All machines are started', 'Se encienden todas las máquinas'),
		part(costs[cluster.acceleration].boot, 'They boot', 'Arrancan'),
		part(directorDetection(cluster).total, 'The directors find each other (token, consensus)', 'Los directores se encuentran (token, consensus)'),
		...startOfGroup(cluster),
		part(cluster.check.interval, 'ldirectord sleeps between two rounds (checkinterval)', 'ldirectord duerme entre dos rondas (checkinterval)'),
		part(cluster.webs.length * cluster.check.timeout, 'It waits for web servers that are still booting (checktimeout each)', 'Espera a los servidores web que aún arrancan (checktimeout cada uno)'),
	]);
}

/** Seconds for which Pacemaker looks for other members after it has started, before it decides alone (dc-deadtime, its default). */
const firstElection = 20;

/**
 * Corosync starts anew on both directors at once, and Pacemaker with it: the group stops, and starts when they have found
 * each other. The one that is ready first starts it; if that is the second director, the group goes back to the first.
 */
export function corosyncRestarted(cluster: Cluster): Prediction {
	return predict('affected', [
		...stopOfGroup(cluster),
		part(costs[cluster.acceleration].service, 'The service is restarted', 'Se reinicia el servicio'),
		part(cluster.ha.token * 2.2 / 1000, 'The directors find each other (token, consensus)', 'Los directores se encuentran (token, consensus)'),
		part(firstElection, 'Pacemaker elects who decides (dc-deadtime)', 'Pacemaker elige quién decide (dc-deadtime)'),
		...startOfGroup(cluster),
		...(cluster.ha.failback ? [...stopOfGroup(cluster), ...startOfGroup(cluster)] : []),
	]);
}

/** A web server is taken out for good: ldirectord sends it nothing new, and what it is answering is cut off. */
export function serverLeaves(cluster: Cluster): Prediction {
	const {command, look} = costs[cluster.acceleration];
	return predict('affected', [part(command + look, 'Requests in progress on the server are cut off', 'Se cortan las peticiones que el servidor está atendiendo')]);
}

/** A service of every web server is restarted at the same time. */
export function serviceRestarted(cluster: Cluster): Prediction {
	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [part(command + service, 'The service is restarted', 'Se reinicia el servicio')]);
}

/** The NFS server is restarted: nobody opens a file before its old clients are back. */
export function storageRestarted(cluster: Cluster): Prediction {
	const {command, service} = costs[cluster.acceleration];
	return predict('affected', [part(command + service, 'The service is restarted', 'Se reinicia el servicio'), graceTime]);
}

/** Seconds NFS lets nobody open a file after it has started (grace-time in nfs.conf). */
export const graceTime: Part = part(graceSeconds, 'NFS waits for its old clients (grace-time)', 'NFS espera a sus antiguos clientes (grace-time)');

function stopOfGroup({acceleration}: Cluster): readonly Part[] {
	const {address, stopLdirectord} = costs[acceleration];
	return [part(address + stopLdirectord + address, 'The group stops: a VIP, ldirectord, a VIP', 'Se para el grupo: una VIP, ldirectord, una VIP')];
}

function startOfGroup({acceleration}: Cluster): readonly Part[] {
	const {decision, address, startLdirectord, look} = costs[acceleration];
	return [
		part(decision, 'Pacemaker decides', 'Pacemaker decide'),
		part(address + startLdirectord + address, 'The group starts: a VIP, ldirectord, a VIP', 'Arranca el grupo: una VIP, ldirectord, una VIP'),
		part(look, 'ldirectord finds the first web server well', 'ldirectord encuentra bien el primer servidor web'),
	];
}

function stopped({acceleration}: Cluster, count: number): Part {
	const {command, service} = costs[acceleration];
	return count === 1
		? part(command + service, 'The service is stopped', 'Se para el servicio')
		: part(count * (command + service), `The service is stopped on ${count} servers, one after the other`, `El servicio se para en ${count} servidores, uno tras otro`);
}

function looks({acceleration}: Cluster, count: number): readonly Part[] {
	if (count === 0) {
		return [];
	}

	const seconds = count * costs[acceleration].look;
	return [count === 1 ? part(seconds, 'It asks the one that answers', 'Pregunta al que contesta') : part(seconds, `It asks ${count} that answer`, `Pregunta a ${count} que contestan`)];
}

function part(seconds: number, en: string, es: string): Part {
	return {title: {en, es}, seconds: rounded(seconds)};
}

function predict(of: Prediction['of'], parts: readonly Part[]): Prediction {
	return {of, seconds: rounded(parts.reduce((sum, {seconds}) => sum + seconds, 0)), parts};
}
