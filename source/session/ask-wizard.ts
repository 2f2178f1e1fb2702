import type {ChildProcess} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {renderWithInput} from '../shell/command.ts';
import type {FailureReport} from '../engine/event.ts';
import type {Decide, Decision, Question} from '../engine/question.ts';
import type {Language} from '../languages/text.ts';

/** A question of the engine as plain data, sent from the working process to the wizard. */
export interface AskedQuestion {
	readonly id: string;
	readonly type: Question['type'];
	readonly unit: string;
	readonly step: string;
	readonly host: string;
	readonly task: string;
	readonly index: number;
	/** Commands that would run, without secrets. */
	readonly commands: readonly string[];
	readonly skippable: boolean;
	readonly report?: FailureReport;
}

/** Messages between a working process and the wizard: `{ask}` goes to the wizard, `{answer}` comes back. */
export interface QuestionMessage {
	readonly ask: AskedQuestion;
}

export interface AnswerMessage {
	readonly answer: {readonly id: string; readonly decision: Decision};
}

/** The wizard sets this variable for the processes that it starts. */
export const asksVariable = 'CLUSTER_WIZARD_ASKS';

/** Returns the function by which a process started by the wizard asks its questions; undefined in other processes. */
export function askWizard(language: Language, signal: AbortSignal): Decide | undefined {
	if (!process.send || !process.env[asksVariable]) {
		return undefined;
	}

	return async question => {
		const {type, unit, task} = question;
		const ask: AskedQuestion = {
			id: randomUUID(),
			type,
			unit: unit.id,
			step: unit.step.id,
			host: unit.place,
			task: task.title[language],
			index: unit.tasks.indexOf(task),
			commands: (task.apply ?? [task.check]).map(command => renderWithInput(command, 'show')),
			skippable: task.skippable ?? false,
			...(type === 'failed' && {report: question.report}),
		};
		// The channel keeps this process alive while it waits for an answer.
		process.channel?.ref();
		pending++;
		return new Promise(resolve => {
			const end = (decision: Decision) => {
				process.off('message', listen);
				signal.removeEventListener('abort', stop);
				pending--;
				if (pending === 0) {
					process.channel?.unref();
				}

				resolve(decision);
			};

			const stop = () => {
				end('stop');
			};

			const listen = (message: unknown) => {
				const {answer} = (message ?? {}) as Partial<AnswerMessage>;
				if (answer?.id === ask.id) {
					end(answer.decision);
				}
			};

			if (signal.aborted) {
				stop();
				return;
			}

			signal.addEventListener('abort', stop, {once: true});
			process.on('message', listen).setMaxListeners(0);
			process.send!({ask} satisfies QuestionMessage);
		});
	};
}

let pending = 0;

/**
 * Forwards questions of the process inside a sandbox to the wizard, and the answers back. Returns a function that stops
 * forwarding.
 */
export function relayQuestions(inside: ChildProcess): () => void {
	if (!process.send || !process.env[asksVariable]) {
		return () => {};
	}

	const back = (message: unknown) => {
		if (typeof message === 'object' && message !== null && 'answer' in message) {
			inside.send(message, () => {});
		}
	};

	inside.on('message', message => {
		process.send!(message);
	});
	process.on('message', back);
	return () => {
		process.off('message', back);
	};
}
