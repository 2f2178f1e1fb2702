import {pagePath} from '../cluster/page-path.ts';
import {setTimeout as delay} from 'node:timers/promises';
import type {Cluster} from '../cluster/cluster.ts';
import {answerJudge} from './answer.ts';
import {monotonic, rounded} from './clock.ts';
import {vipHolder} from './arp.ts';
import {request, type RequestOptions} from './request.ts';
import type {ProbeRecord, ProbeRequest} from './result.ts';
import {quantile} from './statistics.ts';

export interface ProbeSettings extends RequestOptions {
	/** Milliseconds between two requests. */
	readonly interval: number;
	/** Who has the VIP now. */
	readonly director?: () => string | undefined;
}

export interface ProbeOptions extends ProbeSettings {
	/** When its time is 0, on the shared clock; now if not given. */
	readonly origin?: number;
	/** Ends it: what is under way is waited for, and no more is sent. */
	readonly signal: AbortSignal;
	readonly onRequest?: (request: ProbeRequest) => void;
}

/** Connections at once, whatever the interval and the limit are: far below what a process may open. */
const mostConnections = 400;

/**
 * How a cluster is probed: every 50 ms, each request with 2 s. Emulated machines need the processors for themselves and
 * take longer to answer: every 250 ms, and 5 s. The limit is kept short, because within it a client's system sends again
 * what was not answered (after 1 s, 3 s, 7 s), and such a request is late and not lost.
 */
export function probeSettings(cluster: Cluster, {interval}: {interval?: number} = {}): ProbeSettings {
	const isEmulated = cluster.acceleration === 'tcg';
	return {
		address: cluster.vip.external,
		path: pagePath(cluster),
		interval: interval ?? (isEmulated ? 250 : 50),
		limit: isEmulated ? 5000 : 2000,
		judge: answerJudge(cluster),
		director: vipHolder(cluster),
	};
}

/**
 * An open-loop client: request k is due at k × interval whatever became of the ones before it, so that an outage is
 * sampled as densely as anything else. When it was kept from sending, it sends at once what is due, and says how late.
 */
export async function probe(options: ProbeOptions): Promise<ProbeRecord> {
	const {interval, limit, signal, origin = monotonic(), director = () => undefined, onRequest} = options;
	const now = () => monotonic() - origin;
	const began = new Date(Date.now() - now()).toISOString();
	const requests: ProbeRequest[] = [];
	const send = async (at: number) => {
		const sent = now();
		const judgement = await request(options);
		const ended = now();
		const made: ProbeRequest = {at, late: rounded(sent - at), latency: rounded(ended - sent), ...judgement, director: director()};
		requests.push(made);
		onRequest?.(made);
	};

	const underWay = new Set<Promise<void>>();
	for (let at = 0; !signal.aborted;) {
		const wait = at - now();
		if (wait > 0) {
			await delay(wait, undefined, {signal}).catch(() => {});
		} else if (underWay.size < mostConnections) {
			const sending = send(at).finally(() => underWay.delete(sending));
			underWay.add(sending);
			at += interval;
		} else {
			await Promise.race(underWay);
		}
	}

	await Promise.all(underWay);
	requests.sort((one, other) => one.at - other.at);
	return {began, interval, limit, requests, ...lateness(requests, interval)};
}

/**
 * How late requests were sent: the 95th percentile, milliseconds. More than one interval makes them void: what is said of
 * an instant is said within one interval, and requests that went out together with the next ones do not hold that.
 */
export function lateness(requests: readonly ProbeRequest[], interval: number): {lateness: number; isVoid: boolean} {
	const late = requests.length === 0 ? 0 : rounded(quantile(requests.map(({late}) => late), 0.95));
	return {lateness: late, isVoid: requests.length === 0 || late > interval};
}

/** Whether every request was answered by a web server with the right page, and the probe's own figures count. */
export function isFlawless({requests, isVoid}: Pick<ProbeRecord, 'requests' | 'isVoid'>): boolean {
	return !isVoid && requests.every(({outcome}) => outcome === 'answered');
}
