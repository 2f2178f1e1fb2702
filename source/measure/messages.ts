import {phrase, phraseIn, type Text} from '../languages/text.ts';
import type {Outcome, Verdict} from './result.ts';

/** Words for the outcome of a probe request. */
export const outcomeWords: Readonly<Record<Outcome, Text>> = {
	answered: phrase('answered'),
	sorry: phrase('sorry page'),
	'wrong-content': phrase('wrong content'),
	refused: phrase('refused'),
	reset: phrase('reset'),
	timeout: phrase('no answer'),
	unreachable: phrase('unreachable'),
};

/** Words for the verdict on a test. */
export const verdictWords: Readonly<Record<Verdict, Text>> = {
	passed: phrase('passed'),
	failed: phrase('failed'),
	void: phrase('void'),
	interrupted: phraseIn('a test', 'interrupted'),
};
