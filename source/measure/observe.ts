import {monotonic} from './clock.ts';
import type {HeldEvent} from './long-connections.ts';
import {holdKeepAlive} from './keep-alive.ts';
import {probe, type ProbeSettings} from './probe.ts';
import type {ProbeRecord, ProbeRequest} from './result.ts';
import {holdDownload} from './slow-download.ts';

export interface Observed extends ProbeSettings {
	/** Whether to hold one connection and request a page on it every second. */
	readonly keepAlive?: boolean;
	/** Path of a file to download slowly and repeatedly; absent for no download. */
	readonly download?: string;
	/** Milliseconds of silence after which a held connection is given up. */
	readonly patience: number;
}

/** Start and settings of an observation. `origin`: its time 0 on the clock that all processes share (`monotonic()`). */
export interface Beginning extends Pick<ProbeRecord, 'began' | 'interval' | 'limit'> {
	readonly origin: number;
}

/** Receives each event as it happens. */
export interface Observer {
	began(beginning: Beginning): void;
	request(request: ProbeRequest): void;
	held(event: HeldEvent): void;
}

/** Runs the probe and the held connections on one clock until the signal aborts. */
export async function observe(observed: Observed, observer: Observer, signal: AbortSignal): Promise<ProbeRecord> {
	const {keepAlive, download, interval, limit} = observed;
	const options = {...observed, origin: monotonic(), signal};
	const onHeld = (event: HeldEvent) => {
		observer.held(event);
	};

	observer.began({began: new Date().toISOString(), origin: options.origin, interval, limit});
	const [record] = await Promise.all([
		probe({
			...options,
			onRequest(request) {
				observer.request(request);
			},
		}),
		keepAlive && holdKeepAlive(options, onHeld),
		download !== undefined && holdDownload({...options, path: download}, onHeld),
	]);
	return record;
}
