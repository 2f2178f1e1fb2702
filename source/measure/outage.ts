import {rounded} from './clock.ts';
import type {Effect, ProbeRequest} from './result.ts';

/** A part of a record: milliseconds since the probe began. Without `to` it goes on. */
export interface Span {
	readonly from: number;
	readonly to?: number;
}

/**
 * How clients fared whose requests were sent in the span.
 *
 * The instants of an outage are those at which answers *ended*: between them nobody was given one. An answer's end is
 * known to the client; a request that was sent while the service was away and answered when it was back would place the
 * end of the outage too early if its sending counted. Each of the two instants is right within one interval (and what
 * an answer takes). A sorry page ends an outage, as it is no loss.
 *
 * Requests that are still under way are not in the list: look again when the time limit of a request has passed.
 * @param requests the whole record in any order, as the last good answer may be before the span and the first one after it
 */
export function effectOf(requests: readonly ProbeRequest[], {from, to = Infinity}: Span = {from: 0}): Effect {
	const sent = requests.filter(request => sentAt(request) >= from && sentAt(request) < to);
	const lost = sent.filter(isLost);
	const good = sent.filter(request => !isLost(request));
	const outage = longestOutage(requests, lost);
	return {
		sent: sent.length,
		lost: lost.length,
		...(outage && {outage}),
		affected: rounded(latest(lost.map(request => sentAt(request) - from))),
		longestLatency: latest(good.map(({latency}) => latency)),
		servers: count(good.map(({server}) => server)),
		directors: count(good.map(({director}) => director)),
	};
}

/** Neither a web server's answer nor the sorry page. */
export function isLost({outcome}: ProbeRequest): boolean {
	return outcome !== 'answered' && outcome !== 'sorry';
}

function longestOutage(requests: readonly ProbeRequest[], lost: readonly ProbeRequest[]): Effect['outage'] {
	const ends = requests.filter(request => !isLost(request)).map(endOf).sort(ascending);
	const last = latest(requests.map(endOf));
	let longest: Effect['outage'];
	let next = 0;
	for (const time of lost.map(sentAt).sort(ascending)) {
		while (next < ends.length && ends[next]! <= time) {
			next++;
		}

		const from = ends[next - 1] ?? 0;
		const to = ends[next];
		const duration = rounded((to ?? last) - from);
		if (longest?.from === from) {
			longest = {...longest, lost: longest.lost + 1};
		} else if (!longest || duration > longest.duration) {
			longest = {from, to, duration, lost: 1};
		}
	}

	return longest;
}

function sentAt({at, late}: ProbeRequest): number {
	return rounded(at + late);
}

function endOf(request: ProbeRequest): number {
	return rounded(sentAt(request) + request.latency);
}

function ascending(one: number, other: number): number {
	return one - other;
}

/** Of a list that may be longer than a call's arguments; 0 for an empty one. */
function latest(numbers: readonly number[]): number {
	return numbers.reduce((one, other) => Math.max(one, other), 0);
}

function count(names: ReadonlyArray<string | undefined>): Record<string, number> {
	// A node may be called `constructor`.
	const counts = new Map<string, number>();
	for (const name of names) {
		if (name !== undefined) {
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}

	return Object.fromEntries(counts);
}
