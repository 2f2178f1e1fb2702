import {randomBytes} from 'node:crypto';
import {render, sh} from './command.ts';
import type {Target} from './target.ts';
import type {Task} from './task.ts';

/** How one task's check ended: 0 holds, 1 does not, anything else cannot tell. `lines` say what differs. */
export interface Finding {
	readonly code: number | 'limit' | 'unreachable' | 'aborted';
	readonly lines: readonly string[];
}

/** Seconds for one round of checks on a machine with hardware virtualization. */
const checksLimit = 120;

/**
 * Runs tasks' checks on a machine in one round trip, in order, up to the first that does not hold.
 * The findings are as many as were tried.
 */
export async function runChecks(tasks: readonly Task[], {target, lock, pace, signal}: {target: Target; lock: string; pace: number; signal: AbortSignal}): Promise<Finding[]> {
	// A mark that no output can hold by accident tells the checks' own lines from ours.
	const mark = randomBytes(8).toString('hex');
	const findings: Finding[] = [];
	let lines: string[] = [];
	const body = tasks.map(({check}) => {
		if (check.input !== undefined) {
			throw new TypeError('A check cannot read standard input');
		}

		return sh`(
${check}
) </dev/null; code=$?; echo; echo ${mark} $code; [ $code = 0 ] || exit 0`;
	});
	const text = body.map(command => render(command, 'execute')).join('\n');
	const exit = await target.exec(underLock(lock, text), {
		signal,
		limit: checksLimit * pace,
		onLine(line) {
			if (line.startsWith(`${mark} `)) {
				findings.push({code: Number(line.slice(mark.length + 1)), lines});
				lines = [];
			} else if (line.trim() !== '') {
				lines.push(line);
			}
		},
	});
	if (exit.code !== 0) {
		findings.push({code: exit.code, lines: exit.code === 'unreachable' ? [exit.reason] : lines});
	}

	return findings;
}

/**
 * The text under an exclusive lock on its machine. The lock is held by `flock` itself and not handed on (`-o`), so that
 * it lasts as long as the command, also when the program that started it was killed, and no longer: a daemon that the
 * command starts does not keep it.
 */
export function underLock(lock: string, text: string): string {
	return render(sh`[ -d /run/cluster-wizard ] || mkdir -p -m 0700 /run/cluster-wizard; exec flock -o ${`/run/cluster-wizard/${lock}.lock`} sh -c ${text}`, 'execute');
}
