import {createInterface} from 'node:readline/promises';
import {UserError} from '../engine/failure.ts';
import {sessionMessages} from '../messages/session.ts';
import type {Language} from '../messages/text.ts';

/** Asks on a terminal before something cannot be taken back. Where nobody can be asked, `--yes` is needed. */
export async function confirm({yes, language}: {yes?: boolean; language: Language}): Promise<void> {
	if (yes) {
		return;
	}

	if (!process.stdin.isTTY) {
		throw new UserError(sessionMessages.confirmNeeded[language], 2);
	}

	const terminal = createInterface({input: process.stdin, output: process.stderr});
	const answer = await terminal.question(sessionMessages.confirm[language]);
	terminal.close();
	if (!/^[ys]/i.test(answer.trim())) {
		throw new UserError(sessionMessages.declined[language], 1);
	}
}
