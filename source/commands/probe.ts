import {constants, setPriority} from 'node:os';
import type {Cluster} from '../cluster/cluster.ts';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {observe, type Observed} from '../measure/observe.ts';
import {allAnswered, probeSettings} from '../measure/probe.ts';
import type {ProbeRecord} from '../measure/result.ts';
import {probeMessages} from '../output/probe-messages.ts';
import {probeJson, probeText, type ProbeReporter} from '../output/probe-lines.ts';
import {warnWhileBuilding} from '../session/busy.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {wantsColor, type CommonOptions} from '../command-line/options.ts';
import {requireSandbox, runHereOrInSandbox} from '../session/sandbox.ts';
import {openExisting} from '../session/session.ts';

export interface ProbeOptions extends CommonOptions {
	/** Milliseconds. */
	readonly interval?: string;
	/** Seconds. */
	readonly for?: string;
	readonly keepAlive?: boolean;
	/** Path of a file on the cluster's web servers. */
	readonly download?: string;
}

/**
 * Requests the cluster's page repeatedly, as a client does, until it is stopped, and prints the results. Returns 0 if
 * web servers answered every request; 4 if a request was not answered, none was sent, or the probe itself was too late.
 */
export async function probe(options: ProbeOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const observed = observedBy(session.cluster, options, session.language);
	const seconds = numberIn(options.for, {option: '--for', least: 0.1, most: 1e6, language: session.language});
	if (session.cluster.sandbox && !isRunningInSandbox()) {
		requireSandbox(session);
	}

	warnWhileBuilding(session);
	return runHereOrInSandbox(
		session,
		async () => {
			const url = `http://${observed.address}${observed.path}`;
			const reporter = options.json
				? probeJson(process.stdout)
				: probeText(process.stdout, {url, language: session.language, color: wantsColor(options)});
			const record = await runProbe(observed, reporter, {signal, seconds});
			return allAnswered(record) ? 0 : 4;
		},
		{signal},
	);
}

/** Runs until the signal, the time limit, or until the reader of standard output has gone. */
export async function runProbe(
	observed: Observed,
	reporter: ProbeReporter,
	{signal, seconds}: {signal: AbortSignal; seconds?: number},
): Promise<ProbeRecord> {
	const ended = new AbortController();
	process.stdout.on('error', () => {
		ended.abort();
	});
	const timer =
		seconds === undefined
			? undefined
			: setTimeout(() => {
					ended.abort();
				}, seconds * 1000);
	preferUs();
	const record = await observe(observed, reporter, AbortSignal.any([signal, ended.signal]));
	reporter.ended(record);
	clearTimeout(timer);
	return record;
}

/**
 * Raises this process's priority: the measured VMs may keep every processor busy, and a probe that waits for a
 * processor would measure its own delay.
 */
function preferUs(): void {
	try {
		setPriority(constants.priority.PRIORITY_HIGH);
	} catch {
		// Without the permission, the probe reports how late it was.
	}
}

function observedBy(cluster: Cluster, options: ProbeOptions, language: Language): Observed {
	const {keepAlive, download} = options;
	if (download !== undefined && !/^\/[!-~]*$/.test(download)) {
		throw new UserError('option-value', probeMessages.notPath(download)[language]);
	}

	const interval = numberIn(options.interval, {option: '--interval', least: 10, most: 60_000, language});
	// A held connection can survive an outage: TCP retransmits at growing intervals, at 25 s and 51 s for example.
	return {
		...probeSettings(cluster, {interval}),
		keepAlive,
		download,
		patience: cluster.acceleration === 'tcg' ? 300_000 : 30_000,
	};
}

function numberIn(
	text: string | undefined,
	{option, least, most, language}: {option: string; least: number; most: number; language: Language},
): number | undefined {
	if (text === undefined) {
		return undefined;
	}

	const value = Number(text);
	if (text.trim() === '' || !(value >= least && value <= most)) {
		throw new UserError('option-value', probeMessages.notNumber(option, text, least, most)[language]);
	}

	return value;
}
