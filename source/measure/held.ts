import type {Span} from './outage.ts';
import type {HeldConnection, Outcome} from './result.ts';

/** What became of a held connection: bytes came, the server ended it in order, or it was lost. Milliseconds since the probe began. */
export interface HeldEvent {
	readonly kind: HeldConnection['kind'];
	readonly at: number;
	readonly event: 'progress' | 'closed' | 'lost';
	/** How it was lost. */
	readonly reason?: Outcome;
}

/** Milliseconds after which silence is more than a beat that comes late: both kinds make progress every second. */
const quiet = 5000;

/**
 * What became, in a span, of the connections that were open when it began. A kind that had none then, because something
 * earlier had taken it, is left out: nothing was held. A silence that is long at the end of the span belongs to it,
 * whatever ends it: the connection has survived if it went on.
 * @param events in order of time; what came after the span counts as well
 * @param until how far they are known
 */
export function heldIn(events: readonly HeldEvent[], {from, to = Infinity}: Span, until: number): HeldConnection[] {
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
		const moments = [before.at, ...seen.filter(({event}) => event === 'progress').map(({at}) => at), isSilent ? next?.at ?? until : end];
		const longestGap = moments.slice(1).reduce((longest, moment, index) => Math.max(longest, moment - moments[index]!), 0);
		const loss = seen.find(({event}) => event === 'lost') ?? (isSilent && (!next || next.event === 'lost') ? next ?? silence : undefined);
		return [{kind, survived: !loss, longestGap, ...(loss && {reason: loss.reason})}];
	});
}

/** A connection that does not answer any more, and was not given up yet. */
const silence: Pick<HeldEvent, 'reason'> = {reason: 'timeout'};
