import {lockFolder} from '../cluster/lock-folder.ts';
import type {Scenario} from '../engine/drill.ts';
import {Interrupted, TaskFailed} from '../engine/failure.ts';
import {runPlaced, type PlacedContext} from '../engine/run-placed.ts';
import type {Text} from '../languages/text.ts';
import {sessionMessages} from '../session/messages.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import type {Reporter} from '../output/reporter.ts';
import {hostRunId} from '../session/in-sandbox.ts';
import {printEvent} from '../planning/json-event.ts';
import {failureText} from './run-summary.ts';
import {newRunId, openTargets, toOwnedResource, reportersFor, reportTo} from '../session/runner.ts';
import {printWarning} from '../session/print.ts';
import type {Session} from '../session/session.ts';

/** Context of drills and benchmarks on an existing cluster: its nodes, the reporters and the journal. */
export interface DrillSession {
	readonly session: Session;
	readonly run: string;
	readonly context: PlacedContext;
	/** Closes all connections. A connection to a crashed VM would otherwise look alive until its keepalive times out. */
	reconnect(): void;
	close(): Promise<void>;
}

export function openDrillSession(
	session: Session,
	run: string,
	signal: AbortSignal,
	reporters: readonly Reporter[] = reportersFor(session, run),
): DrillSession {
	const {cluster, journal, language} = session;
	const {target, close} = openTargets(session);
	return {
		session,
		run,
		context: {
			target,
			lockFolder: lockFolder(cluster),
			timeoutScale: cluster.timeoutScale,
			language,
			signal,
			emit: reportTo(session, reporters),
			recordIntent(resource) {
				journal.append({type: 'intent', run, resource: toOwnedResource(resource, 'host')});
			},
		},
		reconnect: close,
		async close() {
			close();
			await Promise.all(reporters.map(async reporter => reporter.close?.()));
		},
	};
}

/** With `--json`, announces the run and its parts; later events refer to the parts by their units. */
export function announceParts(
	{session: {cluster, language, options}, run}: DrillSession,
	command: string,
	parts: ReadonlyArray<{unit: string; title: Text; tasks: number}>,
): void {
	if (options.json) {
		const steps = parts.map(({unit, title, tasks}) => ({
			unit,
			step: unit,
			host: 'host',
			title: title[language],
			tasks,
		}));
		printEvent({type: 'run-started', run, command, cluster: cluster.name, steps});
	}
}

/**
 * Runs a command's work on an existing cluster, prints the reason of a failure, and reports the end of the run
 * (`--json`). Returns the exit code of the work, 1 for a failed task, or 130 after an interruption.
 * @param command command line with which the user can repeat it
 */
export async function withDrillSession(
	session: Session,
	command: string,
	signal: AbortSignal,
	work: (drilling: DrillSession) => Promise<number>,
): Promise<number> {
	const {options, language, state} = session;
	const run = hostRunId() ?? newRunId();
	const drilling = openDrillSession(session, run, signal);
	const started = performance.now();
	let code: number | undefined;
	try {
		code = await work(drilling);
	} catch (error) {
		if (error instanceof Interrupted) {
			code = 130;
			printWarning(sessionMessages.interrupted(command)[language]);
		} else if (error instanceof TaskFailed) {
			code = 1;
			printWarning(failureText(error.report, state.file('logs', run), language, options));
		} else {
			throw error;
		}
	} finally {
		if (options.json) {
			const status = code === 0 ? 'ok' : code === 130 ? 'interrupted' : 'failed';
			printEvent({type: 'run-finished', run, status, changed: 0, duration: (performance.now() - started) / 1000});
		}

		await drilling.close();
	}

	return code;
}

/** Records the start of a drill, does the work, and always restores the cluster afterwards. */
export async function undoing<Result>(
	drilling: DrillSession,
	drill: string,
	course: Scenario,
	work: () => Promise<Result>,
): Promise<Result> {
	drilling.session.journal.append({type: 'drill-started', run: drilling.run, drill});
	try {
		return await work();
	} finally {
		await restore(drilling, drill, course);
	}
}

/**
 * Restores the cluster after a drill and records the result. A first request to stop ends only the drill's work, and
 * the fault is still removed; a second request stops the restoration as well.
 * @throws TaskFailed if the cluster cannot be restored; Interrupted
 */
export async function restore(
	{session, run, context, reconnect}: DrillSession,
	drill: string,
	{phases, undo}: Scenario,
): Promise<void> {
	const {journal} = session;
	const second = new AbortController();
	const began = performance.now();
	const stop = () => {
		// A single Ctrl-C arrives twice: from the terminal, and from the process outside the sandbox.
		if (performance.now() - began > 1000) {
			second.abort();
		}
	};

	const onMessage = (message: unknown) => {
		if (message === 'stop') {
			stop();
		}
	};

	process.on('SIGINT', stop).on('message', onMessage);
	let restored = false;
	reconnect();
	try {
		await runPlaced(`${drill}:undo`, verifyMessages.undo, undo, {...context, signal: second.signal});
		restored = true;
		for (const {kind, name} of phases.flatMap(({inject}) => inject.flatMap(({task}) => task.creates ?? []))) {
			journal.append({type: 'removed', kind, name});
		}
	} finally {
		process.off('SIGINT', stop).off('message', onMessage);
		journal.append({type: 'drill-ended', run, drill, restored});
	}
}
