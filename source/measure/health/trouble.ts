import type {Text} from '../../languages/text.ts';
import {troubleMessages} from './messages.ts';

export type HealthState = 'ok' | 'degraded' | 'down';

/** Kinds of trouble; the most important is first. */
export type TroubleId = keyof typeof troubleMessages;
export const troubleIds = Object.keys(troubleMessages) as TroubleId[];

/** One thing that is wrong with the cluster. */
export interface Trouble {
	readonly id: TroubleId;
	/** `down`: clients do not get the page. */
	readonly state: 'degraded' | 'down';
	/** The node it is about. */
	readonly node?: string;
	readonly text: Text;
}

/** Troubles that leave clients without the page. Everything else is degraded, however bad: the page is still served. */
const down: ReadonlySet<TroubleId> = new Set(['sandbox-stopped', 'stopped', 'machines-none', 'page-sorry', 'page-status', 'page-wrong', 'page-silent', 'vip-nobody', 'balancer-none']);

/** Makes a trouble of a kind, with what its sentence needs. */
export function trouble<Id extends TroubleId>(id: Id, node: string | undefined, ...words: Parameters<(typeof troubleMessages)[Id]>): Trouble {
	const text = (troubleMessages[id] as (...words: readonly unknown[]) => Text)(...words);
	return {id, state: down.has(id) ? 'down' : 'degraded', ...(node !== undefined && {node}), text};
}
