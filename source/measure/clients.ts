import {setTimeout as delay} from 'node:timers/promises';
import type {Cluster} from '../cluster/cluster.ts';
import {Interrupted} from '../engine/failure.ts';
import type {PlacedContext} from '../engine/placed.ts';
import type {Text} from '../languages/text.ts';
import {verifyMessages} from './verify-messages.ts';
import {isLost} from './outage.ts';
import type {RunningProbe} from './probe-process.ts';

/** Where clients are waited for: the drill whose clients they are, and who is told. */
export interface ClientsContext extends Pick<PlacedContext, 'emit' | 'language' | 'signal'> {
	readonly drill: string;
	readonly probe: RunningProbe;
	readonly cluster: Cluster;
}

interface Wait {
	readonly what: Text;
	/** Seconds, on a machine with hardware virtualization. */
	readonly within: number;
	/** What it is when that time is over. */
	readonly otherwise: 'failed' | 'skipped';
}

/** Good answers in a row after which clients count as served. */
const served = 8;

/** Seconds to wait for that on a machine with hardware virtualization, and milliseconds between two looks at the probe. */
const servedWithin = 60;
const look = 100;

/**
 * Seconds, as above, that a phase waits for both connections to be held before it begins. What went through the phase
 * before goes on when TCP sends again, which takes as long again as it was silent; one that is lost is opened anew.
 */
const heldWithin = 6;

/** Seconds after which a wait is told, and again each time. */
const toldAfter = 1;

/** Waits until so many requests sent after an instant are answered one after the other. Whether they came to be. Throws `Interrupted`. */
export async function untilServed(context: ClientsContext, {from, count = served}: {from: number; count?: number}): Promise<boolean> {
	return until(context, {what: verifyMessages.untilServed, within: servedWithin, otherwise: 'failed'}, () => isServed(context.probe, {from, count}));
}

/** Waits until so many connections are held, where clients are served at all. Throws `Interrupted`. */
export async function untilHeld(context: ClientsContext, count: number): Promise<void> {
	const {probe} = context;
	await until(context, {what: verifyMessages.untilHeld, within: heldWithin, otherwise: 'skipped'}, () => !isServed(probe, {from: 0, count: served}) || probe.held({from: probe.now()}).length >= count);
}

function isServed({requests}: RunningProbe, {from, count}: {from: number; count: number}): boolean {
	const last = requests.slice(-count);
	return last.length === count && last.every(request => request.at >= from && !isLost(request));
}

/** Looks at the probe until a condition holds, at most so many seconds, and tells what is waited for once that takes long. */
async function until({drill, probe, cluster, emit, language, signal}: ClientsContext, {what, within, otherwise}: Wait, holds: () => boolean): Promise<boolean> {
	const label = {unit: `${drill}:clients`, step: `${drill}:clients`, host: 'host'};
	const began = probe.now();
	const limit = within * cluster.pace;
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
