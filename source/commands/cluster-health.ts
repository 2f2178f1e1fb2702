import type {Language} from '../languages/text.ts';
import {factsOf} from '../measure/health/facts-of.ts';
import {healthLine, healthOf, type Health} from '../measure/health/health.ts';
import {lookAt, type LookOptions} from '../measure/health/look.ts';
import type {ClusterFacts} from '../measure/health/facts.ts';
import {statusRows, type StatusRow} from '../measure/status.ts';
import type {Work} from '../measure/health/note.ts';
import {lockHolder} from './lock.ts';
import type {openTargets} from './runner.ts';
import type {Session} from './session.ts';

/** One look at a session's cluster. `facts` is absent where nothing could be looked at. */
export interface Looked {
	readonly health: Health;
	readonly facts?: ClusterFacts;
}

/** Looks at the cluster and judges it. Runs where the nodes can be reached: inside, for a cluster in a sandbox. */
export async function lookAtCluster(session: Session, {target}: ReturnType<typeof openTargets>, signal: AbortSignal, onAnswer?: LookOptions['onAnswer']): Promise<Required<Looked>> {
	const {cluster, journal} = session;
	const look = await lookAt(cluster, {target, signal, openDrills: journal.openDrills(), onAnswer});
	const facts = factsOf(cluster, look);
	return {facts, health: healthOf(cluster, facts, workOn(session), journal.lastPower())};
}

/** The command that works on the cluster at this moment. */
export function workOn(session: Session): Work | undefined {
	const holder = lockHolder(session);
	// The last chapter looks at the whole.
	return holder && {...holder, isFirst: holder.verb === 'up' && !session.journal.isDone('verification')};
}

/** Everything that is shown of a look, health first. */
export function rowsOf({cluster}: Session, {health, facts}: Looked, language: Language): StatusRow[] {
	const {state, troubles, notes} = health;
	return [
		{kind: 'health', state, line: healthLine(health, language), troubles: troubles.map(({id, state, node, text}) => ({id, state, ...(node !== undefined && {node}), text: text[language]})), notes: notes.map(({id, text}) => ({id, text: text[language]}))},
		...(facts ? statusRows(cluster, facts) : []),
	];
}
