import type {Cluster} from '../cluster/cluster.ts';
import {isHarmful, type Scenario, type Drill, type Phase} from '../engine/drill.ts';
import {Interrupted, TaskFailed} from '../engine/failure.ts';
import {runPlaced, type PlacedContext} from '../engine/run-placed.ts';
import type {Language} from '../languages/text.ts';
import {reasonText} from '../engine/reasons.ts';
import {verifyMessages} from './verify-messages.ts';
import {messageOf} from '../text/clean.ts';
import {measuredOn} from './measured-on.ts';
import {judgePhase, type Failure} from './judge-phase.ts';
import {waitForConnections, waitForService, type ClientsContext} from './wait-for-clients.ts';
import {startProbe, type RunningProbe} from './probe-process.ts';
import type {DrillResult, PhaseResult, ProbeRecord} from './result.ts';

export interface DrillContext extends PlacedContext {
	/** Records that faults will be injected, runs `work`, and restores the cluster however `work` ends. */
	readonly undoing: (course: Scenario, work: () => Promise<void>) => Promise<void>;
	/** Closes connections to VMs that may be gone. */
	readonly reconnect: () => void;
	/** A file of the web root that is large enough for a slow download to last through the drill. */
	readonly download?: string;
}

/** Number of requests per server in a phase that tests round robin. */
const rounds = 10;

/** A phase and its instants, in milliseconds since the probe began. */
interface Marks {
	readonly phase: Phase;
	readonly injected: number;
	settled?: number;
	until?: number;
	failure?: Failure;
}

/** Runs one drill under the probe, restores the cluster, returns the result. Does not throw for failures of the cluster. */
export async function runDrill(drill: Drill, cluster: Cluster, context: DrillContext): Promise<DrillResult> {
	const {language} = context;
	const course = drill.scenario(cluster);
	const began = new Date();
	const started = performance.now();
	const marks: Marks[] = [];
	let probe: RunningProbe | undefined;
	let failure: Failure | undefined;
	let restored = true;
	const fail = (error: unknown) => {
		failure ??= failureOf(error, language, restored || !isHarmful(course));
	};

	try {
		await runPlaced(`${drill.id}:before`, verifyMessages.before, course.precheck, context);
		restored = false;
		await context.undoing(course, async () => {
			try {
				const harmful = isHarmful(course);
				if (course.prepare) {
					await runPlaced(`${drill.id}:prepare`, verifyMessages.prepare, course.prepare, context);
				}

				probe = await startProbe(cluster, {
					...(harmful && {keepAlive: true, download: context.download}),
					onRequest(request) {
						context.emit({type: 'request', test: drill.id, ...request});
					},
				});
				const clients = {...context, drill: drill.id, probe, cluster};
				await waitForService(clients, {from: 0});
				for (const [index, phase] of course.phases.entries()) {
					await waitForConnections(clients, harmful ? 2 : 0);
					await runPhase(`${drill.id}:${index + 1}`, phase, {clients, marks, context});
				}
			} catch (error) {
				fail(error);
			} finally {
				// Stop before the cluster is restored: requests lost during the restoration do not belong to the drill.
				await probe?.stop();
			}
		});
		restored = true;
	} catch (error) {
		fail(error);
	}

	const record = await probe?.stop();
	const phases = record ? marks.map(mark => resultOf(mark, record, probe!, language)) : [];
	const worst = failure ?? phases.find(({verdict}) => verdict !== 'passed');
	return {
		id: drill.id,
		chapter: drill.chapter,
		title: drill.title(cluster),
		explanation: drill.explanation(cluster),
		began: began.toISOString(),
		duration: (performance.now() - started) / 1000,
		phases,
		...(record && {probe: record}),
		verdict: worst?.verdict ?? 'passed',
		...(worst?.reason && {reason: worst.reason}),
		restored,
		on: measuredOn(cluster),
	};
}

async function runPhase(
	id: string,
	phase: Phase,
	{clients, marks, context}: {clients: ClientsContext; marks: Marks[]; context: DrillContext},
): Promise<void> {
	const {probe, cluster} = clients;
	const mark: Marks = {phase, injected: probe.now()};
	marks.push(mark);
	try {
		await runPlaced(id, phase.title, [...phase.inject, ...phase.expect], {
			...context,
			onDone(index) {
				if (index === phase.inject.length - 1) {
					context.reconnect();
				}
			},
		});
		mark.settled = probe.now();
		// In a phase that injects no fault, the requests themselves are the test.
		const count = phase.inject.length === 0 ? rounds * cluster.webs.length : undefined;
		if (phase.predict && !(await waitForService(clients, {from: mark.settled, count}))) {
			mark.failure = {verdict: 'failed', reason: verifyMessages.notServed[context.language]};
		}
	} catch (error) {
		mark.failure = failureOf(error, context.language, phase.inject.length === 0);
		throw error;
	} finally {
		mark.until = probe.now();
	}
}

function resultOf(
	{phase, injected, settled, until, failure}: Marks,
	record: ProbeRecord,
	probe: RunningProbe,
	language: Language,
): PhaseResult {
	const span = {from: injected, to: until};
	return {
		title: phase.title,
		injected,
		...(settled !== undefined && {settled}),
		...(phase.predict && {prediction: phase.predict}),
		...judgePhase(
			phase,
			{
				requests: record.requests,
				span,
				settled,
				isVoid: record.isVoid,
				lateness: record.lateness,
				held: probe.held(span),
				failure,
			},
			language,
		),
	};
}

/** @param isUntouched no fault was injected, so the cluster was broken before: the reason advises to run `up` */
function failureOf(error: unknown, language: Language, isUntouched: boolean): Failure {
	if (error instanceof Interrupted) {
		return {verdict: 'interrupted', reason: verifyMessages.interrupted[language]};
	}

	if (error instanceof TaskFailed) {
		const {attempted, lines, exit} = error.report;
		const why = reasonText(lines.at(-1)?.trim() ?? `exit ${exit}`)[language];
		const {place} = error;
		// An assertion on a node often names that node already.
		const where = place === undefined || `${attempted} ${why}`.includes(place) ? '' : `${place}: `;
		return {
			verdict: 'failed',
			reason: `${where}${attempted}: ${why}${isUntouched ? `. ${verifyMessages.runUp[language]}` : ''}`,
		};
	}

	return {verdict: 'failed', reason: messageOf(error)};
}
