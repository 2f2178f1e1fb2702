import type {FailureReport} from '../engine/event.ts';
import {reportMessages} from '../messages/report.ts';
import type {Language} from '../messages/text.ts';
import {seconds} from '../reporters/marks.ts';
import {withCommandLines, type CommonOptions} from './options.ts';
import type {Session} from './session.ts';

/** What a failure needs to be understood and mended. */
export function failureText({attempted, command, exit, lines, advice}: FailureReport, log: string, language: Language, options: CommonOptions = {}): string {
	const {failure} = reportMessages;
	return [
		`${failure.attempted[language]}: ${attempted}`,
		`${failure.command[language]}:`,
		...command.split('\n').map(line => `    ${line}`),
		`${failure.exit[language]}: ${exit}`,
		`${failure.lines[language]}:`,
		...lines.map(line => `    ${line}`),
		`${failure.advice[language]}: ${withCommandLines(advice, options)}`,
		reportMessages.log(log)[language],
	].join('\n');
}

/** Whether something was changed, in how many seconds, and where the page is. */
export function outcomeText({cluster, options, language}: Session, changed: number, duration: number): string {
	const {vip} = cluster;
	return [
		reportMessages.ended(changed, seconds(duration))[language],
		withCommandLines(reportMessages.pageAt(`http://${vip.external}/index.php`, cluster.sandbox)[language], options),
	].join('\n');
}
