import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {UserError} from '../user-error.ts';
import {cleanText} from '../text/clean.ts';
import {runProgram} from '../text/run-program.ts';

/** Process 1 of a running sandbox, as seen from outside. */
export interface Sandbox {
	readonly pid: number;
	/** Start time in clock ticks after boot (proc(5), field 22); tells the process from a later one with the same PID. */
	readonly startTime: string;
}

/**
 * Starts the sandbox that the step `sandbox` has set up in this state directory, with its network and its autostart VMs.
 * Does nothing if the sandbox runs. Needs root; takes about half a second.
 * @throws UserError with the last lines of the sandbox's log
 */
export async function startSandbox(stateDirectory: string): Promise<void> {
	await control(stateDirectory, 'start');
}

/** Stops the sandbox like a power cut: kills all its processes, keeps its files. Needs root. */
export async function stopSandbox(stateDirectory: string): Promise<void> {
	await control(stateDirectory, 'stop');
}

/** Finds the sandbox of this state directory; undefined unless it runs and is ready. */
export function findSandbox(stateDirectory: string): Sandbox | undefined {
	const {status, stdout} = spawnSync(controlOf(stateDirectory), ['find']);
	const [pid, startTime] = status === 0 ? cleanText(stdout).trim().split(' ') : [];
	return pid && startTime ? {pid: Number(pid), startTime} : undefined;
}

/** Lists the sandbox's processes as `PID command`; empty if the sandbox is stopped. Needs root. */
export async function listLeftovers(stateDirectory: string): Promise<string[]> {
	return (await control(stateDirectory, 'leftovers')).split('\n').filter(line => line !== '');
}

/**
 * Returns the arguments that run a command inside the sandbox, with the same working directory, open files and environment.
 * The command ends with its caller, even if the caller is killed. It gets the terminal's signals, but no signals that are
 * sent to the process that enters the sandbox. The exit code is the command's, or 1 if no sandbox runs.
 */
export function enterArguments(stateDirectory: string, words: readonly string[]): string[] {
	return [controlOf(stateDirectory), 'enter', ...words];
}

function controlOf(stateDirectory: string): string {
	return join(stateDirectory, 'sandbox', 'control');
}

async function control(stateDirectory: string, verb: string): Promise<string> {
	try {
		return await runProgram(controlOf(stateDirectory), [verb]);
	} catch (error) {
		throw new UserError('sandbox-control', cleanText((error as Error).message));
	}
}
