import type {Text} from '../../languages/text.ts';
import {troubleMessages} from './messages.ts';

export type HealthState = 'ok' | 'degraded' | 'down';

/** Kinds of trouble, most important first. */
export type TroubleId = keyof typeof troubleMessages;
export const troubleIds = Object.keys(troubleMessages) as TroubleId[];

/** One thing that is wrong with the cluster. */
export interface Trouble {
	readonly id: TroubleId;
	/** `down`: clients do not get the page. */
	readonly state: 'degraded' | 'down';
	/** Name of the node that has the trouble. */
	readonly node?: string;
	readonly text: Text;
}

/** Troubles that leave clients without the page. All others are `degraded`, however bad: the page is still served. */
const down: ReadonlySet<TroubleId> = new Set([
	'sandbox-stopped',
	'stopped',
	'machines-none',
	'page-sorry',
	'page-status',
	'page-wrong',
	'page-silent',
	'vip-nobody',
	'balancer-none',
]);

/** Creates a trouble. `words` are the arguments of its sentence in `troubleMessages`. */
export function trouble<Id extends TroubleId>(
	id: Id,
	node: string | undefined,
	...words: Parameters<(typeof troubleMessages)[Id]>
): Trouble {
	const text = (troubleMessages[id] as (...words: readonly unknown[]) => Text)(...words);
	return {id, state: down.has(id) ? 'down' : 'degraded', ...(node !== undefined && {node}), text};
}
