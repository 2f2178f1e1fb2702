import type {Cluster} from '../../cluster/cluster.ts';
import {inEveryLanguage, type Text} from '../../languages/text.ts';
import {healthMessages} from './messages.ts';
import {outcomeWords} from '../messages.ts';
import type {PageAnswer, PageFacts} from './facts.ts';
import {trouble, type Trouble} from './trouble.ts';

/** Milliseconds above which an answer counts as slow. */
export function slowLimit({acceleration}: Pick<Cluster, 'acceleration'>): number {
	return acceleration === 'tcg' ? 10_000 : 2000;
}

/** Names of the servers that gave these answers, without duplicates. */
export function serversOf(answers: readonly PageAnswer[]): string {
	return [...new Set(answers.flatMap(({server}) => server ?? []))]
		.sort((one, other) => one.localeCompare(other, 'en', {numeric: true}))
		.join(', ');
}

/** Judges what clients get. */
export function judgePage(cluster: Pick<Cluster, 'acceleration'>, {url, answers}: PageFacts): Trouble[] {
	const right = answers.filter(({outcome}) => outcome === 'answered');
	const wrong = answers.filter(({outcome}) => outcome !== 'answered');
	if (right.length === 0) {
		return [pageDown(url, wrong)];
	}

	if (wrong.length > 0) {
		return [trouble('page-partial', undefined, wrong.length, answers.length, reasonsOf(wrong))];
	}

	const slowest = Math.max(...right.map(({latency}) => latency));
	return slowest > slowLimit(cluster) ? [trouble('page-slow', undefined, slowest)] : [];
}

function pageDown(url: string, answers: readonly PageAnswer[]): Trouble {
	const refused = answers.find(({status = 0, outcome}) => status >= 400 && outcome !== 'sorry');
	if (refused?.status !== undefined) {
		return trouble(
			'page-status',
			undefined,
			refused.status,
			serversOf(answers.filter(({status}) => status === refused.status)),
		);
	}

	if (answers.some(({outcome}) => outcome === 'wrong-content')) {
		return trouble('page-wrong', undefined, serversOf(answers));
	}

	return answers.some(({outcome}) => outcome === 'sorry')
		? trouble('page-sorry', undefined)
		: trouble('page-silent', undefined, url, outcomeWords[answers[0]?.outcome ?? 'unreachable']);
}

/** Reasons of the failed requests, without duplicates. */
function reasonsOf(answers: readonly PageAnswer[]): Text {
	const reasons = answers.map(({outcome, status, server}) =>
		server !== undefined && status !== undefined && status >= 400
			? healthMessages.serverAnswers(server, status)
			: outcomeWords[outcome],
	);
	return inEveryLanguage(language => [...new Set(reasons.map(reason => reason[language]))].join(', '));
}
