import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {cleanText} from './clean.ts';

export interface ProgramOptions {
	/** Milliseconds. */
	readonly timeout?: number;
	readonly env?: NodeJS.ProcessEnv;
}

/** Bytes of output; a program that prints more is ended and fails. */
const longestOutput = 2 ** 22;

/**
 * What a program prints, as text that can be shown.
 * @throws Error with what it printed on standard error, or why it could not be run
 */
export async function outputOf(program: string, words: readonly string[], {timeout = 0, env = process.env}: ProgramOptions = {}): Promise<string> {
	try {
		const {stdout} = await promisify(execFile)(program, words, {encoding: 'buffer', maxBuffer: longestOutput, timeout, env});
		return cleanText(stdout);
	} catch (error) {
		const {stderr, message} = error as Error & {stderr?: Buffer};
		throw new Error((stderr && cleanText(stderr).trim()) || cleanText(message), {cause: error});
	}
}
