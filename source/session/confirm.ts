import {createInterface} from 'node:readline/promises';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {isYes} from './consent-messages.ts';
import {sessionMessages} from './messages.ts';

export interface ConfirmOptions {
	/** Value of `--yes`: skips the question. */
	readonly yes?: boolean;
	readonly language: Language;
	/** Cluster name that the user must type to confirm destruction; without it, a yes is enough. */
	readonly name?: string;
}

/**
 * Asks for confirmation on the terminal. Without a terminal, `--yes` is required.
 * @throws UserError if the user declines, or if there is no terminal and no `--yes`
 */
export async function confirm({yes, language, name}: ConfirmOptions): Promise<void> {
	if (yes) {
		return;
	}

	if (!process.stdin.isTTY) {
		throw new UserError('confirmation-missing', sessionMessages.confirmNeeded[language]);
	}

	const answer = await ask(
		(name === undefined ? sessionMessages.confirm : sessionMessages.confirmName(name))[language],
	);
	if (answer === 'interrupted' || (name === undefined ? !isYes(answer.text, language) : answer.text.trim() !== name)) {
		throw new UserError('declined', sessionMessages.declined[language], answer === 'interrupted' ? 130 : undefined);
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
