import {createInterface} from 'node:readline/promises';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {isYes} from './consent-messages.ts';
import {sessionMessages} from './messages.ts';

export interface ConfirmOptions {
	/** `--yes`. */
	readonly yes?: boolean;
	readonly language: Language;
	/** The cluster's name, which has to be typed before something is destroyed; otherwise a yes is enough. */
	readonly name?: string;
}

/**
 * Asks on a terminal before something cannot be taken back. Where nobody can be asked, `--yes` is needed.
 * @throws UserError if the answer is anything but the exact word
 */
export async function confirm({yes, language, name}: ConfirmOptions): Promise<void> {
	if (yes) {
		return;
	}

	if (!process.stdin.isTTY) {
		throw new UserError(sessionMessages.confirmNeeded[language], 2);
	}

	const answer = await ask((name === undefined ? sessionMessages.confirm : sessionMessages.confirmName(name))[language]);
	if (name === undefined ? !isYes(answer, language) : answer.trim() !== name) {
		throw new UserError(sessionMessages.declined[language], 1);
	}
}

/** The line that was typed; empty when the input ends (Ctrl-D) or the question is interrupted (Ctrl-C). */
async function ask(question: string): Promise<string> {
	const terminal = createInterface({input: process.stdin, output: process.stderr});
	try {
		return await new Promise<string>(resolve => {
			const leave = () => {
				process.stderr.write('\n');
				resolve('');
			};

			terminal.once('close', leave).once('SIGINT', leave);
			// At Ctrl-D and Ctrl-C newer versions of Node reject it as well.
			terminal.question(question).then(answer => {
				terminal.off('close', leave);
				resolve(answer);
			}, leave);
		});
	} finally {
		terminal.close();
	}
}
