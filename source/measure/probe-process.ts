import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {Cluster} from '../cluster/cluster.ts';
import {UserError} from '../user-error.ts';
import {programWords} from '../executable.ts';
import {messageOf} from '../text/clean.ts';
import {jsonIn} from '../text/json.ts';
import {LastLines} from '../text/kept.ts';
import {lineSplitter} from '../text/lines.ts';
import {monotonic} from './clock.ts';
import type {Span} from './outage.ts';
import {heldIn, type HeldEvent} from './held.ts';
import type {Beginning} from './observe.ts';
import {lateness} from './probe.ts';
import type {HeldConnection, ProbeRecord, ProbeRequest} from './result.ts';

export interface StartOptions {
	/** Milliseconds between two requests; by the cluster if not given. */
	readonly interval?: number;
	/** Holds a connection on which a page is asked for every second. */
	readonly keepAlive?: boolean;
	/** Holds a slow download of this path. */
	readonly download?: string;
	/** Is told each request when it has ended. */
	readonly onRequest?: (request: ProbeRequest) => void;
	/** The program that knows the command `probe`; this one if not given. */
	readonly program?: readonly string[];
}

/** A probe in a process of its own, which nothing that this one does makes late. It ends with this process, however that ends. */
export interface RunningProbe {
	/** Those that have ended so far, in that order; grows. */
	readonly requests: readonly ProbeRequest[];
	/** Milliseconds since it began: the time in its record. */
	now(): number;
	/** What the connections held beside it did in a part of its time. */
	held(span: Span): HeldConnection[];
	/** Ends it, and waits for what is under way. A probe that ended by itself, or does not end, gives a void record. May be called again. */
	stop(): Promise<ProbeRecord>;
}

type Line = ({type: 'began'} & Beginning) | ({type: 'request'} & ProbeRequest) | ({type: 'held'} & HeldEvent) | {type: 'summary'};

/** Milliseconds beyond a request's limit that the process may take to end. */
const grace = 10_000;

/**
 * Starts it, and returns when it has begun.
 * @throws UserError with what it said, when it cannot begin
 */
export async function startProbe({paths}: Cluster, options: StartOptions = {}): Promise<RunningProbe> {
	const {interval, keepAlive, download, onRequest, program = programWords([])} = options;
	const words = [
		...program, 'probe', '--json', '--state-dir', paths.state,
		...(interval === undefined ? [] : ['--interval', String(interval)]), ...(keepAlive ? ['--keep-alive'] : []), ...(download === undefined ? [] : ['--download', download]),
	];
	// The channel tells it to stop, and is gone when we are. Apart from the terminal, whose Ctrl-C is for us to decide upon.
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
			reject(new UserError(said || 'probe', 1));
		});
	});
	const now = () => monotonic() - beginning.origin;
	void ended.then(() => {
		until ??= now();
	});
	return {
		requests,
		now,
		held: span => heldIn(held, span, until ?? now()),
		async stop() {
			until ??= now();
			if (child.connected) {
				child.send('stop', () => {});
			}

			const timer = setTimeout(() => child.kill('SIGKILL'), beginning.limit + grace);
			await ended;
			clearTimeout(timer);
			const {began, interval, limit} = beginning;
			const late = lateness(requests, interval);
			return {began, interval, limit, requests: requests.toSorted((one, other) => one.at - other.at), ...late, isVoid: late.isVoid || !isComplete};
		},
	};
}

/** When it has ended and everything that it said was read: the last of what it said on standard error. */
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
