import {randomBytes} from 'node:crypto';
import {render, sh, type Command} from './command.ts';
import type {Stream, Target} from './target.ts';
import type {Task} from './task.ts';

/** How one task's check ended: 0 holds, 1 does not, anything else cannot tell. `lines` say what differs. */
export interface Finding {
	readonly code: number | 'limit' | 'unreachable' | 'aborted';
	readonly lines: readonly string[];
}

export interface Place {
	readonly target: Target;
	/** Name of the lock on the machine. */
	readonly lock: string;
	/** By how much limits of time are multiplied. */
	readonly pace: number;
	readonly signal: AbortSignal;
}

/** What is done before the look, and who is told of it. */
export interface Application {
	readonly commands: readonly Command[];
	readonly onStart: (command: Command) => void;
	readonly onLine: (line: string, stream: Stream) => void;
}

export interface Look {
	/** The command that did not end well, and how it ended; nothing was looked at then. */
	readonly failed?: {readonly command: Command; readonly code: Finding['code']; readonly reason?: string};
	readonly findings: readonly Finding[];
}

/** Seconds for one round of checks, and for one command, on a machine with hardware virtualization. */
const checksLimit = 120;
const commandLimit = 300;

/**
 * Runs tasks' checks on a machine in one round trip, in order, up to the first that does not hold.
 * The findings are as many as were tried.
 */
export async function runChecks(tasks: readonly Task[], place: Place): Promise<readonly Finding[]> {
	const {findings} = await applyAndCheck(tasks, place);
	return findings;
}

/** The same after a task's commands, in the same round trip: on an emulated machine each one costs a second or more. */
export async function applyAndCheck(tasks: readonly Task[], {target, lock, pace, signal}: Place, {commands, onStart, onLine}: Application = nothing): Promise<Look> {
	// A mark that no output can hold by accident tells the commands' own lines from ours.
	const mark = randomBytes(8).toString('hex');
	const input = commands.find(({input}) => input !== undefined)?.input;
	if (commands.filter(command => command.input !== undefined).length > 1 || tasks.some(({check}) => check.input !== undefined)) {
		throw new TypeError('Of a task\'s commands one can read standard input, and no check can');
	}

	const applying = commands.map((command, index) => sh`
		echo ${mark} start ${index}
		(
		${command}
		) ${command.input === undefined ? sh`< /dev/null` : sh``} || exit
		echo`);
	const checking = tasks.map(({check}) => sh`
		(
		${check}
		) < /dev/null 2>&1; code=$?; echo; echo ${mark} $code; [ $code = 0 ] || exit 0`);
	const text = [...applying, sh`echo ${mark} applied`, ...checking].map(command => render(command, 'execute')).join('\n');

	// Each command has its own time, and so has the look.
	const late = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const give = (seconds: number) => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			late.abort();
		}, seconds * pace * 1000);
	};

	let current = commands[0];
	let isApplied = false;
	let isBlankHeld = false;
	const findings: Finding[] = [];
	let lines: string[] = [];
	const hear = (line: string, stream: Stream) => {
		if (stream === 'stdout' && line.startsWith(`${mark} `)) {
			isBlankHeld = false;
			const [word = '', index] = line.slice(mark.length + 1).split(' ');
			if (word === 'start') {
				current = commands[Number(index)]!;
				give(current.limit ?? commandLimit);
				onStart(current);
			} else if (word === 'applied') {
				isApplied = true;
				give(checksLimit);
			} else {
				findings.push({code: Number(word), lines});
				lines = [];
			}
		} else if (isApplied && stream === 'stdout') {
			lines.push(...line.trim() === '' ? [] : [line]);
		} else if (line === '' && stream === 'stdout') {
			// An empty line before a mark is ours.
			isBlankHeld = true;
		} else {
			if (isBlankHeld) {
				onLine('', 'stdout');
				isBlankHeld = false;
			}

			onLine(line, stream);
		}
	};

	give(current ? current.limit ?? commandLimit : checksLimit);
	const exit = await target.exec(underLock(lock, text), {signal: AbortSignal.any([signal, late.signal]), input, onLine: hear});
	clearTimeout(timer);
	const code = exit.code === 'aborted' && !signal.aborted ? 'limit' : exit.code;
	const reason = exit.code === 'unreachable' ? exit.reason : undefined;
	if (!isApplied && current) {
		return {failed: {command: current, code, reason}, findings};
	}

	return {findings: code === 0 ? findings : [...findings, {code, lines: reason === undefined ? lines : [reason]}]};
}

const nothing: Application = {commands: [], onStart() {}, onLine() {}};

/**
 * The text under an exclusive lock on its machine. The lock is held by `flock` itself and not handed on (`-o`), so that
 * it lasts as long as the command, also when the program that started it was killed, and no longer: a daemon that the
 * command starts does not keep it.
 */
function underLock(lock: string, text: string): string {
	return render(sh`[ -d /run/cluster-wizard ] || mkdir -p -m 0700 /run/cluster-wizard; exec flock -o ${`/run/cluster-wizard/${lock}.lock`} sh -c ${text}`, 'execute');
}
