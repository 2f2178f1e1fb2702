import {countInDigits} from '../languages/quantity.ts';
import {phrase, phraseIn, type Text} from '../languages/text.ts';

/** Texts of the screens during and after a run. */
export const workMessages = {
	run: {
		nothing: phrase('(no output yet)'),
		noOutput: phrase('(no output)'),
		waiting: (reason: string, seconds: string): Text => phrase('waiting {seconds}: {reason}', {seconds, reason}),
		following: phrase('newest'),
		line: (first: number, last: number): Text => phrase('line {first} of {last}', {first, last}),
		lines: (count: number): Text => (count === 1 ? phrase('1 line') : phrase('{count} lines', {count})),
		notFound: (text: string): Text =>
			phrase('"{text}" is not in the lines kept here; the full log (o) has all.', {text}),
		noChapter: (step: string): Text => phrase('There is no text for this chapter (assets/chapters/{step}).', {step}),
		missing: (what: string): Text => phrase('This text is missing: {what}', {what}),
		log: phrase('Output'),
		explanation: phrase('Explanation'),
		machines: phrase('Machines'),
		done: phrase('The cluster is built. Enter: the dashboard.'),
		insideSandbox: phrase('That address is inside the sandbox; `o` on the dashboard shows the page here.'),
		/** The fault is most often in the user's own pages. */
		pageFails: (url: string, trouble: Text): Text =>
			phrase(
				'WARNING: the cluster is built, but {trouble}: {url}. If these are your own pages, look at /var/log/apache2/error.log on a web server. Enter: the dashboard.',
				{trouble, url},
			),
		ended: (code: number): Text =>
			phrase('Ended early (exit code {code}). Enter: to the beginning, to resume.', {code}),
		questions: (count: number): Text =>
			phrase('{failures} {count, plural, one {waits} other {wait}} for you: Enter', {
				failures: countInDigits.failure(count),
				count,
			}),
		guidedNext: phrase('Next command, on'),
		guidedMore: (count: number): Text => phrase('({count} more {count, plural, one {waits} other {wait}})', {count}),
	},
	failure: {
		attempted: phrase('Attempted'),
		on: phrase('on'),
		command: phrase('Command'),
		exit: phrase('exit code'),
		lines: phrase('Last lines'),
		advice: phrase('What to try'),
		retry: phrase('Try again'),
		shell: (place: string): Text => phrase('Open a shell on {place}', {place}),
		skip: phrase('Skip it: what follows does not need it'),
		log: phrase('Read the full log'),
		stop: phrase('Give it up; the rest goes on as far as it can'),
		support: phrase('Save a bundle for a bug report'),
		saving: phrase('Saving the bundle …'),
		/** Effect of the operator's answer to a failure. */
		decided: (decision: string, task: string): Text =>
			({
				retry: phrase('Trying again: {task}', {task}),
				skip: phrase('Skipped: {task}', {task}),
			})[decision] ?? phrase('Given up: {task}; the rest goes on', {task}),
		quit: phrase('Stop everything and resume later'),
		exits: {limit: phrase('time limit'), unreachable: phrase('not reachable')},
	},
	dashboard: {
		reading: (time: string): Text => phrase('Asking the machines … {time}', {time}),
		wasRemoved: phrase('This cluster was removed. Esc goes back to the beginning.'),
		lookFailed: (seconds: number, reason: string): Text =>
			phrase('The last look at the cluster failed {seconds} s ago: {reason}', {seconds, reason}),
		lastLook: (seconds: number, line: string): Text => phrase('{seconds} s ago: {line}', {seconds, line}),
		source: (source: string): Text => phrase('machines: {source}', {source}),
		heldBy: phrase('held by'),
		nobody: phrase('nobody'),
		answers: phrase('answers'),
		silent: phraseIn('a machine', 'no answer'),
		shell: phrase('shell'),
		stop: phrase('stop'),
		start: phrase('start'),
		stopAll: phrase('stop all'),
		startAll: phrase('start all'),
		verify: phrase('verify'),
		remove: phrase('remove'),
		openPage: phrase('page'),
		closePage: phrase('end page'),
		forwarded: phrase('in the sandbox; o shows it here'),
		logs: phrase('logs'),
		bench: phrase('bench'),
		report: phrase('report'),
		notMeasured: phrase('Nothing has been measured yet: run a test (v) or the benchmarks (b) first.'),
		explain: phrase('explain'),
		move: phrase('move'),
		moveTitle: phrase('Move'),
		busy: phrase('Something is running; Ctrl-C stops it.'),
		holderAsked: phrase(
			'The machines are still being asked who holds the VIPs. Press m again once they have answered.',
		),
		noHolder: phrase('No director is known to hold the VIPs, so they cannot be moved.'),
		working: phrase('running'),
		ended: (code: number): Text => (code === 0 ? phrase('done') : phrase('exit code {code}', {code})),
		stopTitle: (node: string): Text => phrase('Stop {node}', {node}),
		startTitle: (node: string): Text => phrase('Start {node}', {node}),
		stopHolder: (node: string, seconds: string): Text =>
			phrase(
				'{node} is shut down. It holds the VIPs, which go to the other director: clients notice an outage for up to {seconds} s.',
				{node, seconds},
			),
		stopSpare: (node: string): Text =>
			phrase(
				'{node} is shut down. Clients notice nothing, but nobody takes over from the other director until it runs again.',
				{node},
			),
		startHome: (node: string, seconds: string): Text =>
			phrase(
				'{node} is started. By the answers (ha.failback) the VIPs go back to it: clients notice an outage for up to {seconds} s.',
				{node, seconds},
			),
		told: (node: string): Text => phrase('{node}: libvirt was told', {node}),
		failed: (node: string, code: number): Text => phrase('{node}: exit code {code}', {node, code}),
		page: phrase('Page'),
		last: phrase('Last answers'),
		/** Heading of states in Pacemaker's own words. */
		resources: phrase('Resources (Pacemaker)'),
		director: {online: phrase('online'), standby: phrase('standby'), offline: phrase('offline')},
		array: phrase('Array (mdstat)'),
		exported: phrase('Export'),
		serves: phrase('Serve'),
		weight: phrase('weight'),
		requests: phrase('requests'),
	},
	removal: {
		intro: phrase('This will be removed; the rest of this machine is left alone:'),
		stays: phrase('This stays:'),
		ask: phrase("Type the cluster's name to remove it: "),
		nothing: phrase('There is nothing to remove.'),
		working: phrase('Removing …'),
		/** Shown below the output of `down`, which lists both. */
		done: phrase('The cluster is removed. Above: what was removed, and what stays.'),
		failed: (code: number): Text => phrase('Not everything could be removed (exit code {code}).', {code}),
		lines: (count: number): Text => phrase('{count} found', {count}),
	},
} satisfies Record<string, unknown>;
