import {spawn, type ChildProcess} from 'node:child_process';
import {programCommand} from '../executable.ts';
import {jsonIn} from '../text/json.ts';
import {lineSplitter} from '../text/lines.ts';
import {asksVariable, type AnswerMessage, type QuestionMessage} from '../session/ask-wizard.ts';
import type {JobEvent} from '../planning/json-event.ts';
import type {Job, JobHandlers} from './backend.ts';

/**
 * Maximum length of a line from one of our commands, in bytes: an event may contain a whole file, or the plan of fifty
 * servers.
 */
const longestEvent = 2 ** 24;

/**
 * Starts a command of this program. Its events arrive on its standard output, its questions over the IPC channel.
 * However this process ends, the channel breaks and the command ends too.
 * @param isDetached whether the command continues while Ctrl-Z stops this process: it then runs in its own session,
 * which the terminal's signals do not reach, and buffers its output
 */
export function startJob(words: readonly string[], {onEvent, onQuestion, onText}: JobHandlers, isDetached = true): Job {
	const [program = '', ...rest] = programCommand(words);
	const child = spawn(program, rest, {
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		detached: isDetached,
		env: {...process.env, [asksVariable]: '1'},
	});
	child.on('message', message => {
		const {ask} = message as Partial<QuestionMessage>;
		if (ask) {
			onQuestion(ask);
		}
	});
	for (const [stream, onLine] of [
		[child.stdout!, tellLine],
		[child.stderr!, onText],
	] as const) {
		const {push, end} = lineSplitter(onLine, longestEvent);
		stream.on('data', push).on('end', end);
	}

	function tellLine(line: string): void {
		const event = eventIn(line);
		if (event) {
			onEvent(event);
		} else {
			onText(line);
		}
	}

	const ended = new Promise<number>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', code => {
			resolve(code ?? 137);
		});
	});
	return {
		ended,
		answer(id, decision) {
			child.send({answer: {id, decision}} satisfies AnswerMessage, () => {});
		},
		stop(patience) {
			child.send('stop', () => {});
			if (patience !== undefined) {
				killAfter(child, patience, ended);
			}
		},
	};
}

/** Kills a child that is still running after `patience` milliseconds. Its process in a sandbox ends with it. */
function killAfter(child: ChildProcess, patience: number, ended: Promise<unknown>): void {
	const timer = setTimeout(() => {
		child.kill('SIGKILL');
		// Its children may still hold the other ends of the pipes.
		child.stdout?.destroy();
		child.stderr?.destroy();
	}, patience);
	const spare = () => {
		clearTimeout(timer);
	};

	ended.then(spare, spare);
}

/** Parses an event of one of our commands; undefined for any other line. */
export function eventIn(line: string): JobEvent | undefined {
	return line.startsWith('{"time":') ? (jsonIn(line) as JobEvent | undefined) : undefined;
}
