import {randomBytes} from 'node:crypto';
import type {Command} from '../shell/command.ts';
import {collectDifference, collectFile, keptFiles, type Collector, type Difference} from './comparison.ts';
import {fileOf} from './file-input.ts';
import {scriptOf, underLock} from './script.ts';
import {LastLines} from '../text/kept.ts';
import type {Stream, Target} from './target.ts';
import type {Task} from './task.ts';
import type {TaskRequest} from './task-request.ts';

/** How one task's check ended: 0 holds, 1 does not, anything else cannot tell. `lines` say what differs. */
export interface Finding {
	readonly code: number | 'limit' | 'unreachable' | 'aborted';
	readonly lines: readonly string[];
	/** The machine does not run: looking again is of no use. */
	readonly isFinal?: boolean;
}

export interface Place {
	readonly target: Target;
	/** The lock on the machine; see `lockOf`. */
	readonly lock: string;
	/** By how much limits of time are multiplied. */
	readonly pace: number;
	readonly signal: AbortSignal;
}

/** Who is told what happens in a round trip, as it happens. Requests are counted from 0. */
export interface Listener {
	readonly onStart: (request: number, command: Command) => void;
	readonly onLine: (line: string, stream: Stream, cut?: number) => void;
	/** Every second while the machine is busy with what another command of this program began there. */
	readonly onBusy: (seconds: number, limit: number) => void;
	/** In order. With `fulfil` there are two for a task that did not hold. */
	readonly onFinding: (finding: Finding) => void;
	readonly onDifference?: (request: number, difference: Difference) => void;
	/** The content of a file that is about to be overwritten. */
	readonly onKept?: (request: number, path: string, content: Buffer) => void;
}

/** A command of an request that did not end well. */
export interface CommandFailure {
	readonly command: Command;
	/** With its last lines, or why the machine could not be reached. */
	readonly finding: Finding;
}

/** The lock of a unit of a cluster, as a path below `locksFolder` without its ending. */
export function lockOf(cluster: string, unit: string): string {
	return `${cluster}/${unit.replaceAll(':', '-')}`;
}

/** Seconds for one check, and for one command, on a machine with hardware virtualization. */
const checkLimit = 120;
const commandLimit = 300;

/** Number of a command's last output lines kept for a failure report, and of a check's for its finding; characters of either. */
const commandLines = 20;
const checkLines = 200;
const charactersKept = 2 ** 18;

/** A line of ours: a word, the number of the request, and the number of the command or file, or the exit code; of a file its size. */
const marked = /^(?:busy|free|(?:start|found) \d+ \d+|(?:applied|compare) \d+|keep \d+ \d+ \d+)$/;

/** Runs tasks' checks on a machine in one round trip, in order, up to the first that does not hold: as many findings as were tried. */
export async function runChecks(tasks: readonly Task[], place: Place): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	await roundTrip(tasks.map(task => ({task, how: 'look'})), place, {onStart() {}, onLine() {}, onBusy() {}, onFinding: finding => findings.push(finding)});
	return findings;
}

/**
 * Does requests on a machine in order, up to the first task that does not hold in the end. All in one round trip: on an
 * emulated machine each one costs a second or more. Returns the command that failed, if one did.
 */
export async function roundTrip(requests: readonly TaskRequest[], {target, lock, pace, signal}: Place, {onStart, onLine, onBusy, onFinding, onDifference, onKept}: Listener): Promise<CommandFailure | undefined> {
	// A mark that no output can hold by accident tells the commands' own lines from ours.
	const mark = randomBytes(8).toString('hex');
	// The shell reads all of a group before it runs any of it: nothing happens if this program ends while it is sending.
	const text = ['{', ...requests.map((request, index) => scriptOf(request, index, mark)), '}', ''].join('\n');
	const file = fileOf(requests);

	// Each command has its own time, and so has each look.
	const late = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const give = (seconds: number) => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			late.abort();
		}, seconds * pace * 1000);
	};

	/** The command that runs; none during a look. */
	let running: Command | undefined;
	let busy: NodeJS.Timeout | undefined;
	/** Takes the lines of a difference or a file; none otherwise. */
	let collector: Collector | undefined;
	let isBlankHeld = false;
	/** What the look has said, or the command at last. */
	let kept = new LastLines(checkLines, charactersKept);
	const tell = (line: string, stream: Stream, cut?: number) => {
		if (running) {
			kept.push(line);
		}

		onLine(line, stream, cut);
	};

	const hearMark = (word: string, [request = 0, number = 0, size = 0]: readonly number[]) => {
		isBlankHeld = false;
		clearInterval(busy);
		collector?.end();
		collector = undefined;
		if (word === 'busy') {
			// It may be at any of these tasks.
			const limit = requests.flatMap(({task}) => task.apply ?? []).reduce((sum, {limit = commandLimit}) => sum + limit, checkLimit);
			const since = performance.now();
			give(limit);
			onBusy(0, limit * pace);
			busy = setInterval(() => {
				onBusy((performance.now() - since) / 1000, limit * pace);
			}, 1000);
			return;
		}

		running = word === 'start' ? requests[request]!.task.apply![number]! : undefined;
		give(running ? running.limit ?? commandLimit : checkLimit);
		const {lines} = kept;
		kept = new LastLines(running ? commandLines : checkLines, charactersKept);
		if (word === 'compare') {
			collector = collectDifference(difference => onDifference?.(request, difference));
		} else if (word === 'keep') {
			collector = collectFile(size, content => onKept?.(request, keptFiles(requests[request]!)[number]!, content));
		} else if (running) {
			onStart(request, running);
		} else if (word === 'found') {
			onFinding({code: number, lines});
		}
	};

	const isOurs = (line: string) => {
		const [word, request = '0', part = '0'] = line.split(' ');
		const given = requests[Number(request)];
		return marked.test(line) && given !== undefined && (word !== 'start' || Number(part) < (given.task.apply?.length ?? 0)) && (word !== 'keep' || Number(part) < keptFiles(given).length);
	};

	const hear = (line: string, stream: Stream, cut?: number) => {
		if (stream === 'stdout' && line.startsWith(`${mark} `) && isOurs(line.slice(mark.length + 1))) {
			const [word = '', ...numbers] = line.slice(mark.length + 1).split(' ');
			hearMark(word, numbers.map(Number));
		} else if (collector) {
			collector.push(line);
		} else if (!running && stream === 'stdout') {
			if (line.trim() !== '') {
				kept.push(line);
			}
		} else if (line === '' && stream === 'stdout') {
			// An empty line before a mark is ours.
			isBlankHeld = true;
		} else {
			if (isBlankHeld) {
				tell('', 'stdout');
				isBlankHeld = false;
			}

			tell(line, stream, cut);
		}
	};

	give(checkLimit);
	const exit = await target.exec(underLock(lock, mark, file === undefined ? undefined : text), {
		signal: AbortSignal.any([signal, late.signal]), onLine: hear, ...(file === undefined ? {input: text} : {file}),
	});
	clearTimeout(timer);
	clearInterval(busy);
	collector?.end();
	const code = exit.code === 'aborted' && !signal.aborted ? 'limit' : exit.code;
	if (code === 0) {
		return undefined;
	}

	const finding: Finding = exit.code === 'unreachable' ? {code: exit.code, lines: [exit.reason], ...(exit.isFinal && {isFinal: true})} : {code, lines: kept.lines};
	if (running) {
		return {command: running, finding};
	}

	onFinding(finding);
	return undefined;
}
