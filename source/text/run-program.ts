import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {cleanText} from './clean.ts';

export interface ProgramOptions {
	/** Milliseconds; 0 (the default) for no timeout. */
	readonly timeout?: number;
	readonly env?: NodeJS.ProcessEnv;
}

/** Maximum bytes of output; a program that prints more is killed, and the call fails. */
const longestOutput = 2 ** 22;

/**
 * Runs a program and returns its standard output as cleaned text.
 * @throws Error with the program's standard error, or with the reason why it could not be run
 */
export async function runProgram(
	program: string,
	words: readonly string[],
	{timeout = 0, env = process.env}: ProgramOptions = {},
): Promise<string> {
	try {
		const {stdout} = await promisify(execFile)(program, words, {
			encoding: 'buffer',
			maxBuffer: longestOutput,
			timeout,
			env,
		});
		return cleanText(stdout);
	} catch (error) {
		const {stderr, message} = error as Error & {stderr?: Buffer};
		throw new Error((stderr && cleanText(stderr).trim()) || cleanText(message), {cause: error});
	}
}
