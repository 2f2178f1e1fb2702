import {emptyTail, withLine, type Tail} from '../text/kept.ts';
import {arrivedFile, emptyDifference, keptFiles, withDifferingLine, withFileLine, type ArrivingFile, type Difference} from './comparison.ts';
import type {Exit, Stream} from './target.ts';
import type {TaskRequest} from './task-request.ts';
import type {CheckResult, TripMessage} from './trip-message.ts';

/** Seconds for one check, and for one command, on a machine with hardware virtualization. */
const checkLimit = 120;
const commandLimit = 300;

/** A command's last output lines kept for a failure report, a check's for its result; characters of either. */
const ofCommand = {lines: 20, characters: 2 ** 18};
const ofCheck = {lines: 200, characters: 2 ** 18};

/** What the machine does in a round trip, as far as its output has told. */
export type TripState =
	/** A check runs, or what stands around the commands; `said`: its lines. */
	| {readonly doing: 'check'; readonly said: Tail}
	/** A command of a task runs. `isBlankHeld`: its last line was empty, unless that line is the runner's. */
	| {readonly doing: 'command'; readonly request: number; readonly part: number; readonly said: Tail; readonly isBlankHeld: boolean}
	| {readonly doing: 'compare'; readonly request: number; readonly difference: Difference}
	| {readonly doing: 'keep'; readonly request: number; readonly path: string; readonly file: ArrivingFile}
	/** The lock is held by another command of this program. */
	| {readonly doing: 'wait'};

/** What follows from a line: a message, or another limit of time from now on, in seconds, unscaled. */
export type TripEffect =
	| {readonly type: 'message'; readonly message: TripMessage}
	| {readonly type: 'limit'; readonly seconds: number}
	/** As `limit`, and the user is told once a second that the machine is busy. */
	| {readonly type: 'busy'; readonly seconds: number};

type Step = readonly [state: TripState, effects: readonly TripEffect[]];

const checking: TripState = {doing: 'check', said: emptyTail};
const checkTime: TripEffect = {type: 'limit', seconds: checkLimit};

/** A round trip before its first line. */
export const tripStart: Step = [checking, [checkTime]];

/** A line of the runner: a word, the number of the request, and the number of the command or file, or the exit code; of a file its size. */
const signals = /^(?:busy|free|(?:start|found) \d+ \d+|(?:applied|compare) \d+|keep \d+ \d+ \d+)$/;

/**
 * Takes a line of the machine's output. Lines that only look like the runner's belong to the command that printed them.
 * @param mark begins the runner's own lines
 */
export function tripLine(state: TripState, requests: readonly TaskRequest[], mark: string, line: string, stream: Stream, cut?: number): Step {
	const text = stream === 'stdout' && line.startsWith(`${mark} `) ? line.slice(mark.length + 1) : undefined;
	if (text !== undefined && signals.test(text)) {
		const [word = '', ...numbers] = text.split(' ');
		const step = signal(word, numbers.map(Number), requests, state);
		if (step) {
			return step;
		}
	}

	return output(state, line, stream, cut);
}

/**
 * Takes the end of a round trip. A code other than 0 is a failed command's, or the last check's.
 * @param isInterrupted whether the user has ended it: nothing has failed then
 */
export function tripEnd(state: TripState, requests: readonly TaskRequest[], exit: Exit, isInterrupted: boolean): readonly TripMessage[] {
	const ended = left(state);
	const code = exit.code === 'aborted' ? 'limit' : exit.code;
	if (code === 0 || isInterrupted) {
		return ended;
	}

	const result: CheckResult = exit.code === 'unreachable'
		? {code: exit.code, lines: [exit.reason], ...(exit.isFinal && {isFinal: true})}
		: {code, lines: 'said' in state ? state.said.lines : []};
	return [...ended, state.doing === 'command'
		? {type: 'failed', failure: {command: requests[state.request]!.task.apply![state.part]!, result}}
		: {type: 'found', result}];
}

/** A line of the runner; undefined if no request has such a part. */
function signal(word: string, [index = 0, number = 0, size = 0]: readonly number[], requests: readonly TaskRequest[], state: TripState): Step | undefined {
	const request = requests[index];
	const ended = left(state).map((message): TripEffect => ({type: 'message', message}));
	switch (word) {
		case 'busy': {
			return [{doing: 'wait'}, [...ended, {type: 'busy', seconds: waitLimit(requests)}]];
		}

		case 'start': {
			const command = request?.task.apply?.[number];
			return command && [{doing: 'command', request: index, part: number, said: emptyTail, isBlankHeld: false}, [...ended, {type: 'limit', seconds: command.limit ?? commandLimit}, {type: 'message', message: {type: 'started', request: index, command}}]];
		}

		case 'compare': {
			return request && [{doing: 'compare', request: index, difference: emptyDifference}, [...ended, checkTime]];
		}

		case 'keep': {
			const path = request && keptFiles(request)[number];
			return path === undefined ? undefined : [{doing: 'keep', request: index, path, file: {size, base64: ''}}, [...ended, checkTime]];
		}

		case 'found': {
			const result: CheckResult = {code: number, lines: 'said' in state ? state.said.lines : []};
			return request && [checking, [...ended, checkTime, {type: 'message', message: {type: 'found', result}}]];
		}

		default: {
			// 'free' and 'applied': a check follows.
			return request && [checking, [...ended, checkTime]];
		}
	}
}

/** A line that is not the runner's. */
function output(state: TripState, line: string, stream: Stream, cut: number | undefined): Step {
	switch (state.doing) {
		case 'compare': {
			return [{...state, difference: withDifferingLine(state.difference, line)}, []];
		}

		case 'keep': {
			return [{...state, file: withFileLine(state.file, line)}, []];
		}

		case 'command': {
			// An empty line before a line of the runner is the runner's.
			const before = state.isBlankHeld ? [said('', 'stdout')] : [];
			const tail = state.isBlankHeld ? withLine(state.said, '', ofCommand) : state.said;
			return line === '' && stream === 'stdout'
				? [{...state, said: tail, isBlankHeld: true}, before]
				: [{...state, said: withLine(tail, line, ofCommand), isBlankHeld: false}, [...before, said(line, stream, cut)]];
		}

		case 'check': {
			// On standard error stands what the shell itself has to say, for instance of a syntax error.
			const isOfCheck = stream === 'stdout';
			const isKept = isOfCheck && line.trim() !== '';
			return [isKept ? {...state, said: withLine(state.said, line, ofCheck)} : state, isOfCheck ? [] : [said(line, stream, cut)]];
		}

		case 'wait': {
			return [state, stream === 'stdout' ? [] : [said(line, stream, cut)]];
		}
	}
}

function said(line: string, stream: Stream, cut?: number): TripEffect {
	return {type: 'message', message: {type: 'line', line, stream, cut}};
}

/** What is told when a comparison or a file has ended. */
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

/** Seconds for which another command of this program may hold the lock: it may be at any of these tasks. */
function waitLimit(requests: readonly TaskRequest[]): number {
	return requests.flatMap(({task}) => task.apply ?? []).reduce((sum, {limit = commandLimit}) => sum + limit, checkLimit);
}
