import {setTimeout as delay} from 'node:timers/promises';
import type {FailureReport} from '../engine/event.ts';
import type {Plan} from '../engine/plan.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages} from '../output/messages.ts';
import {workMessages} from '../messages/work.ts';
import {seconds} from '../output/status-marks.ts';
import type {PageFacts} from '../measure/health/facts.ts';
import {judgePage} from '../measure/health/judge-page.ts';
import {askForPage} from '../measure/health/page.ts';
import type {Trouble} from '../measure/health/trouble.ts';
import {pageAnswersText} from '../output/page-text.ts';
import {commandLine, withCommandLines, type CommonOptions} from '../command-line/options.ts';
import type {Session} from '../session/session.ts';

/** Formats a failure report: everything needed to understand and fix the failure. */
export function failureText(
	{attempted, command, exit, lines, advice}: FailureReport,
	log: string,
	language: Language,
	options: CommonOptions = {},
): string {
	const {failure} = progressMessages;
	return [
		`${failure.attempted[language]}: ${attempted}`,
		`${failure.command[language]}:`,
		...command.split('\n').map(line => `    ${line}`),
		`${failure.exit[language]}: ${typeof exit === 'number' ? exit : workMessages.failure.exits[exit][language]}`,
		`${failure.lines[language]}:`,
		...lines.map(line => `    ${line}`),
		`${failure.advice[language]}: ${withCommandLines(advice, options)}`,
		progressMessages.log(log)[language],
	].join('\n');
}

/** Result of requesting the user's page after a run that put it into service. */
export interface PageCheck {
	readonly page: PageFacts;
	readonly troubles: readonly Trouble[];
}

/**
 * Whether a run of these units (by default all) puts the page into service, that is, includes all pages, web servers
 * and directors.
 */
export function servesPage(plan: Plan, only?: ReadonlySet<string>): boolean {
	return plan
		.filter(({step}) => ['content', 'apache', 'pacemaker'].includes(step.id))
		.every(({id}) => only?.has(id) ?? true);
}

/** Milliseconds to wait for the page's first response after the addresses have moved, and between requests. */
const patience = 15_000;
const interval = 500;

/** Requests the user's page as a client does, and retries until it responds. */
export async function pageOutcome({cluster}: Session, signal: AbortSignal): Promise<PageCheck> {
	const end = performance.now() + patience * Math.min(cluster.timeoutScale, 4);
	for (;;) {
		const page = await askForPage(cluster);
		const hasAnswer = page.answers.some(({status}) => status !== undefined);
		if (hasAnswer || signal.aborted || performance.now() > end) {
			return {page, troubles: judgePage(cluster, page)};
		}

		await delay(interval, undefined, {signal}).catch(() => {});
	}
}

/** Summary of a run: number of changes, duration, and the page's response if it was requested. */
export function runSummary(
	{cluster, language, options}: Session,
	{changed, duration, asked}: {changed: number; duration: number; asked?: PageCheck},
): string {
	return [
		progressMessages.ended(changed, seconds(duration))[language],
		...(asked ? [pageText(asked, language, commandLine('status', options))] : []),
		...(asked && cluster.sandbox ? [progressMessages.insideSandbox(commandLine('open', options))[language]] : []),
	].join('\n');
}

/** `The page answers: http://192.168.1.200/index.php 200, 12 ms`, or a warning if the response is wrong. */
function pageText({page, troubles}: PageCheck, language: Language, look: string): string {
	const [first] = troubles;
	if (first && first.id !== 'page-slow') {
		return progressMessages.pageFails(page.url, first.text, look)[language];
	}

	return pageAnswersText(page)[language];
}
