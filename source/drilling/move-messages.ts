import {phrase, type Text} from '../languages/text.ts';

/** Messages of `move`, which moves the VIPs and ldirectord to another director. */
export const moveMessages = {
	title: (director: string): Text => phrase('Move the VIPs and ldirectord to {director}', {director}),
	undo: phrase('Take the move back'),
	/** @param seconds maximum outage according to the cluster's settings */
	willMove: (director: string, seconds: string): Text =>
		phrase('The VIPs and ldirectord are moved to {director}. Clients notice an outage for up to {seconds} s.', {
			director,
			seconds,
		}),
	willHold: (director: string, home: string): Text =>
		phrase(
			'By the answers (ha.failback) they belong on {home}: a constraint holds them on {director}, as long as that is up, until they are moved back to {home}.',
			{home, director},
		),
	moved: (director: string): Text => phrase('The VIPs and ldirectord are on {director}.', {director}),
	there: (director: string): Text => phrase('The VIPs and ldirectord are on {director} already.', {director}),
	nowhere: phrase(
		'The VIPs and ldirectord are on neither director, so there is nothing to move. `status` shows what is wrong.',
	),
	notDirector: (name: string, directors: readonly string[]): Text =>
		phrase('"{name}" is no director. There are: {directors}.', {name, directors: directors.join(', ')}),
} satisfies Record<string, unknown>;
