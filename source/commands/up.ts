import {inventoryOf} from '../cluster/inventory.ts';
import {TaskFailed} from '../engine/failure.ts';
import type {RunResult} from '../engine/run.ts';
import {usesExpiredImages} from '../images/cache.ts';
import {sessionMessages} from '../session/messages.ts';
import {version} from '../version.ts';
import {runTimes} from '../report/run-times.ts';
import {wrapLines} from '../text/wrap.ts';
import {
	confirmFirstBuild,
	confirmChanges,
	checkSteps,
	inventoryFile,
	isWhole,
	type Selection,
} from '../planning/confirm-changes.ts';
import {askWizard} from '../session/ask-wizard.ts';
import {failureText, runSummary, pageOutcome, servesPage} from '../drilling/run-summary.ts';
import {moveOldState} from '../session/old-state.ts';
import {openDrillSession} from '../drilling/drill-session.ts';
import {removeLeavingNodes, type RemovalCount} from '../planning/obsolete-nodes.ts';
import {printEvent} from '../planning/json-event.ts';
import {withLock} from '../session/lock.ts';
import {commandLine, type CommonOptions} from '../command-line/options.ts';
import {repairOpenDrills} from '../drilling/recovery.ts';
import {newRunId, runStage, selectUnits, type RunRequest} from '../session/runner.ts';
import {hostRunId, hostRunStart, isRunningInSandbox} from '../session/in-sandbox.ts';
import {callInSandbox} from '../session/sandbox.ts';
import {beginState, openSession, type Session} from '../session/session.ts';
import {isSiteNew, packSite, showSite} from '../planning/site.ts';
import {warnOfPublicRanges} from '../planning/public-range-warning.ts';

export interface UpOptions extends CommonOptions, Selection {
	readonly yes?: boolean;
}

/** Builds the cluster, or resumes a build. Returns the exit code. */
export async function up(options: UpOptions, signal: AbortSignal): Promise<number> {
	if (isRunningInSandbox()) {
		return continueInSandbox(options, signal);
	}

	await moveOldState(options);
	const before = await openSession(options, {save: false, readsSite: true});
	checkSteps(before, options);
	if (isPublishing(before, options) && isSiteNew(before)) {
		showSite(before);
	}

	warnOfPublicRanges(before);
	await confirmFirstBuild(before, options);
	beginState(before);
	return withLock(before, 'up', async () => {
		// Another run may have ended while the question was open.
		const session = await openSession(options, {save: false});
		if (isBuilding(session, options)) {
			await confirmChanges(session, options);
		}

		if (isPublishing(before, options)) {
			await packSite(before, signal);
		}

		return build(options, signal);
	});
}

/** Runs stages 1 and 2 on this computer, then stage 3: here, or for a cluster in a sandbox in a process inside it. */
async function build(options: UpOptions, signal: AbortSignal): Promise<number> {
	const run = newRunId();
	const started = performance.now();
	const begun = Date.now();
	let session = await openSession(options, {save: true});
	const request = requestOf(session, options, {run, started: begun, signal});
	session.journal.append({type: 'run-started', run, command: request.command, version, pid: process.pid});
	if (options.json) {
		announce(session, run, request.command);
	}

	const results = [await runStage(session, {...request, stage: 1})];
	if (isGood(results[0]!)) {
		// Hardware virtualization has been detected by now, which determines the settings that are scaled under emulation.
		session = await openSession(options, {save: true});
		if (isBuilding(session, options)) {
			session.state.write(inventoryFile, JSON.stringify(inventoryOf(session.cluster), null, '\t'));
		}

		results.push(await runStage(session, {...request, stage: 2}));
	}

	if (usesExpiredImages(session.cluster)) {
		process.stderr.write(`${sessionMessages.oldImages[session.language]}\n`);
	}

	if (!results.every(result => isGood(result))) {
		return finish(session, {run, started, results, options, signal});
	}

	// `--until` and `--only` may leave nothing to do inside the sandbox.
	const isInsideWanted = session.plan.some(({stage, id}) => stage === 3 && (request.only?.has(id) ?? true));
	if (session.cluster.sandbox && isInsideWanted) {
		return callInSandbox(session, {run, signal, started: begun});
	}

	return buildHere(session, {request, started, results, options, signal});
}

/** The rest of a run in the sandbox: the process outside has asked the user, has the lock, and did stages 1 and 2. */
async function continueInSandbox(options: UpOptions, signal: AbortSignal): Promise<number> {
	const begun = hostRunStart() ?? Date.now();
	const session = await openSession(options, {save: true});
	const request = requestOf(session, options, {run: hostRunId() ?? newRunId(), started: begun, signal});
	const started = performance.now() - (Date.now() - begun);
	return buildHere(session, {request, started, results: [], options, signal});
}

type Request = Omit<RunRequest, 'stage'>;

function requestOf(
	{plan, language}: Session,
	options: UpOptions,
	{run, started, signal}: Pick<Request, 'run' | 'started' | 'signal'>,
): Request {
	return {
		run,
		started,
		command: commandLine('up', options),
		signal,
		only: selectUnits(plan, options),
		decide: askWizard(language, signal),
	};
}

/** Runs stage 3, and ends the run. Returns the exit code. */
async function buildHere(
	session: Session,
	{request, results, ...end}: Omit<Ended, 'run' | 'leave'> & {readonly request: Request},
): Promise<number> {
	const last = await runLastStage(session, request);
	return finish(session, {
		...end,
		run: request.run,
		results: [...results, last],
		leave: await leave(session, last, end.options, end.signal),
	});
}

/**
 * Runs stage 3, everything on the host and the nodes. First undoes the faults of an interrupted drill, which are not
 * deviations for the steps to repair.
 */
async function runLastStage(session: Session, request: Request): Promise<RunResult> {
	if (session.journal.openDrills().length > 0) {
		const drilling = openDrillSession(session, request.run, request.signal);
		await repairOpenDrills(drilling);
		await drilling.close();
	}

	return runStage(session, {...request, stage: 3});
}

/** Removes leaving nodes after everything else was built without them, because they answer requests until then. */
async function leave(
	session: Session,
	result: RunResult,
	options: UpOptions,
	signal: AbortSignal,
): Promise<RemovalCount> {
	return isGood(result) && isWhole(options) ? removeLeavingNodes(session, signal) : {removed: 0, left: 0};
}

interface Ended {
	readonly run: string;
	readonly started: number;
	readonly results: readonly RunResult[];
	readonly options: UpOptions;
	readonly signal: AbortSignal;
	readonly leave?: RemovalCount;
}

/** Prints and records the end of a run. Returns the exit code. */
async function finish(
	session: Session,
	{run, started, results, options, signal, leave: {removed, left} = {removed: 0, left: 0}}: Ended,
): Promise<number> {
	const {journal, plan, language} = session;
	const outcomes = results.flatMap(result => [...result.values()]);
	const duration = (performance.now() - started) / 1000;
	const units = journal.durations(run);
	const changed = [...units.values()].filter(({status}) => status === 'changed').length + removed;
	const isComplete = left === 0 && results.every(result => isGood(result));
	const status = outcomes.some(({status}) => status === 'interrupted') ? 'interrupted' : isComplete ? 'ok' : 'failed';
	journal.append({type: 'run-finished', run, status, duration});
	const asked =
		status === 'ok' && servesPage(plan, selectUnits(plan, options)) ? await pageOutcome(session, signal) : undefined;
	if (options.json) {
		printEvent({type: 'run-finished', run, status, changed, duration, ...(asked && {page: asked.page})});
	}

	const print = options.json ? process.stderr : process.stdout;
	if (status === 'ok') {
		if (!options.json) {
			print.write(
				`${options.verbose ? `${runTimes(plan, units, duration, language)}\n` : ''}${wrapLines(runSummary(session, {changed, duration, asked}), print)}\n`,
			);
		}

		return 0;
	}

	for (const {error} of outcomes) {
		if (error instanceof TaskFailed) {
			process.stderr.write(
				`\n${wrapLines(failureText(error.report, session.state.file('logs', run), language, options), process.stderr)}\n`,
			);
		}
	}

	const goOn = commandLine('up', options);
	process.stderr.write(`${status === 'interrupted' ? sessionMessages.interrupted(goOn)[language] : ''}\n`);
	if (status === 'interrupted') {
		return 130;
	}

	// The chapter `host` is the preflight: the user has to fix its findings before anything is created.
	return results[0]?.get('host')?.status === 'failed' ? 3 : 1;
}

function isGood(result: RunResult): boolean {
	return [...result.values()].every(({status}) => ['ok', 'changed', 'skipped'].includes(status));
}

/** Whether units beyond stage 1 are selected, whose results depend on the answers. */
function isBuilding({plan}: Session, options: UpOptions): boolean {
	const only = selectUnits(plan, options);
	return plan.some(({stage, id}) => stage > 1 && (only?.has(id) ?? true));
}

/** Whether the run puts the pages on the array. */
function isPublishing({plan}: Session, options: UpOptions): boolean {
	const only = selectUnits(plan, options);
	return plan.some(({step, id}) => step.id === 'content' && (only?.has(id) ?? true));
}

function announce({plan, cluster, language}: Session, run: string, command: string): void {
	const steps = plan.map(unit => ({
		unit: unit.id,
		step: unit.step.id,
		host: unit.place,
		title: unit.step.title[language],
		tasks: unit.tasks.length,
	}));
	process.stdout.write(
		`${JSON.stringify({time: new Date().toISOString(), type: 'run-started', run, command, cluster: cluster.name, steps})}\n`,
	);
}
