import {countInDigits} from '../languages/quantity.ts';
import type {UnitStatus} from '../engine/event.ts';
import {changedPages} from '../tasks/pages.ts';
import {phrase, phraseIn, type Text} from '../languages/text.ts';

/** Texts of the reporters of a run. */
export const progressMessages = {
	status: {
		ok: phrase('ok'),
		changed: phrase('changed'),
		failed: phraseIn('a task', 'failed'),
		skipped: phrase('skipped'),
		'would-change': phrase('would change'),
		unknown: phrase('not known until what comes before it is done'),
		blocked: phrase('not started: something it needs is not done'),
		interrupted: phrase('interrupted'),
	} satisfies Record<UnitStatus, Text>,
	waiting: (reason: string, elapsed: number, limit: number): Text =>
		phrase('waiting for {elapsed} s ({limit} s at most): {reason}', {
			elapsed: elapsed.toFixed(0),
			limit: limit.toFixed(0),
			reason,
		}),
	/** For the live line. */
	waitingFor: (reason: string): Text => phrase('waiting: {reason}', {reason}),
	changes: (count: number): Text => (count === 1 ? phrase('1 change') : phrase('{count} changes', {count})),
	/** Words before the names of nodes: where a unit runs, and for which nodes it prepares something. */
	on: phrase('on'),
	for: phrase('for'),
	more: (count: number): Text => phrase('and {count} more', {count}),
	/** @param total estimated time of the whole run */
	progress: (percent: number, elapsed: string, total: string): Text =>
		phrase('{percent} %  {elapsed} of about {total}', {percent, elapsed, total}),
	moreLines: (count: number): Text =>
		phrase('… {count} more {count, plural, one {line} other {lines}}, in the log', {count}),
	/** Printed after a line whose end was cut off. */
	cut: (bytes: number): Text => phrase('[{bytes} bytes of this line left out]', {bytes}),
	/** Printed after a diff whose last lines were cut off. */
	diffLeft: (count: number): Text => phrase('… {count} more line{count, plural, one {} other {s}}', {count}),
	kept: (path: string, copy: string): Text =>
		path.endsWith(changedPages)
			? phrase('Pages as they were changed by hand are kept in {copy}', {copy})
			: phrase('{path} as it was is kept in {copy}', {path, copy}),
	logCut: (mebibytes: number): Text =>
		phrase('[the log ends here: it has reached {mebibytes} MiB, the most that is kept of one part of a run]', {
			mebibytes,
		}),
	failure: {
		attempted: phrase('What was attempted'),
		command: phrase('Command'),
		exit: phrase('Exit code'),
		lines: phrase('Last lines'),
		advice: phrase('What to do'),
	} satisfies Record<string, Text>,
	nothingChanged: phrase('Nothing had to be changed.'),
	/** @param changed number of units that changed something */
	ended: (changed: number, time: string): Text =>
		changed === 0
			? phrase('Done in {time}: nothing had to be changed.', {time})
			: phrase('Done in {time}: {changed} {changed, plural, one {step} other {steps}} changed something.', {
					time,
					changed,
				}),
	wouldChange: (count: number): Text =>
		phrase('{steps} would change something. Nothing was changed.', {steps: countInDigits.step(count), count}),
	timeTitle: phrase('Where the time went'),
	criticalPath: phrase('Critical path'),
	total: phrase('total'),
	pageAnswers: (url: string, status: number, milliseconds: number, servers: string): Text =>
		phrase('The page answers: {url} {status}, {milliseconds} ms ({servers})', {
			url,
			status,
			milliseconds: milliseconds.toFixed(0),
			servers,
		}),
	/** The fault is most often in the user's own pages, because the cluster itself is built. */
	pageFails: (url: string, trouble: Text, look: string): Text =>
		phrase(
			'WARNING: the cluster is built, but {trouble}: {url}\nIf these are your own pages, look at /var/log/apache2/error.log on a web server; `{look}` shows the cluster.',
			{trouble, url, look},
		),
	insideSandbox: (command: string): Text =>
		phrase('That address is inside the sandbox; `{command}` shows the page here.', {command}),
	goOn: (command: string): Text => phrase('Go on with: {command}', {command}),
	log: (path: string): Text => phrase('The full log is in {path}', {path}),
};
