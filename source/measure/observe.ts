import {monotonic} from './clock.ts';
import type {HeldEvent} from './held.ts';
import {holdKeepAlive} from './keep-alive.ts';
import {probe, type ProbeSettings} from './probe.ts';
import type {ProbeRecord, ProbeRequest} from './result.ts';
import {holdDownload} from './slow-download.ts';

export interface Observed extends ProbeSettings {
	/** Holds one connection on which a page is asked for every second. */
	readonly keepAlive?: boolean;
	/** Holds one slow download of this path. */
	readonly download?: string;
	/** Milliseconds after which a held connection that is silent is given up. */
	readonly patience: number;
}

/** When and how an observation began. `origin` is its time 0 on the clock that all processes share. */
export interface Beginning extends Pick<ProbeRecord, 'began' | 'interval' | 'limit'> {
	readonly origin: number;
}

/** Is told what is seen, when it is seen. */
export interface Observer {
	began(beginning: Beginning): void;
	request(request: ProbeRequest): void;
	held(event: HeldEvent): void;
}

/** The probe, and the connections that are held beside it, on one clock, until the signal. */
export async function observe(observed: Observed, observer: Observer, signal: AbortSignal): Promise<ProbeRecord> {
	const {keepAlive, download, interval, limit} = observed;
	const options = {...observed, origin: monotonic(), signal};
	const onHeld = (event: HeldEvent) => {
		observer.held(event);
	};

	observer.began({began: new Date().toISOString(), origin: options.origin, interval, limit});
	const [record] = await Promise.all([
		probe({...options, onRequest(request) {
			observer.request(request);
		}}),
		keepAlive && holdKeepAlive(options, onHeld),
		download !== undefined && holdDownload({...options, path: download}, onHeld),
	]);
	return record;
}
