import type {OutageSpan} from './client-impact.ts';
import type {HeldConnection, Outcome} from './result.ts';

/** An event on a held connection: bytes arrived, the server closed it in order, or it was lost. */
export interface HeldEvent {
	readonly kind: HeldConnection['kind'];
	/** Milliseconds since the probe began. */
	readonly at: number;
	readonly event: 'progress' | 'closed' | 'lost';
	/** Outcome that ended a lost connection. */
	readonly reason?: Outcome;
}

/** Milliseconds of silence that exceed a late heartbeat: both kinds of connection make progress every second. */
const quiet = 5000;

/**
 * Reports how the connections that were open at the start of a span fared during it. A kind without an open connection at
 * that time is left out. A long silence at the end of the span is counted up to its real end, even after the span; the
 * connection survived if it then made progress.
 * @param events in order of time, including those after the span
 * @param until end of the time that `events` covers, in milliseconds since the probe began
 */
export function heldConnectionsIn(
	events: readonly HeldEvent[],
	{from, to = Infinity}: OutageSpan,
	until: number,
): HeldConnection[] {
	const end = Math.min(to, until);
	return (['keep-alive', 'download'] as const).flatMap(kind => {
		const ofKind = events.filter(event => event.kind === kind);
		const before = ofKind.findLast(({at}) => at <= from);
		if (!before || before.event === 'lost' || from - before.at > quiet) {
			return [];
		}

		const seen = [before, ...ofKind.filter(({at}) => at > from && at <= end)];
		const last = seen.at(-1)!;
		const next = ofKind.find(({at}) => at > end);
		const isSilent = last.event === 'progress' && end - last.at > quiet;
		const moments = [
			before.at,
			...seen.filter(({event}) => event === 'progress').map(({at}) => at),
			isSilent ? (next?.at ?? until) : end,
		];
		const longestGap = moments
			.slice(1)
			.reduce((longest, moment, index) => Math.max(longest, moment - moments[index]!), 0);
		const loss =
			seen.find(({event}) => event === 'lost') ??
			(isSilent && (!next || next.event === 'lost') ? (next ?? silence) : undefined);
		return [{kind, survived: !loss, longestGap, ...(loss && {reason: loss.reason})}];
	});
}

/** Loss of a connection that no longer answers, but has not been given up yet. */
const silence: Pick<HeldEvent, 'reason'> = {reason: 'timeout'};
