import type {Cluster, Node} from '../cluster/cluster.ts';
import type {PlacedTask} from '../engine/drill.ts';
import {UserError} from '../user-error.ts';
import {runPlaced} from '../engine/run-placed.ts';
import {busyMessages} from '../session/busy-messages.ts';
import {moveMessages as messages} from '../drilling/move-messages.ts';
import {bothOnline, groupMovedTo, groupOn, moveConstraintsCleared} from '../tasks/group.ts';
import {requireIdle} from '../session/busy.ts';
import {confirm} from '../session/confirm.ts';
import {announceParts, withDrillSession, type DrillSession} from '../drilling/drill-session.ts';
import {moveNotices} from '../drilling/impact-notices.ts';
import {moveFacts} from '../drilling/move-facts.ts';
import {holderOf} from '../drilling/vip-holder.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {withLock} from '../session/lock.ts';
import {commandLine, type CommonOptions} from '../command-line/options.ts';
import {runHereOrInSandbox} from '../session/sandbox.ts';
import {printResult, printWarning} from '../session/print.ts';
import {openExisting} from '../session/session.ts';

export interface MoveOptions extends CommonOptions {
	readonly yes?: boolean;
}

/** Moves the VIPs and ldirectord to a director. Returns the exit code; 0 also if they are already there. */
export async function move(options: MoveOptions, director: string, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, language} = session;
	const target = cluster.directors.find(({name}) => name === director);
	if (!target) {
		throw new UserError(
			'unknown-director',
			messages.notDirector(
				director,
				cluster.directors.map(({name}) => name),
			)[language],
		);
	}

	if (!isRunningInSandbox()) {
		requireIdle(session, busyMessages.wait);
		printWarning(moveNotices(target.name, moveFacts(cluster), language).join('\n'));
		await confirm({yes: options.yes, language});
	}

	const command = commandLine(`move ${director}`, options);
	return withLock(session, `move ${director}`, async () =>
		runHereOrInSandbox(
			session,
			async () =>
				withDrillSession(session, command, signal, async drilling => {
					const hasMoved = await moveTo(drilling, target);
					printResult((hasMoved ? messages.moved : messages.there)(target.name)[language], options);
					return 0;
				}),
			{signal},
		),
	);
}

/** Returns false if the group was already there. A failed move leaves no constraint behind. */
async function moveTo(drilling: DrillSession, target: Node): Promise<boolean> {
	const {
		session: {cluster, language},
		context,
	} = drilling;
	const holder = await holderOf(drilling);
	if (!holder) {
		throw new UserError('vips-nowhere', messages.nowhere[language]);
	}

	const title = messages.title(target.name);
	const tasks = moveTasks(cluster, target);
	announceParts(drilling, commandLine('move', drilling.session.options), [{unit: 'move', title, tasks: tasks.length}]);
	try {
		await runPlaced('move', title, tasks, context);
	} catch (error) {
		await runPlaced('move:undo', messages.undo, [{on: holder.name, task: moveConstraintsCleared()}], {
			...context,
			signal: new AbortController().signal,
		}).catch(() => {
			// Ignored: the failure of the move itself is reported below.
		});
		throw error;
	}

	return holder.name !== target.name;
}

/**
 * Exported for the tests. On a director that is not the preferred one, the constraint is kept: without it Pacemaker
 * would move the group back at once.
 */
export function moveTasks(cluster: Cluster, target: Node): PlacedTask[] {
	const {home} = moveFacts(cluster);
	const isHeld = home !== undefined && home !== target.name;
	return [
		bothOnline(cluster),
		groupMovedTo(target),
		...(isHeld ? [] : [moveConstraintsCleared(), groupOn(target, 60)]),
	].map(task => ({on: target.name, task}));
}
