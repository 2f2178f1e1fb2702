import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {UserError} from '../user-error.ts';
import {cleanText} from '../text/clean.ts';
import {outputOf} from '../text/program.ts';

/** Process 1 of a running sandbox, as the machine sees it. */
export interface Sandbox {
	readonly pid: number;
	/** Clock ticks since the machine started (proc(5), field 22): with it the number cannot be another process's. */
	readonly startTime: string;
}

/**
 * Starts the sandbox that the step `sandbox` has set up in this state directory, as a host that is switched on:
 * its network and its machines with autostart come back. Nothing happens if it runs. Needs root; about half a second.
 * @throws UserError with the last lines of its log
 */
export async function startSandbox(stateDirectory: string): Promise<void> {
	await control(stateDirectory, 'start');
}

/** Ends everything inside, as a power cut would; what is on the disk stays. Needs root. */
export async function stopSandbox(stateDirectory: string): Promise<void> {
	await control(stateDirectory, 'stop');
}

/** The sandbox of this state directory, if it runs and is ready. */
export function findSandbox(stateDirectory: string): Sandbox | undefined {
	const {status, stdout} = spawnSync(controlOf(stateDirectory), ['find']);
	const [pid, startTime] = status === 0 ? cleanText(stdout).trim().split(' ') : [];
	return pid && startTime ? {pid: Number(pid), startTime} : undefined;
}

/** The processes that live in it, as `number command`; none when it is stopped. Needs root to see them. */
export async function listLeftovers(stateDirectory: string): Promise<string[]> {
	return (await control(stateDirectory, 'leftovers')).split('\n').filter(line => line !== '');
}

/**
 * A command as it is run inside: in the same working directory, with the same open files and environment.
 * It ends with its caller, even if that is killed. Signals of the terminal reach it; others end with the way in, so
 * the caller has to tell it by another way. Its exit code is the command's, or 1 if no sandbox runs.
 */
export function enterArguments(stateDirectory: string, words: readonly string[]): string[] {
	return [controlOf(stateDirectory), 'enter', ...words];
}

function controlOf(stateDirectory: string): string {
	return join(stateDirectory, 'sandbox', 'control');
}

async function control(stateDirectory: string, verb: string): Promise<string> {
	try {
		return await outputOf(controlOf(stateDirectory), [verb]);
	} catch (error) {
		throw new UserError(cleanText((error as Error).message), 1);
	}
}
