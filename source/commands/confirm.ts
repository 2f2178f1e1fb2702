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
	if (answer === 'interrupted' || (name === undefined ? !isYes(answer.text, language) : answer.text.trim() !== name)) {
		throw new UserError(sessionMessages.declined[language], answer === 'interrupted' ? 130 : 1);
	}
}

/** The line that was typed, empty when the input ends (Ctrl-D); `interrupted` at Ctrl-C. */
async function ask(question: string): Promise<{readonly text: string} | 'interrupted'> {
	const terminal = createInterface({input: process.stdin, output: process.stderr});
	try {
		return await new Promise(resolve => {
			const leave = () => {
				process.stderr.write('\n');
				resolve({text: ''});
			};

			terminal.once('close', leave).once('SIGINT', () => {
				terminal.off('close', leave);
				process.stderr.write('\n');
				resolve('interrupted');
			});
			// At Ctrl-D and Ctrl-C newer versions of Node reject it as well.
			terminal.question(question).then(answer => {
				terminal.off('close', leave);
				resolve({text: answer});
			}, leave);
		});
	} finally {
		terminal.close();
	}
}
