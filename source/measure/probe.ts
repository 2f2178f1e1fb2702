import {pagePath} from '../cluster/page-path.ts';
import {setTimeout as delay} from 'node:timers/promises';
import type {Cluster} from '../cluster/cluster.ts';
import {answerClassifier} from './answer.ts';
import {monotonic, toTenths} from './clock.ts';
import {vipHolder} from './arp.ts';
import {request, type RequestOptions} from './request.ts';
import type {ProbeRecord, ProbeRequest} from './result.ts';
import {quantile} from './statistics.ts';

export interface ProbeSettings extends RequestOptions {
	/** Milliseconds between two requests. */
	readonly interval: number;
	/** Returns the name of the director that holds the VIP now. */
	readonly director?: () => string | undefined;
}

export interface ProbeRunOptions extends ProbeSettings {
	/** Time 0 of the record on the shared clock (`monotonic()`); now by default. */
	readonly origin?: number;
	/** Stops sending; pending requests are still awaited. */
	readonly signal: AbortSignal;
	readonly onRequest?: (request: ProbeRequest) => void;
}

/** Maximum number of concurrent connections, far below the limit of open files of a process. */
const mostConnections = 400;

/**
 * Settings of the probe: a request every 50 ms, with a timeout of 2 s. Emulated VMs need the processors for themselves and
 * answer more slowly: every 250 ms, and 5 s. The timeout is short, because TCP retransmits an unanswered SYN (after 1 s,
 * 3 s and 7 s): with a longer timeout, requests during an outage would be late instead of lost.
 */
export function probeSettings(cluster: Cluster, {interval}: {interval?: number} = {}): ProbeSettings {
	const isEmulated = cluster.acceleration === 'tcg';
	return {
		address: cluster.vip.external,
		path: pagePath(cluster),
		interval: interval ?? (isEmulated ? 250 : 50),
		limit: isEmulated ? 5000 : 2000,
		judge: answerClassifier(cluster),
		director: vipHolder(cluster),
	};
}

/**
 * An open-loop client: request k is due at k × interval, whatever happened to earlier requests, so an outage is sampled as
 * densely as normal service. After a delay, all due requests are sent at once, with their delay in `late`.
 */
export async function probe(options: ProbeRunOptions): Promise<ProbeRecord> {
	const {interval, limit, signal, origin = monotonic(), director = () => undefined, onRequest} = options;
	const now = () => monotonic() - origin;
	const began = new Date(Date.now() - now()).toISOString();
	const requests: ProbeRequest[] = [];
	const send = async (at: number) => {
		const sent = now();
		const judgement = await request(options);
		const ended = now();
		const made: ProbeRequest = {
			at,
			late: toTenths(sent - at),
			latency: toTenths(ended - sent),
			...judgement,
			director: director(),
		};
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
	return {began, interval, limit, requests, ...sendDelay(requests, interval)};
}

/**
 * 95th percentile of the delay of requests, in milliseconds. A delay of more than one interval makes the record void,
 * because its instants are no longer exact to one interval.
 */
export function sendDelay(requests: readonly ProbeRequest[], interval: number): {lateness: number; isVoid: boolean} {
	const late =
		requests.length === 0
			? 0
			: toTenths(
					quantile(
						requests.map(({late}) => late),
						0.95,
					),
				);
	return {lateness: late, isVoid: requests.length === 0 || late > interval};
}

/** Whether the record is valid and every request got the right page from a web server. */
export function allAnswered({requests, isVoid}: Pick<ProbeRecord, 'requests' | 'isVoid'>): boolean {
	return !isVoid && requests.every(({outcome}) => outcome === 'answered');
}
