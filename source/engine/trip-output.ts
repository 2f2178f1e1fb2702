import {emptyTail, appendLine, type Tail} from '../text/bounded-lines.ts';
import {
	arrivedFile,
	emptyDifference,
	backedUpFiles,
	overwrittenFiles,
	withDifferingLine,
	withFileLine,
	type ArrivingFile,
	type Difference,
} from './comparison.ts';
import type {Exit, Stream} from './target.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult, TripMessage} from './trip-message.ts';

/** Default time limits of a check and of a command, in seconds, with hardware virtualization. */
const checkLimit = 120;
const commandLimit = 300;

/** Limits of the output kept for a failure report (commands) and for a result (checks): last lines, and characters. */
const ofCommand = {lines: 20, characters: 2 ** 18};
const ofCheck = {lines: 200, characters: 2 ** 18};

/** Current activity of the target in a round trip, derived from its output. */
export type TripState =
	/** A check or the runner's own code runs; `said`: the check's output. */
	| {readonly doing: 'check'; readonly said: Tail}
	/** A task's command runs. `isBlankHeld`: an empty line is held back; it is dropped if a line of the runner follows. */
	| {
			readonly doing: 'command';
			readonly request: number;
			readonly part: number;
			readonly said: Tail;
			readonly isBlankHeld: boolean;
	  }
	| {readonly doing: 'compare'; readonly request: number; readonly difference: Difference}
	| {readonly doing: 'keep'; readonly request: number; readonly path: string; readonly file: ArrivingFile}
	/** Another command of this program holds the lock. */
	| {readonly doing: 'wait'};

/** Effect of a line: a message, or a new time limit from now on, in unscaled seconds. */
export type TripEffect =
	| {readonly type: 'message'; readonly message: TripMessage}
	| {readonly type: 'limit'; readonly seconds: number}
	/** Like `limit`; also reports once a second that the target is busy. */
	| {readonly type: 'busy'; readonly seconds: number};

type Step = readonly [state: TripState, effects: readonly TripEffect[]];

const checking: TripState = {doing: 'check', said: emptyTail};
const checkTime: TripEffect = {type: 'limit', seconds: checkLimit};

/** State and effects of a round trip before its first line. */
export const tripStart: Step = [checking, [checkTime]];

/** A line of the runner: a word, the number of the request, and the number of the command or file, or the exit code; of a file its size, or its digest. */
const signals =
	/^(?:busy|free|(?:start|found) \d+ \d+|(?:applied|compare) \d+|keep \d+ \d+ \d+|wrote \d+ \d+ [\da-f]{16})$/;

/**
 * Processes a line of the target's output. A line that only resembles one of the runner's counts as output of the
 * command.
 * @param mark prefix of the runner's own lines
 */
export function tripLine(
	state: TripState,
	requests: readonly TaskRequest[],
	mark: string,
	line: string,
	stream: Stream,
	cut?: number,
): Step {
	const text = stream === 'stdout' && line.startsWith(`${mark} `) ? line.slice(mark.length + 1) : undefined;
	if (text !== undefined && signals.test(text)) {
		const [word = '', ...values] = text.split(' ');
		const step = signal(word, values, requests, state);
		if (step) {
			return step;
		}
	}

	return output(state, line, stream, cut);
}

/**
 * Processes the end of a round trip. A non-zero exit code is that of a failed command or of the last check.
 * @param isInterrupted whether the user has ended the round trip, in which case nothing has failed
 */
export function tripEnd(
	state: TripState,
	requests: readonly TaskRequest[],
	exit: Exit,
	isInterrupted: boolean,
): readonly TripMessage[] {
	const ended = left(state);
	const code = exit.code === 'aborted' ? 'limit' : exit.code;
	if (code === 0 || isInterrupted) {
		return ended;
	}

	const result: CheckResult =
		exit.code === 'unreachable'
			? {code: exit.code, lines: [exit.reason], ...(exit.isFinal && {isFinal: true})}
			: {code, lines: 'said' in state ? state.said.lines : []};
	return [
		...ended,
		state.doing === 'command'
			? {type: 'failed', failure: {command: requests[state.request]!.task.apply![state.part]!, result}}
			: {type: 'found', result},
	];
}

/** Processes a line of the runner. Returns undefined if the request has no such part. */
function signal(
	word: string,
	values: readonly string[],
	requests: readonly TaskRequest[],
	state: TripState,
): Step | undefined {
	const [index = 0, number = 0, size = 0] = values.map(Number);
	const request = requests[index];
	const ended = left(state).map((message): TripEffect => ({type: 'message', message}));
	switch (word) {
		case 'busy': {
			return [{doing: 'wait'}, [...ended, {type: 'busy', seconds: waitLimit(requests)}]];
		}

		case 'start': {
			const command = request?.task.apply?.[number];
			return (
				command && [
					{doing: 'command', request: index, part: number, said: emptyTail, isBlankHeld: false},
					[
						...ended,
						{type: 'limit', seconds: command.limit ?? commandLimit},
						{type: 'message', message: {type: 'started', request: index, command}},
					],
				]
			);
		}

		case 'compare': {
			return request && [{doing: 'compare', request: index, difference: emptyDifference}, [...ended, checkTime]];
		}

		case 'keep': {
			const path = request && backedUpFiles(request)[number];
			return path === undefined
				? undefined
				: [{doing: 'keep', request: index, path, file: {size, base64: ''}}, [...ended, checkTime]];
		}

		case 'wrote': {
			const path = request && overwrittenFiles(request.task)[number];
			return path === undefined
				? undefined
				: [checking, [...ended, {type: 'message', message: {type: 'wrote', request: index, path, digest: values[2]!}}]];
		}

		case 'found': {
			const result: CheckResult = {code: number, lines: 'said' in state ? state.said.lines : []};
			return request && [checking, [...ended, checkTime, {type: 'message', message: {type: 'found', result}}]];
		}

		default: {
			// `free` and `applied`: a check follows.
			return request && [checking, [...ended, checkTime]];
		}
	}
}

/** Processes a line that is not the runner's. */
function output(state: TripState, line: string, stream: Stream, cut: number | undefined): Step {
	switch (state.doing) {
		case 'compare': {
			return [{...state, difference: withDifferingLine(state.difference, line)}, []];
		}

		case 'keep': {
			return [{...state, file: withFileLine(state.file, line)}, []];
		}

		case 'command': {
			// The runner prints an empty line before each of its own lines.
			const before = state.isBlankHeld ? [said('', 'stdout')] : [];
			const tail = state.isBlankHeld ? appendLine(state.said, '', ofCommand) : state.said;
			return line === '' && stream === 'stdout'
				? [{...state, said: tail, isBlankHeld: true}, before]
				: [
						{...state, said: appendLine(tail, line, ofCommand), isBlankHeld: false},
						[...before, said(line, stream, cut)],
					];
		}

		case 'check': {
			// Standard error carries messages of the shell itself, for instance about a syntax error.
			const isOfCheck = stream === 'stdout';
			const isKept = isOfCheck && line.trim() !== '';
			return [
				isKept ? {...state, said: appendLine(state.said, line, ofCheck)} : state,
				isOfCheck ? [] : [said(line, stream, cut)],
			];
		}

		case 'wait': {
			return [state, stream === 'stdout' ? [] : [said(line, stream, cut)]];
		}
	}
}

function said(line: string, stream: Stream, cut?: number): TripEffect {
	return {type: 'message', message: {type: 'line', line, stream, cut}};
}

/** Messages due at the end of a comparison or a file. */
function left(state: TripState): readonly TripMessage[] {
	if (state.doing === 'compare') {
		const {request, difference} = state;
		return difference.lines.length > 0 ? [{type: 'difference', request, difference}] : [];
	}

	if (state.doing === 'keep') {
		const content = arrivedFile(state.file);
		return content ? [{type: 'kept', request: state.request, path: state.path, content}] : [];
	}

	return [];
}

/** Seconds for which another command may hold the lock: the limits of all these tasks, since it may be at any of them. */
function waitLimit(requests: readonly TaskRequest[]): number {
	return requests
		.flatMap(({task}) => task.apply ?? [])
		.reduce((sum, {limit = commandLimit}) => sum + limit, checkLimit);
}
