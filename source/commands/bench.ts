import {pagePath} from '../cluster/page-path.ts';
import pRetry from 'p-retry';
import type {Cluster} from '../cluster/cluster.ts';
import type {Scenario} from '../engine/drill.ts';
import {runPlaced} from '../engine/run-placed.ts';
import {ab} from '../measure/ab.ts';
import {lastRightStatus} from '../measure/answer.ts';
import {cpuBetween, readCpu} from '../measure/cpu.ts';
import {runLoad, shownCommand, hungRetry, type Load, type LoadTool} from '../measure/load.ts';
import {measuredOn} from '../measure/measured-on.ts';
import {writeMeasurements} from '../measure/measurements-file.ts';
import type {LoadSample, LoadSeries} from '../measure/result.ts';
import {siege} from '../measure/siege.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import {verifyMessages} from '../measure/verify-messages.ts';
import {innerAccess} from '../tasks/inner-access.ts';
import {benchDrill} from '../../steps/drills/bench.ts';
import {leastSeconds, readBenchRequest, type BenchOptions, type BenchRequest} from '../drilling/bench-request.ts';
import {loadText} from '../drilling/bench-table.ts';
import {confirm} from '../session/confirm.ts';
import {announceParts, undoing, withDrillSession, type DrillSession} from '../drilling/drill-session.ts';
import {loadNotices} from '../drilling/impact-notices.ts';
import {printEvent, type ResultBody} from '../planning/json-event.ts';
import {withLock} from '../session/lock.ts';
import {commandLine} from '../command-line/options.ts';
import {repairOpenDrills} from '../drilling/recovery.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {runHereOrInSandbox} from '../session/sandbox.ts';
import {printResult, printWarning} from '../session/print.ts';
import {openExisting} from '../session/session.ts';

const tools: Record<LoadTool['name'], LoadTool> = {ab, siege};

/**
 * Measures the load that the cluster can carry with 1, 2 … N servers, and that of one server alone. Returns the exit
 * code.
 */
export async function bench(options: BenchOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, language, state} = session;
	const request = readBenchRequest(options, cluster, language);
	if (!isRunningInSandbox()) {
		printWarning(loadNotices(leastSeconds(request), language).join('\n'));
		// No question without a terminal: scripts rely on it.
		await confirm({yes: options.yes || !process.stdin.isTTY, language});
	}

	const again = commandLine('bench', options);
	return withLock(session, 'bench', async () =>
		runHereOrInSandbox(
			session,
			async () =>
				withDrillSession(session, again, signal, async drilling => {
					if (cluster.acceleration === 'tcg') {
						printResult(benchMessages.scaled(request.requests, request.seconds)[language], options);
					}

					if (!(await repairOpenDrills(drilling))) {
						return signal.aborted ? 130 : 1;
					}

					let series: readonly LoadSeries[];
					try {
						series = await measureAll(drilling, request);
					} catch (error) {
						if (session.journal.openDrills().includes(benchDrill.id)) {
							printWarning(benchMessages.notRestored(again)[language]);
						}

						throw error;
					}

					if (!options.json) {
						// Tables are not wrapped.
						process.stdout.write(`\n${loadText(series, cluster, language, process.stdout)}\n\n`);
						printResult(benchMessages.kept(state.file('reports', 'measurements.json'))[language], options);
					}

					return 0;
				}),
			{signal},
		),
	);
}

/**
 * Runs all requested loads. Saves each series as soon as it is complete, and puts all servers back into rotation at the
 * end.
 */
async function measureAll(drilling: DrillSession, request: BenchRequest): Promise<LoadSeries[]> {
	const {
		session: {cluster, state},
		context,
	} = drilling;
	const course = benchDrill.scenario(cluster);
	announce(drilling, course, request);
	await runPlaced(benchDrill.id, benchMessages.prepare, course.precheck, context);
	return undoing(drilling, benchDrill.id, course, async () => {
		const all: LoadSeries[] = [];
		for (const servers of request.servers) {
			const {title, inject, expect} = course.phases[servers]!;
			await runPlaced(`${benchDrill.id}:${servers}`, title, [...inject, ...expect], context);
			for (const name of request.tools) {
				const series = await measure(drilling, request, tools[name], servers);
				writeMeasurements(state, {load: [series]});
				all.push(series);
			}
		}

		return all;
	});
}

function announce(drilling: DrillSession, {precheck, phases, undo}: Scenario, {servers}: BenchRequest): void {
	announceParts(drilling, commandLine('bench', drilling.session.options), [
		{unit: benchDrill.id, title: benchMessages.prepare, tasks: precheck.length},
		...servers.map(count => ({
			unit: `${benchDrill.id}:${count}`,
			title: phases[count]!.title,
			tasks: phases[count]!.inject.length + phases[count]!.expect.length,
		})),
		{unit: `${benchDrill.id}:undo`, title: verifyMessages.undo, tasks: undo.length},
	]);
}

/** Repeats one load. */
async function measure(
	{session, context}: DrillSession,
	request: BenchRequest,
	tool: LoadTool,
	servers: number,
): Promise<LoadSeries> {
	const {cluster, language, options} = session;
	const {signal} = context;
	const target = context.target('host');
	const load = loadOn(servers, session.cluster, request);
	const tell = (body: ResultBody, text?: string) => {
		if (options.json) {
			printEvent(body);
		} else if (text !== undefined) {
			printResult(text, options);
		}
	};

	const samples: LoadSample[] = [];
	let processors = 1;
	while (samples.length < request.repeat) {
		const repetition = samples.length + 1;
		const sample = await pRetry(async (attempt): Promise<LoadSample> => {
			if (attempt > 1) {
				printWarning(benchMessages.hung(tool.name)[language]);
			}

			const before = await readCpu(cluster, target, signal);
			tell({
				type: 'load-started',
				tool: tool.name,
				servers,
				repetition,
				of: request.repeat,
				command: shownCommand(tool, load),
			});
			const result = await runLoad(tool, load, {target, signal, language});
			const after = await readCpu(cluster, target, signal);
			processors = after.processors;
			return {...result, cpu: cpuBetween(before, after)};
		}, hungRetry);
		samples.push(sample);
		tell(
			{type: 'sample', servers, repetition, ...sample},
			benchMessages.sample(tool.name, servers, repetition, request.repeat, sample.rate, sample.failed)[language],
		);
	}

	const series: LoadSeries = {
		tool: tool.name,
		servers,
		command: shownCommand(tool, load),
		processors,
		on: measuredOn(cluster),
		samples,
	};
	tell({type: 'series', ...series});
	return series;
}

function loadOn(servers: number, cluster: Cluster, {concurrency, requests, seconds}: BenchRequest): Load {
	return {
		url: `http://${servers === 0 ? cluster.webs[0]!.internal : cluster.vip.external}${pagePath(cluster)}`,
		concurrency,
		requests,
		seconds,
		right: {servers: cluster.webs.map(({name}) => name), last: lastRightStatus(cluster)},
		prefix: servers === 0 ? innerAccess(cluster).prefix : [],
	};
}
