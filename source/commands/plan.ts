import {existsSync} from 'node:fs';
import {styleText} from 'node:util';
import {lockFolder} from '../cluster/lock-folder.ts';
import type {EventBody} from '../engine/event.ts';
import {UserError} from '../user-error.ts';
import type {RunResult} from '../engine/run.ts';
import {locksFolder} from '../engine/trip-script.ts';
import {wasUnchangedSince} from '../engine/written-digests.ts';
import {busyMessages} from '../session/busy-messages.ts';
import {planMessages} from '../planning/plan-messages.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import {jsonLines} from '../output/json-lines.ts';
import type {Reporter} from '../output/reporter.ts';
import {removeUnitLocks} from '../state/unit-locks.ts';
import {wrapLines} from '../text/wrap.ts';
import {answerChanges, checkSteps, refusal, type AnswerChanges, type Selection} from '../planning/confirm-changes.ts';
import {requireIdle} from '../session/busy.ts';
import {forecastOf} from '../session/forecast.ts';
import {isRunningInSandbox, hostRunId, hostRunStart} from '../session/in-sandbox.ts';
import {printEvent} from '../planning/json-event.ts';
import {commandLine, hasUnicode, wantsColor, type CommonOptions} from '../command-line/options.ts';
import {messageOf} from '../text/clean.ts';
import {changesOf, type PlanChange} from '../planning/plan-changes.ts';
import {expectedWorkAfterDryRun, figuresOf} from '../planning/plan-figures.ts';
import {planLines, type PlanStyle, type PlanSummary} from '../planning/plan-text.ts';
import {newRunId, runStage, selectUnits, type RunRequest} from '../session/runner.ts';
import {callInSandbox, isSandboxUp} from '../session/sandbox.ts';
import {openSession, type Session} from '../session/session.ts';
import {showSite} from '../planning/site.ts';
import {warnOfPublicRanges} from '../planning/public-range-warning.ts';
import {waitingLine, type WaitingLine} from '../session/waiting-line.ts';

export interface PlanOptions extends CommonOptions, Selection {
	/** Exit with 2 if anything would change, like Terraform's option of this name. */
	readonly detailedExitcode?: boolean;
}

/** Events of a dry run, and whether it ended early because the host is unsuitable. */
interface DryRun {
	readonly events: readonly EventBody[];
	readonly isHostUnfit: boolean;
}

/** Shows what `up` would change, and changes nothing. Returns the exit code. */
export async function plan(options: PlanOptions, signal: AbortSignal): Promise<number> {
	try {
		return await planned(options, signal);
	} catch (error) {
		// With --detailed-exitcode, 2 means that something would change.
		throw options.detailedExitcode && error instanceof UserError && error.exitCode === 2
			? new UserError(error.code, messageOf(error), 1)
			: error;
	}
}

async function planned(options: PlanOptions, signal: AbortSignal): Promise<number> {
	const session = await openSession(options, {save: false, readsSite: !isRunningInSandbox()});
	checkSteps(session, options);
	if (isRunningInSandbox()) {
		const found = await dryRun(session, options, signal);
		if (typeof found !== 'number') {
			await send(found);
		}

		return signal.aborted ? 130 : 0;
	}

	requireIdle(session, busyMessages.plan);
	const answers = answerChanges(session, options);
	if (answers.refused.length > 0) {
		if (options.json) {
			for (const {key, built, wanted, reason} of answers.refused) {
				printEvent({type: 'plan-refused', key, built, wanted, reason: reason[session.language]});
			}
		}

		throw refusal(answers.refused, session);
	}

	showSite(session);
	warnOfPublicRanges(session);
	const found = await dryRun(session, options, signal).finally(() => {
		// Removes the locks of a cluster that was never started: no other command would.
		if (!existsSync(session.state.path)) {
			removeUnitLocks(locksFolder, lockFolder(session.cluster));
		}
	});
	return signal.aborted ? 130 : typeof found === 'number' ? found : tell(session, {options, answers, ...found});
}

/**
 * Checks all stages, on this computer and inside a running sandbox. Returns an exit code if the process inside has
 * failed.
 */
async function dryRun(session: Session, options: PlanOptions, signal: AbortSignal): Promise<DryRun | number> {
	const events: EventBody[] = [];
	const started = hostRunStart() ?? Date.now();
	const only = selectUnits(session.plan, options);
	const line = waitingLine(options, started);
	const progress = tellProgress(session, only, line);
	const collector: Reporter = {
		report(event) {
			events.push(event);
			progress(event);
		},
	};
	const request = {
		run: hostRunId() ?? newRunId(),
		command: commandLine('plan', options),
		only,
		dryRun: true,
		signal,
		reporters: [collector, ...(options.json ? [jsonLines(process.stdout)] : [])],
	};
	try {
		return await lookAtStages(session, request, events, {line, started});
	} finally {
		line.end();
	}
}

/** Returns a function that shows the chapter being checked and the number of units done. */
function tellProgress(
	{plan, language}: Session,
	only: ReadonlySet<string> | undefined,
	line: WaitingLine,
): (event: EventBody) => void {
	const selected = plan.filter(({id}) => only?.has(id) ?? true);
	// Inside a sandbox, stages 1 and 2 are already over.
	let done = isRunningInSandbox() ? selected.filter(({stage}) => stage < 3).length : 0;
	return event => {
		done += event.type === 'step-finished' ? 1 : 0;
		if (event.type === 'step-started') {
			line.tell({what: planMessages.lookingAt(event.title)[language], done, of: selected.length});
		}
	};
}

async function lookAtStages(
	session: Session,
	request: Omit<RunRequest, 'stage'>,
	events: EventBody[],
	{line, started}: {line: WaitingLine; started: number},
): Promise<DryRun | number> {
	const {signal} = request;
	let after: RunResult = new Map();
	for (const stage of isRunningInSandbox() ? ([3] as const) : ([1, 2, 3] as const)) {
		if (stage === 3 && session.cluster.sandbox && !isRunningInSandbox() && isSandboxUp(session)) {
			line.end();
			const inside = await eventsInside(session, {signal, started});
			return typeof inside === 'number' ? inside : {events: [...events, ...inside], isHostUnfit: false};
		}

		after = new Map([...after, ...(await runStage(session, {...request, stage, after}))]);
		// `up` would not continue after a failed stage.
		if (stage < 3 && [...after.values()].some(({status}) => status === 'failed')) {
			break;
		}
	}

	return {events, isHostUnfit: after.get('host')?.status === 'failed'};
}

/** Runs the same command inside the sandbox and returns the events that it sends. */
async function eventsInside(
	session: Session,
	entry: {signal: AbortSignal; started: number},
): Promise<readonly EventBody[] | number> {
	let events: readonly EventBody[] | undefined;
	const code = await callInSandbox(session, {
		...entry,
		onMessage(message) {
			const {plan} = (message ?? {}) as {plan?: DryRun};
			events = plan?.events ?? events;
		},
	});
	// Without events, the process inside has already printed the reason.
	return events ?? (code === 0 ? 1 : code);
}

async function send(plan: DryRun): Promise<void> {
	return new Promise((resolve, reject) => {
		process.send!({plan}, (error: Error | null) => {
			if (error) {
				reject(error);
			} else {
				resolve();
			}
		});
	});
}

function tell(
	session: Session,
	{options, answers, events, isHostUnfit}: DryRun & {options: PlanOptions; answers: AnswerChanges},
): number {
	const {cluster, plan, language, journal} = session;
	const changes = changesOf(events, {
		cluster,
		plan,
		language,
		owned: journal.owned(),
		isDone: unit => journal.isDone(unit),
		wasWritten: wasUnchangedSince(journal.entries),
		leaving: isHostUnfit ? [] : answers.leaving,
	});
	const summary = summaryOf(session, changes, {
		events,
		isHostUnfit,
		asks: isHostUnfit ? [] : answers.questions.map(({about}) => about),
		scaled: isHostUnfit ? [] : answers.scaled,
	});
	if (options.json) {
		for (const change of changes) {
			printEvent({type: 'plan-change', ...change});
		}

		printEvent({type: 'plan-finished', ...summary});
	} else {
		const isColored = wantsColor(options);
		const lines = planLines(changes, summary, {
			language,
			unicode: hasUnicode(),
			paint: (style, text) => (isColored ? styleText(colors[style], text) : text),
		});
		const drills = journal.openDrills();
		process.stdout.write(
			`${wrapLines([...(drills.length > 0 ? [verifyMessages.openDrills(drills)[language]] : []), ...lines].join('\n'), process.stdout)}\n`,
		);
	}

	const {add, change, remove, unknown, failed} = summary;
	return isHostUnfit ? 3 : failed > 0 ? 1 : options.detailedExitcode && add + change + remove + unknown > 0 ? 2 : 0;
}

const colors: Record<PlanStyle, Parameters<typeof styleText>[0]> = {
	add: 'green',
	change: 'yellow',
	remove: 'red',
	failed: 'red',
	dim: 'dim',
	bold: 'bold',
	hunk: 'cyan',
};

function summaryOf(
	session: Session,
	changes: readonly PlanChange[],
	{events, isHostUnfit, asks, scaled}: DryRun & Pick<PlanSummary, 'asks' | 'scaled'>,
): PlanSummary {
	const {plan, journal} = session;
	const count = (action: PlanChange['action']) => changes.filter(change => change.action === action).length;
	const working = new Set(
		changes.flatMap(({action, tasks}) => (action === 'failed' ? [] : tasks.map(({unit}) => unit))),
	);
	const statuses = new Map(
		events.flatMap(event => (event.type === 'step-finished' ? [[event.unit, event.status] as const] : [])),
	);
	const looked = plan.filter(({id}) => statuses.has(id));
	const expected = expectedWorkAfterDryRun(statuses, working, {plan: looked, isDone: unit => journal.isDone(unit)});
	const {history, ...forecast} = forecastOf(session, {plan: looked, areMissing: working.has('packages')});
	// Checks that passed in the dry run are the best estimate of their durations.
	const looks = events.flatMap(event =>
		event.type === 'step-finished' && event.status === 'ok' ? [[event.unit, event.duration] as const] : [],
	);
	return {
		add: count('add'),
		change: count('change'),
		remove: count('remove'),
		unknown: count('unknown'),
		failed: count('failed'),
		isHostUnfit,
		...(isHostUnfit || working.size === 0
			? {chapters: []}
			: figuresOf(session, {
					...forecast,
					expected,
					history: {...history, check: new Map([...history.check, ...looks])},
				})),
		scaled,
		asks,
	};
}
