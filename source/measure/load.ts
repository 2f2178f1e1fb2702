import type {Options} from 'p-retry';
import {render, sh, type Command} from '../shell/command.ts';
import {Interrupted, TaskFailed} from '../engine/failure.ts';
import type {Target} from '../engine/target.ts';
import type {Language} from '../languages/text.ts';
import {benchMessages} from './bench-messages.ts';
import {unreachableReason} from '../engine/ssh-errors.ts';
import {messageOf} from '../text/clean.ts';
import {FirstLines, LastLines} from '../text/kept.ts';
import type {LoadSample} from './result.ts';

/** What is asked for, and from where. */
export interface Load {
	readonly url: string;
	/** Requests that are under way at once. */
	readonly concurrency: number;
	/** ab stops after so many requests, siege after so many seconds. */
	readonly requests: number;
	readonly seconds: number;
	/** Right answers say one of these names in X-Served-By, with a status from 200 to `last`. */
	readonly right: {readonly servers: readonly string[]; readonly last: number};
	/** Words that go before the command: the way into a network namespace. None: from the host itself. */
	readonly prefix: readonly string[];
}

/** What a tool itself measured. */
export type LoadResult = Omit<LoadSample, 'cpu'>;

/** ab or siege: how it is called and how its report is read. */
export interface LoadTool {
	readonly name: LoadSample['tool'];
	/** The command as a person would type it. */
	readonly shown: (load: Load) => Command;
	/** The same command with what makes its report readable for a program; its standard output goes to `parse`. */
	readonly command: (load: Load) => Command;
	/** Seconds after which it is given up: what it cannot take unless it hangs. */
	readonly limit: (load: Load) => number;
	/** @throws SyntaxError when the report is not as it should be */
	readonly parse: (report: string) => LoadResult;
}

export interface LoadContext {
	readonly target: Target;
	readonly signal: AbortSignal;
	readonly language: Language;
}

/** How often a load is sent again whose tool did not come to an end; it counts as if it had not been sent. */
export const whenHung: Options = {
	retries: 2,
	minTimeout: 0,
	shouldRetry: ({error}) => error instanceof TaskFailed && error.report.exit === 'limit',
};

/** Lines of a tool that are told when it fails. */
const kept = 10;

/** Characters of a tool's report; both write some hundred lines. */
const longestReport = 2 ** 20;

/** The command as it is run, without what is only about its report. */
export function shownCommand(tool: LoadTool, load: Load): string {
	return render(sh`${load.prefix} ${tool.shown(load)}`, 'show').trim();
}

/** Runs one load to its end. Throws `Interrupted`, and `TaskFailed` when the tool fails or its report cannot be read. */
export async function runLoad(tool: LoadTool, load: Load, {target, signal, language}: LoadContext): Promise<LoadResult> {
	const command = tool.command(load);
	const report = new FirstLines(longestReport);
	const errors = new LastLines(kept, longestReport);
	const exit = await target.exec(render(command, 'execute'), {
		input: command.input,
		limit: tool.limit(load),
		signal,
		onLine(line, stream) {
			// siege has a line for each request that fails.
			(stream === 'stdout' ? report : errors).push(line);
		},
	});
	if (exit.code === 'aborted' || signal.aborted) {
		throw new Interrupted();
	}

	const failed = (code: typeof exit.code, last: readonly string[]) => new TaskFailed({
		attempted: benchMessages.attempted(tool.name)[language],
		command: shownCommand(tool, load),
		exit: code as number | 'limit' | 'unreachable',
		lines: last.slice(-kept),
		advice: benchMessages.advice[language],
	});
	if (exit.code !== 0) {
		throw failed(exit.code, exit.code === 'unreachable' ? [unreachableReason(exit.reason)[language]] : [...report.lines, ...errors.lines]);
	}

	try {
		const result = tool.parse(report.lines.join('\n'));
		if (result.failed >= result.requests) {
			throw failed(0, [benchMessages.allFailed(result.requests)[language], ...errors.lines]);
		}

		return result;
	} catch (error) {
		throw error instanceof SyntaxError ? failed(0, [messageOf(error), ...report.lines]) : error;
	}
}
