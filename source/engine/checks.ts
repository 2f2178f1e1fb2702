import {randomBytes} from 'node:crypto';
import {dirname} from 'node:path';
import {render, sh, type Command} from './command.ts';
import {fileOf} from './file-input.ts';
import {LastLines} from '../text/kept.ts';
import type {Stream, Target} from './target.ts';
import type {Task} from './task.ts';

/** How one task's check ended: 0 holds, 1 does not, anything else cannot tell. `lines` say what differs. */
export interface Finding {
	readonly code: number | 'limit' | 'unreachable' | 'aborted';
	readonly lines: readonly string[];
}

export interface Place {
	readonly target: Target;
	/** The lock on the machine; see `lockOf`. */
	readonly lock: string;
	/** By how much limits of time are multiplied. */
	readonly pace: number;
	readonly signal: AbortSignal;
}

/** What is to be done about a task: only look, or make it hold without looking, or make it hold if it does not. */
export interface Errand {
	readonly task: Task;
	readonly how: 'look' | 'apply' | 'fulfil';
}

/** Who is told what happens in a round trip, as it happens. Errands are counted from 0. */
export interface Listener {
	readonly onStart: (errand: number, command: Command) => void;
	readonly onLine: (line: string, stream: Stream, cut?: number) => void;
	/** Every second while the machine is busy with what another command of this program began there. */
	readonly onBusy: (seconds: number, limit: number) => void;
	/** In order. With `fulfil` there are two for a task that did not hold. */
	readonly onFinding: (finding: Finding) => void;
}

/** A command of an errand that did not end well. */
export interface CommandFailure {
	readonly command: Command;
	/** With its last lines, or why the machine could not be reached. */
	readonly finding: Finding;
}

/** Below it lies a folder for each cluster, on the host as on the nodes. */
export const locksFolder = '/run/cluster-wizard';

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

/** A line of ours: a word, the number of the errand, and the number of the command or the exit code. */
const marked = /^(?:busy|free|(?:start|found) \d+ \d+|applied \d+)$/;

/** Runs tasks' checks on a machine in one round trip, in order, up to the first that does not hold: as many findings as were tried. */
export async function runChecks(tasks: readonly Task[], place: Place): Promise<readonly Finding[]> {
	const findings: Finding[] = [];
	await roundTrip(tasks.map(task => ({task, how: 'look'})), place, {onStart() {}, onLine() {}, onBusy() {}, onFinding: finding => findings.push(finding)});
	return findings;
}

/**
 * Does errands on a machine in order, up to the first task that does not hold in the end. All in one round trip: on an
 * emulated machine each one costs a second or more. Returns the command that failed, if one did.
 */
export async function roundTrip(errands: readonly Errand[], {target, lock, pace, signal}: Place, {onStart, onLine, onBusy, onFinding}: Listener): Promise<CommandFailure | undefined> {
	// A mark that no output can hold by accident tells the commands' own lines from ours.
	const mark = randomBytes(8).toString('hex');
	// The shell reads all of a group before it runs any of it: nothing happens if this program ends while it is sending.
	const text = ['{', ...errands.map((errand, index) => scriptOf(errand, index, mark)), '}', ''].join('\n');
	const file = fileOf(errands);

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
	let isBlankHeld = false;
	/** What the look has said, or the command at last. */
	let kept = new LastLines(checkLines, charactersKept);
	const tell = (line: string, stream: Stream, cut?: number) => {
		if (running) {
			kept.push(line);
		}

		onLine(line, stream, cut);
	};

	const hearMark = (word: string, [errand = 0, number = 0]: readonly number[]) => {
		isBlankHeld = false;
		clearInterval(busy);
		if (word === 'busy') {
			// It may be at any of these tasks.
			const limit = errands.flatMap(({task}) => task.apply ?? []).reduce((sum, {limit = commandLimit}) => sum + limit, checkLimit);
			const since = performance.now();
			give(limit);
			onBusy(0, limit * pace);
			busy = setInterval(() => {
				onBusy((performance.now() - since) / 1000, limit * pace);
			}, 1000);
			return;
		}

		running = word === 'start' ? errands[errand]!.task.apply![number]! : undefined;
		give(running ? running.limit ?? commandLimit : checkLimit);
		const {lines} = kept;
		kept = new LastLines(running ? commandLines : checkLines, charactersKept);
		if (running) {
			onStart(errand, running);
		} else if (word === 'found') {
			onFinding({code: number, lines});
		}
	};

	const isOurs = (line: string) => {
		const [word, errand = '0', part = '0'] = line.split(' ');
		return marked.test(line) && Number(errand) < errands.length && (word !== 'start' || Number(part) < (errands[Number(errand)]!.task.apply?.length ?? 0));
	};

	const hear = (line: string, stream: Stream, cut?: number) => {
		if (stream === 'stdout' && line.startsWith(`${mark} `) && isOurs(line.slice(mark.length + 1))) {
			const [word = '', ...numbers] = line.slice(mark.length + 1).split(' ');
			hearMark(word, numbers.map(Number));
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
	const code = exit.code === 'aborted' && !signal.aborted ? 'limit' : exit.code;
	if (code === 0) {
		return undefined;
	}

	const finding = {code, lines: exit.code === 'unreachable' ? [exit.reason] : kept.lines};
	if (running) {
		return {command: running, finding};
	}

	onFinding(finding);
	return undefined;
}

/** An errand as shell text that tells with marks what it is about to do and what it found. It ends the shell where the task does not hold. */
function scriptOf({task: {check, apply = []}, how}: Errand, index: number, mark: string): string {
	if (check.input !== undefined || check.file !== undefined) {
		throw new TypeError('No check can read standard input');
	}

	const applying = apply.map((command, part) => {
		const source = command.input === undefined ? sh`` : sh`printf %s ${command.input} |`;
		const empty = command.input === undefined && command.file === undefined ? sh`< /dev/null` : sh``;
		return sh`
			echo ${mark} start ${index} ${part}
			${source} (
			${command}
			) ${empty} || exit
			echo`;
	});
	const steps = {
		look: ['look_'],
		apply: [...applying, sh`echo ${mark} applied ${index}`, 'look_'],
		fulfil: ['look_', 'if [ $code_ = 1 ]; then', ...applying, sh`echo ${mark} applied ${index}`, 'look_', 'fi'],
	}[apply.length === 0 ? 'look' : how];
	const looking = sh`
		check_() (
		${check}
		) < /dev/null 2>&1
		look_() { check_; code_=$?; echo; echo ${mark} found ${index} $code_; }`;
	return [looking, ...steps, '[ $code_ = 0 ] || exit 0'].map(part => typeof part === 'string' ? part : render(part, 'execute')).join('\n');
}

/**
 * A shell that reads its text from standard input, under an exclusive lock on its machine. The lock is held by the shell
 * around it and not handed on, so that it lasts as long as the text runs, also when the program that sent it was killed,
 * and no longer: a daemon that the text starts does not keep it.
 * @param text given as an argument instead, where a file takes the standard input
 */
function underLock(lock: string, mark: string, text?: string): string {
	const path = `${locksFolder}/${lock}.lock`;
	// `exit` keeps the outer shell alive: if the inner shell came last, the outer would exec it and drop the lock.
	return render(sh`
		[ -d ${dirname(path)} ] || (umask 077 && mkdir -p ${dirname(path)})
		exec 9> ${path}
		flock -n 9 || { echo ${mark} busy; flock 9; echo ${mark} free; }
		sh ${text === undefined ? sh`` : sh`-c ${text}`} 9>&-
		exit $?
	`, 'execute');
}
