import {UserError} from '../user-error.ts';
import {measured} from '../measure/judge-phase.ts';
import {writeMeasurements} from '../measure/measurements-file.ts';
import type {DrillResult} from '../measure/result.ts';
import {runDrill} from '../measure/run-drill.ts';
import {sessionMessages} from '../session/messages.ts';
import {verifyMessages as messages} from '../measure/verify-messages.ts';
import {isHarmful, type Drill} from '../engine/drill.ts';
import {downloadPath} from '../../steps/drills/download.ts';
import {confirm} from '../session/confirm.ts';
import {drillOverview, applicableDrills} from '../drilling/drill-overview.ts';
import {announceParts, undoing, withDrillSession, type DrillSession} from '../drilling/drill-session.ts';
import {drillNotices} from '../drilling/impact-notices.ts';
import {printEvent} from '../planning/json-event.ts';
import {withLock} from '../session/lock.ts';
import {commandLine, withCommandLines, type CommonOptions} from '../command-line/options.ts';
import {repairOpenDrills} from '../drilling/recovery.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {runHereOrInSandbox} from '../session/sandbox.ts';
import {printResult, sentencesOf, printWarning} from '../session/print.ts';
import {openExisting, type Session} from '../session/session.ts';
import {verifyText} from '../drilling/verify-table.ts';

export interface VerifyOptions extends CommonOptions {
	readonly test?: string;
	readonly repeat?: string;
	readonly yes?: boolean;
}

/** Runs the drills to prove the cluster's promises and to measure outages. Returns 0 if all pass, and 4 if one does not. */
export async function verify(options: VerifyOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const wanted = select(session, options.test);
	const repeat = Number(options.repeat ?? 1);
	if (!Number.isInteger(repeat) || repeat < 1 || repeat > 1000) {
		throw new UserError('option-value', messages.notANumber(String(options.repeat))[session.language]);
	}

	if (!isRunningInSandbox()) {
		await acceptHarm(session, wanted, options);
	}

	return withLock(session, 'verify', async () =>
		runHereOrInSandbox(
			session,
			async () =>
				withDrillSession(session, commandLine('verify', options), signal, async drilling => {
					announce(drilling, wanted);
					return (await repairOpenDrills(drilling)) ? verifyAll(drilling, wanted, repeat) : signal.aborted ? 130 : 4;
				}),
			{signal},
		),
	);
}

/** Selects drills by id, or by the part before the hyphen: `2` selects `2-crash` and all other `2-…`. */
function select({cluster, language}: Session, test: string | undefined): readonly Drill[] {
	const possible = applicableDrills(cluster);
	const wanted = possible.filter(({id}) => test === undefined || id === test || id.startsWith(`${test}-`));
	if (wanted.length === 0) {
		throw new UserError(
			'unknown-test',
			sessionMessages.unknownTest(
				test!,
				possible.map(({id}) => id),
			)[language],
		);
	}

	return wanted;
}

/**
 * Describes what clients will notice, and asks on a terminal. Without a terminal, a cluster in a sandbox is tested at
 * once, as scripts expect; on a host, where strangers may use it, `--yes` is required.
 */
async function acceptHarm(
	{cluster, language}: Session,
	wanted: readonly Drill[],
	options: VerifyOptions,
): Promise<void> {
	const lines = drillNotices(
		wanted.map(drill => drillOverview(drill, cluster)),
		language,
	);
	if (lines.length > 0) {
		printWarning(lines.join('\n'));
		await confirm({yes: options.yes || (cluster.sandbox && !process.stdin.isTTY), language});
	}
}

function announce(drilling: DrillSession, wanted: readonly Drill[]): void {
	const {cluster, options} = drilling.session;
	announceParts(
		drilling,
		commandLine('verify', options),
		wanted.flatMap(({id, scenario}) => {
			const {precheck, prepare, phases, undo} = scenario(cluster);
			return [
				{part: 'before', title: messages.before, tasks: precheck.length},
				...(prepare ? [{part: 'prepare', title: messages.prepare, tasks: prepare.length}] : []),
				...phases.map(({title, inject, expect}, index) => ({
					part: String(index + 1),
					title,
					tasks: inject.length + expect.length,
				})),
				{part: 'undo', title: messages.undo, tasks: undo.length},
			].map(({part, ...rest}) => ({unit: `${id}:${part}`, ...rest}));
		}),
	);
}

async function verifyAll(drilling: DrillSession, wanted: readonly Drill[], repeat: number): Promise<number> {
	const {
		session: {cluster, language, options, state},
		context: {signal},
	} = drilling;
	if (cluster.acceleration === 'tcg') {
		printResult(messages.emulated[language], options);
	}

	const all: DrillResult[] = [];
	for (const drill of wanted) {
		const results: DrillResult[] = [];
		while (results.length < repeat && !signal.aborted) {
			const result = await runOne(drilling, drill);
			results.push(result);
			tell(drilling, result);
			writeMeasurements(state, {drills: results});
			if (!result.restored) {
				printResult(
					`${withCommandLines(result.reason ?? '', options)}\n${messages.notRestored(commandLine('verify', options))[language]}`,
					options,
				);
				return signal.aborted ? 130 : 4;
			}
		}

		all.push(...results);
	}

	// Tables are not wrapped.
	const output = sentencesOf(options);
	const shown = all.map(result =>
		result.reason === undefined ? result : {...result, reason: withCommandLines(result.reason, options)},
	);
	output.write(`\n${verifyText(shown, language, output)}\n`);
	printResult(withCommandLines(messages.kept(state.file('reports', 'measurements.json'))[language], options), options);
	return signal.aborted ? 130 : all.every(({verdict}) => verdict === 'passed') ? 0 : 4;
}

async function runOne(drilling: DrillSession, drill: Drill): Promise<DrillResult> {
	const {
		session: {cluster},
		context,
	} = drilling;
	const harmful = isHarmful(drill.scenario(cluster));
	return runDrill(drill, cluster, {
		...context,
		...(harmful && {download: downloadPath}),
		reconnect: drilling.reconnect,
		undoing: async (course, work) => (harmful ? undoing(drilling, drill.id, course, work) : work()),
	});
}

/** Emits a result's figures as events, and the result itself with `--json`. */
function tell({session: {options}, context: {emit}}: DrillSession, result: DrillResult): void {
	for (const [index, {effect, prediction}] of result.phases.entries()) {
		if (effect) {
			const name = `${result.id}.${index + 1}`;
			emit({type: 'measurement', name: `${name}.lost`, value: effect.lost, unit: 'requests'});
			if (prediction && prediction.of !== 'none') {
				emit({type: 'measurement', name: `${name}.${prediction.of}`, value: measured(effect, prediction), unit: 's'});
				emit({type: 'measurement', name: `${name}.predicted`, value: prediction.seconds, unit: 's'});
			}
		}
	}

	if (options.json) {
		const {probe, ...rest} = result;
		printEvent({type: 'drill-finished', ...rest});
	}
}
