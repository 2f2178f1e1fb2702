import {setTimeout as delay} from 'node:timers/promises';
import type {Cluster} from '../cluster/cluster.ts';
import {Interrupted} from '../engine/failure.ts';
import type {PlacedContext} from '../engine/run-placed.ts';
import type {Text} from '../languages/text.ts';
import {verifyMessages} from './verify-messages.ts';
import {isLost} from './client-impact.ts';
import type {RunningProbe} from './probe-process.ts';

/** Context of a wait for clients: the drill, its probe, and the receiver of events. */
export interface ClientsContext extends Pick<PlacedContext, 'emit' | 'language' | 'signal'> {
	readonly drill: string;
	readonly probe: RunningProbe;
	readonly cluster: Cluster;
}

interface Wait {
	readonly what: Text;
	/** Timeout in seconds with hardware virtualization; multiplied by `cluster.timeoutScale`. */
	readonly within: number;
	/** Status of the wait after a timeout. */
	readonly otherwise: 'failed' | 'skipped';
}

/** Number of good answers in a row after which clients count as served. */
const served = 8;

/** Timeout of `waitForService` (as in `Wait.within`), and milliseconds between two polls of the probe. */
const servedWithin = 60;
const look = 100;

/**
 * Timeout of `waitForConnections` (as in `Wait.within`), which runs before each phase. A connection that survived the previous
 * phase resumes at the next TCP retransmission, which can take as long again as the outage; a lost one is reopened.
 */
const heldWithin = 6;

/** Seconds after which a wait is reported, and between two reports. */
const toldAfter = 1;

/** Waits until the last `count` requests, all sent after `from`, are answered. False on timeout. Throws `Interrupted`. */
export async function waitForService(
	context: ClientsContext,
	{from, count = served}: {from: number; count?: number},
): Promise<boolean> {
	return until(context, {what: verifyMessages.untilServed, within: servedWithin, otherwise: 'failed'}, () =>
		isServed(context.probe, {from, count}),
	);
}

/** Waits until `count` connections are held; does not wait while clients are not served. Throws `Interrupted`. */
export async function waitForConnections(context: ClientsContext, count: number): Promise<void> {
	const {probe} = context;
	await until(
		context,
		{what: verifyMessages.untilHeld, within: heldWithin, otherwise: 'skipped'},
		() => !isServed(probe, {from: 0, count: served}) || probe.held({from: probe.now()}).length >= count,
	);
}

function isServed({requests}: RunningProbe, {from, count}: {from: number; count: number}): boolean {
	const last = requests.slice(-count);
	return last.length === count && last.every(request => request.at >= from && !isLost(request));
}

/** Polls the probe until `holds` is true or the wait times out. Reports a wait longer than `toldAfter`. */
async function until(
	{drill, probe, cluster, emit, language, signal}: ClientsContext,
	{what, within, otherwise}: Wait,
	holds: () => boolean,
): Promise<boolean> {
	const label = {unit: `${drill}:clients`, step: `${drill}:clients`, host: 'host'};
	const began = probe.now();
	const limit = within * cluster.timeoutScale;
	let told = 0;
	const end = (status: 'ok' | 'interrupted' | Wait['otherwise']) => {
		if (told > 0) {
			emit({type: 'step-finished', ...label, status, duration: (probe.now() - began) / 1000});
		}
	};

	for (;;) {
		const seconds = (probe.now() - began) / 1000;
		if (holds()) {
			end('ok');
			return true;
		}

		if (seconds >= limit) {
			end(otherwise);
			return false;
		}

		if (seconds >= toldAfter * (told + 1)) {
			if (told === 0) {
				emit({type: 'step-started', ...label, title: verifyMessages.clients[language]});
			}

			emit({type: 'waiting', ...label, task: verifyMessages.clients[language], reason: what[language], seconds, limit});
			told++;
		}

		await delay(look, undefined, {signal}).catch(() => {
			end('interrupted');
			throw new Interrupted();
		});
	}
}
