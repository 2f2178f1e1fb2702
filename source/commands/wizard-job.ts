import {spawn, type ChildProcess} from 'node:child_process';
import {programWords} from '../executable.ts';
import {jsonIn} from '../text/json.ts';
import {lineSplitter} from '../text/lines.ts';
import {asksVariable, type AnswerMessage, type QuestionMessage} from './ask-wizard.ts';
import type {JobEvent} from './json-event.ts';
import type {Job, JobHandlers} from './wizard-backend.ts';

/** Bytes of one line of our own programs: an event with a whole file in its command, or the plan of fifty servers. */
const longestEvent = 2 ** 24;

/**
 * Starts one of our commands. Its events come by its standard output, its questions by the channel between the
 * processes; when this process ends, however that happens, the channel breaks and the command ends too.
 * @param isDetached whether it goes on while the terminal's Ctrl-Z stops this process: it is in a session of its own then,
 *   which the terminal's signals do not reach. What it writes meanwhile waits in its memory
 */
export function startJob(words: readonly string[], {onEvent, onQuestion, onText}: JobHandlers, isDetached = true): Job {
	const [program = '', ...rest] = programWords(words);
	const child = spawn(program, rest, {stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: isDetached, env: {...process.env, [asksVariable]: '1'}});
	child.on('message', message => {
		const {ask} = message as Partial<QuestionMessage>;
		if (ask) {
			onQuestion(ask);
		}
	});
	for (const [stream, onLine] of [[child.stdout!, tellLine], [child.stderr!, onText]] as const) {
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

/** Kills a child that is still there after so many milliseconds. A part of it in a sandbox ends with it. */
function killAfter(child: ChildProcess, patience: number, ended: Promise<unknown>): void {
	const timer = setTimeout(() => {
		child.kill('SIGKILL');
		// Its own children may hold the other ends.
		child.stdout?.destroy();
		child.stderr?.destroy();
	}, patience);
	const spare = () => {
		clearTimeout(timer);
	};

	ended.then(spare, spare);
}

/** An event of one of our commands; nothing for any other line. */
export function eventIn(line: string): JobEvent | undefined {
	return line.startsWith('{"time":') ? jsonIn(line) as JobEvent | undefined : undefined;
}
