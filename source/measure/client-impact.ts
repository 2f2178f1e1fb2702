import {toTenths} from './clock.ts';
import type {ClientImpact, ProbeRequest} from './result.ts';

/** Part of a record, in milliseconds since the probe began. Without `to`, up to the end of the record. */
export interface OutageSpan {
	readonly from: number;
	readonly to?: number;
}

/**
 * Computes the effect on clients whose requests were sent in the span.
 *
 * An outage lasts from the *end* of one good answer to the end of the next one. The times of sending are not used: a
 * request that was sent during the outage and answered after it would place the end of the outage too early. Both instants
 * are exact to one interval plus the time of an answer. A sorry page ends an outage, because it is no loss.
 *
 * Pending requests are not in the list: for a final result, call this again after the timeout of a request.
 * @param requests the whole record in any order, because the good answers around an outage may lie outside the span
 */
export function clientImpact(
	requests: readonly ProbeRequest[],
	{from, to = Infinity}: OutageSpan = {from: 0},
): ClientImpact {
	const sent = requests.filter(request => sentAt(request) >= from && sentAt(request) < to);
	const lost = sent.filter(isLost);
	const good = sent.filter(request => !isLost(request));
	const outage = longestOutage(requests, lost);
	return {
		sent: sent.length,
		lost: lost.length,
		...(outage && {outage}),
		affected: toTenths(latest(lost.map(request => sentAt(request) - from))),
		longestLatency: latest(good.map(({latency}) => latency)),
		servers: count(good.map(({server}) => server)),
		directors: count(good.map(({director}) => director)),
	};
}

/** Whether the request got neither a web server's right answer nor the sorry page. */
export function isLost({outcome}: ProbeRequest): boolean {
	return outcome !== 'answered' && outcome !== 'sorry';
}

function longestOutage(requests: readonly ProbeRequest[], lost: readonly ProbeRequest[]): ClientImpact['outage'] {
	const ends = requests
		.filter(request => !isLost(request))
		.map(endOf)
		.sort(ascending);
	const last = latest(requests.map(endOf));
	let longest: ClientImpact['outage'];
	let next = 0;
	for (const time of lost.map(sentAt).sort(ascending)) {
		while (next < ends.length && ends[next]! <= time) {
			next++;
		}

		const from = ends[next - 1] ?? 0;
		const to = ends[next];
		const duration = toTenths((to ?? last) - from);
		if (longest?.from === from) {
			longest = {...longest, lost: longest.lost + 1};
		} else if (!longest || duration > longest.duration) {
			longest = {from, to, duration, lost: 1};
		}
	}

	return longest;
}

function sentAt({at, late}: ProbeRequest): number {
	return toTenths(at + late);
}

function endOf(request: ProbeRequest): number {
	return toTenths(sentAt(request) + request.latency);
}

function ascending(one: number, other: number): number {
	return one - other;
}

/** Maximum of a list, which may be too long to spread into Math.max; 0 for an empty list. */
function latest(numbers: readonly number[]): number {
	return numbers.reduce((one, other) => Math.max(one, other), 0);
}

function count(names: ReadonlyArray<string | undefined>): Record<string, number> {
	// A Map and no object, because a node may be named `constructor`.
	const counts = new Map<string, number>();
	for (const name of names) {
		if (name !== undefined) {
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}

	return Object.fromEntries(counts);
}
