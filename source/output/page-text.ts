import type {Text} from '../languages/text.ts';
import type {PageFacts} from '../measure/health/facts.ts';
import {serversOf} from '../measure/health/judge-page.ts';
import {progressMessages} from './messages.ts';

/** `The page answers: http://192.168.1.200/index.php 200, 12 ms`: the slowest answer, and who gave them. */
export function pageAnswersText({url, answers}: PageFacts): Text {
	const slowest = answers.toSorted((one, other) => other.latency - one.latency)[0]!;
	return progressMessages.pageAnswers(url, slowest.status ?? 0, slowest.latency, serversOf(answers));
}
