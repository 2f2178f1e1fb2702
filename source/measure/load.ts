import type {Options} from 'p-retry';
import {render, sh, type Command} from '../shell/command.ts';
import {Interrupted, TaskFailed} from '../engine/failure.ts';
import type {Target} from '../engine/target.ts';
import type {Language} from '../languages/text.ts';
import {benchMessages} from './bench-messages.ts';
import {unreachableReason} from '../engine/ssh-errors.ts';
import {messageOf} from '../text/clean.ts';
import {FirstLines, LastLines} from '../text/bounded-lines.ts';
import type {LoadSample} from './result.ts';

/** Parameters of one load. */
export interface Load {
	readonly url: string;
	/** Number of concurrent requests. */
	readonly concurrency: number;
	/** Length of the load: ab stops after `requests`, siege after `seconds`. */
	readonly requests: number;
	readonly seconds: number;
	/** A right answer has one of these names in X-Served-By, and a status from 200 to `last`. */
	readonly right: {readonly servers: readonly string[]; readonly last: number};
	/** Words in front of the command that enter a network namespace; empty to send the load from the host itself. */
	readonly prefix: readonly string[];
}

/** Measurements that the tool itself reports. */
export type LoadResult = Omit<LoadSample, 'cpu'>;

/** A load generator (ab or siege): its command line, and the parser of its report. */
export interface LoadTool {
	readonly name: LoadSample['tool'];
	/** The command as a person would type it. */
	readonly shown: (load: Load) => Command;
	/** The same command with options for a machine-readable report; its standard output goes to `parse`. */
	readonly command: (load: Load) => Command;
	/** Timeout in seconds, which only a hung tool exceeds. */
	readonly limit: (load: Load) => number;
	/** @throws SyntaxError if the report does not have the expected form */
	readonly parse: (report: string) => LoadResult;
}

export interface LoadContext {
	readonly target: Target;
	readonly signal: AbortSignal;
	readonly language: Language;
}

/** Retries of a load whose tool timed out; the attempt that hung is not counted. */
export const hungRetry: Options = {
	retries: 2,
	minTimeout: 0,
	shouldRetry: ({error}) => error instanceof TaskFailed && error.report.exit === 'limit',
};

/** Number of output lines kept for a failure report. */
const kept = 10;

/** Maximum characters of a tool's report; both tools print a few hundred lines. */
const longestReport = 2 ** 20;

/** The command as it is run, without the options that only concern its report. */
export function shownCommand(tool: LoadTool, load: Load): string {
	return render(sh`${load.prefix} ${tool.shown(load)}`, 'show').trim();
}

/** Runs one load. Throws `Interrupted`, and `TaskFailed` if the tool or all requests fail, or its report is unreadable. */
export async function runLoad(
	tool: LoadTool,
	load: Load,
	{target, signal, language}: LoadContext,
): Promise<LoadResult> {
	const command = tool.command(load);
	const report = new FirstLines(longestReport);
	const errors = new LastLines(kept, longestReport);
	const exit = await target.exec(render(command, 'execute'), {
		input: command.input,
		limit: tool.limit(load),
		signal,
		onLine(line, stream) {
			// siege prints a line on stderr for each failed request, so only the last ones are kept.
			(stream === 'stdout' ? report : errors).push(line);
		},
	});
	if (exit.code === 'aborted' || signal.aborted) {
		throw new Interrupted();
	}

	const failed = (code: typeof exit.code, last: readonly string[]) =>
		new TaskFailed({
			attempted: benchMessages.attempted(tool.name)[language],
			command: shownCommand(tool, load),
			exit: code as number | 'limit' | 'unreachable',
			lines: last.slice(-kept),
			advice: benchMessages.advice[language],
		});
	if (exit.code !== 0) {
		throw failed(
			exit.code,
			exit.code === 'unreachable' ? [unreachableReason(exit.reason)[language]] : [...report.lines, ...errors.lines],
		);
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
