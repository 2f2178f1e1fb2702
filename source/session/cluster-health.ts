import type {Language} from '../languages/text.ts';
import {factsOf} from '../measure/health/facts-of.ts';
import {healthLine, judgeHealth, type Health} from '../measure/health/health.ts';
import {queryCluster, type QueryOptions} from '../measure/health/query.ts';
import type {ClusterFacts} from '../measure/health/facts.ts';
import {statusRows, type StatusRow} from '../measure/status.ts';
import type {Work} from '../measure/health/note.ts';
import {lockHolder} from './lock.ts';
import type {openTargets} from './runner.ts';
import type {Session} from './session.ts';

/** Result of one status check. `facts` is absent if the nodes could not be queried. */
export interface StatusResult {
	readonly health: Health;
	readonly facts?: ClusterFacts;
}

/**
 * Queries the cluster and assesses its health. Must run where the nodes are reachable: inside the sandbox, if there is
 * one.
 */
export async function checkCluster(
	session: Session,
	{target}: ReturnType<typeof openTargets>,
	signal: AbortSignal,
	onAnswer?: QueryOptions['onAnswer'],
): Promise<Required<StatusResult>> {
	const {cluster, journal} = session;
	const look = await queryCluster(cluster, {target, signal, openDrills: journal.openDrills(), onAnswer});
	const facts = factsOf(cluster, look);
	return {facts, health: judgeHealth(cluster, facts, runningCommand(session), journal.lastPower())};
}

/** Returns the command that is currently working on the cluster. */
export function runningCommand(session: Session): Work | undefined {
	const holder = lockHolder(session);
	// `verification` is the last chapter: once it is done, the first build is complete.
	return holder && {...holder, isFirst: holder.verb === 'up' && !session.journal.isDone('verification')};
}

/** Returns all rows of a status check, health first. */
export function rowsOf({cluster}: Session, {health, facts}: StatusResult, language: Language): StatusRow[] {
	const {state, troubles, notes} = health;
	return [
		{
			kind: 'health',
			state,
			line: healthLine(health, language),
			troubles: troubles.map(({id, state, node, text}) => ({
				id,
				state,
				...(node !== undefined && {node}),
				text: text[language],
			})),
			notes: notes.map(({id, text}) => ({id, text: text[language]})),
		},
		...(facts ? statusRows(cluster, facts) : []),
	];
}
