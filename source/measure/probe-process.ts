import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {Cluster} from '../cluster/cluster.ts';
import {UserError} from '../user-error.ts';
import {programCommand} from '../executable.ts';
import {messageOf} from '../text/clean.ts';
import {jsonIn} from '../text/json.ts';
import {LastLines} from '../text/bounded-lines.ts';
import {lineSplitter} from '../text/lines.ts';
import {monotonic} from './clock.ts';
import type {OutageSpan} from './client-impact.ts';
import {heldConnectionsIn, type HeldEvent} from './long-connections.ts';
import type {Beginning} from './observe.ts';
import {sendDelay} from './probe.ts';
import type {HeldConnection, ProbeRecord, ProbeRequest} from './result.ts';

export interface StartOptions {
	/** Milliseconds between two requests; default as in `probeSettings`. */
	readonly interval?: number;
	/** Whether to hold a connection and request a page on it every second. */
	readonly keepAlive?: boolean;
	/** Path of a file to download slowly and repeatedly; absent for no download. */
	readonly download?: string;
	/** Called with each completed request. */
	readonly onRequest?: (request: ProbeRequest) => void;
	/** Command line of the program that provides `probe`; this program by default. */
	readonly program?: readonly string[];
}

/** A probe in a process of its own, which this process cannot delay. It ends when this process ends or is killed. */
export interface RunningProbe {
	/** Requests completed so far, in the order of completion; grows. */
	readonly requests: readonly ProbeRequest[];
	/** Milliseconds since the probe began, as in its record. */
	now(): number;
	/** How the held connections fared in a span. */
	held(span: OutageSpan): HeldConnection[];
	/** Stops the probe after its pending requests. The record is void if it ended early or was killed. Callable repeatedly. */
	stop(): Promise<ProbeRecord>;
}

type Line =
	({type: 'began'} & Beginning) | ({type: 'request'} & ProbeRequest) | ({type: 'held'} & HeldEvent) | {type: 'summary'};

/** Milliseconds that the process has to end after the timeout of its last request. */
const grace = 10_000;

/**
 * Starts the probe and returns when it has begun.
 * @throws UserError with the process's error output if the probe cannot begin
 */
export async function startProbe({paths}: Cluster, options: StartOptions = {}): Promise<RunningProbe> {
	const {interval, keepAlive, download, onRequest, program = programCommand([])} = options;
	const words = [
		...program,
		'probe',
		'--json',
		'--state-dir',
		paths.state,
		...(interval === undefined ? [] : ['--interval', String(interval)]),
		...(keepAlive ? ['--keep-alive'] : []),
		...(download === undefined ? [] : ['--download', download]),
	];
	// The IPC channel carries the stop request and closes with this process. `detached` keeps the terminal's Ctrl-C away.
	const child = spawn(words[0]!, words.slice(1), {stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true});
	const requests: ProbeRequest[] = [];
	const held: HeldEvent[] = [];
	let isComplete = false;
	let until: number | undefined;
	const ended = endOf(child);
	const beginning = await new Promise<Beginning>((resolve, reject) => {
		const {push} = lineSplitter(text => {
			const line = jsonIn(text) as Line | undefined;
			switch (line?.type) {
				case 'began': {
					resolve(line);
					break;
				}

				case 'request': {
					const {type, ...request} = line;
					requests.push(request);
					onRequest?.(request);
					break;
				}

				case 'held': {
					const {type, ...event} = line;
					held.push(event);
					break;
				}

				case 'summary': {
					isComplete = true;
					break;
				}

				default:
			}
		});
		child.stdout!.on('data', push);
		void ended.then(said => {
			reject(new UserError('probe-ended', said || 'probe'));
		});
	});
	const now = () => monotonic() - beginning.origin;
	void ended.then(() => {
		until ??= now();
	});
	return {
		requests,
		now,
		held: span => heldConnectionsIn(held, span, until ?? now()),
		async stop() {
			until ??= now();
			if (child.connected) {
				child.send('stop', () => {});
			}

			const timer = setTimeout(() => child.kill('SIGKILL'), beginning.limit + grace);
			await ended;
			clearTimeout(timer);
			const {began, interval, limit} = beginning;
			const late = sendDelay(requests, interval);
			return {
				began,
				interval,
				limit,
				requests: requests.toSorted((one, other) => one.at - other.at),
				...late,
				isVoid: late.isVoid || !isComplete,
			};
		},
	};
}

/** Resolves with the last lines of standard error when the process has ended and all its output is read. */
async function endOf(child: ChildProcess): Promise<string> {
	const said = new LastLines(20, 2000);
	const {push, end} = lineSplitter(line => {
		said.push(line);
	});
	child.stderr!.on('data', push);
	try {
		await once(child, 'close');
	} catch (error) {
		return messageOf(error);
	}

	end();
	return said.lines.join('\n').trim();
}
