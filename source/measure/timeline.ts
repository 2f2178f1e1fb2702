import type {ClientImpact, PhaseResult, ProbeRecord, ProbeRequest} from './result.ts';

/** Time span, in milliseconds since the probe began. */
export interface LaneSpan {
	readonly from: number;
	readonly to: number;
}

/**
 * A row of the picture of an event: when this director held the VIP, this server answered, requests were lost in this way.
 * A director's row ends at the last answer that proves it, because the kernel's table of neighbours goes on to name a
 * director that is gone.
 */
export interface Lane {
	readonly kind: 'director' | 'server' | 'sorry' | 'lost';
	/** A node's name; for `sorry` and `lost` the outcome. */
	readonly name: string;
	readonly spans: readonly LaneSpan[];
	/** Number of requests. */
	readonly count: number;
}

/** Timeline of an event as clients saw it, ready to be drawn. */
export interface Timeline {
	/** End of the timeline in milliseconds; it starts at 0. */
	readonly end: number;
	readonly lanes: readonly Lane[];
	/** The longest outage of each phase that had one. */
	readonly gaps: ReadonlyArray<LaneSpan & {readonly lost: number; readonly isOver: boolean}>;
	/** Start of each phase, in order, and when its expectations held. */
	readonly marks: ReadonlyArray<{readonly at: number; readonly settled?: number}>;
}

/** Outcomes that only a machine behind the VIP can cause; silence proves nothing. */
const proofs: ReadonlySet<ProbeRequest['outcome']> = new Set([
	'answered',
	'sorry',
	'wrong-content',
	'refused',
	'reset',
]);

/** Milliseconds between two answers through one director in which it is taken to have held the VIP: one dead server among several loses single requests. */
const proofsApart = 1000;

const order: ReadonlyArray<Lane['kind']> = ['director', 'server', 'sorry', 'lost'];

/**
 * Each request counts as a span of one interval.
 * @param resolution maximum gap, in milliseconds, between spans of a lane that are joined into one
 */
export function timelineOf(
	{requests, interval}: Pick<ProbeRecord, 'requests' | 'interval'>,
	phases: readonly PhaseResult[],
	resolution = 0,
): Timeline {
	const gaps = phases.flatMap(({effect}) => (effect?.outage ? [gapOf(effect.outage)] : []));
	const end = Math.max(
		0,
		...requests.map(({at}) => at + interval),
		...phases.map(({injected, settled}) => settled ?? injected),
		...gaps.map(({to}) => to),
	);
	const found = new Map<string, {kind: Lane['kind']; name: string; times: number[]}>();
	for (const request of requests) {
		for (const [kind, name] of lanesOf(request)) {
			const lane = found.get(`${kind} ${name}`) ?? {kind, name, times: []};
			lane.times.push(request.at);
			found.set(`${kind} ${name}`, lane);
		}
	}

	return {
		end,
		lanes: [...found.values()]
			.sort(
				(a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.name.localeCompare(b.name, 'en', {numeric: true}),
			)
			.map(({kind, name, times}) => ({
				kind,
				name,
				count: times.length,
				spans: join(times, interval, kind === 'director' ? Math.max(resolution, proofsApart) : resolution),
			})),
		gaps,
		marks: phases.map(({injected, settled}) => ({at: injected, ...(settled !== undefined && {settled})})),
	};
}

/** One that lasts goes as far as its duration says. */
function gapOf({from, to, duration, lost}: NonNullable<ClientImpact['outage']>): Timeline['gaps'][number] {
	return {from, to: to ?? from + duration, lost, isOver: to !== undefined};
}

function lanesOf({outcome, server, director}: ProbeRequest): Array<[Lane['kind'], string]> {
	const answer: [Lane['kind'], string] =
		outcome === 'answered' ? ['server', server ?? '?'] : outcome === 'sorry' ? ['sorry', outcome] : ['lost', outcome];
	return director === undefined || !proofs.has(outcome) ? [answer] : [['director', director], answer];
}

function join(times: readonly number[], length: number, resolution: number): LaneSpan[] {
	const spans: Array<{from: number; to: number}> = [];
	for (const from of times.toSorted((a, b) => a - b)) {
		const last = spans.at(-1);
		if (last && from - last.to <= resolution) {
			last.to = Math.max(last.to, from + length);
		} else {
			spans.push({from, to: from + length});
		}
	}

	return spans;
}
