import {phrase, phraseIn, type Text} from '../languages/text.ts';

/** Texts that several screens of the wizard share. */
export const uiMessages = {
	title: phrase('A highly available web cluster'),
	loading: phrase('Looking at this machine …'),
	tooSmall: (columns: number, rows: number): Text =>
		phrase('This terminal has {columns}×{rows}; the wizard needs 60×20. Make it larger, or use `cluster-wizard up`.', {
			columns,
			rows,
		}),
	/** @param missing the stream that is not a terminal */
	needsTerminal: (missing: 'input' | 'output'): Text =>
		missing === 'input'
			? phrase('The wizard reads keys from a terminal, and standard input is none.')
			: phrase('The wizard draws on a terminal, and standard output is none.'),
	/** @param term value of the variable TERM */
	dumbTerminal: (term: string): Text =>
		term === ''
			? phrase('TERM is not set, so nobody knows how to draw the wizard on this terminal.')
			: phrase('This terminal says that it cannot move the cursor (TERM={term}), and the wizard draws screens.', {
					term,
				}),
	withoutScreens: phrase(
		'The same without screens: `cluster-wizard plan` shows the steps, `cluster-wizard up` builds the cluster, `cluster-wizard status` shows its state; `cluster-wizard help` lists all commands.',
	),
	interrupted: (command: string): Text => phrase('Stopped in order. Go on with: {command}', {command}),
	screens: {
		welcome: phrase('Welcome'),
		answers: phraseIn('the file', 'Answers'),
		preflight: phrase('The host'),
		plan: phrase('Plan'),
		run: phrase('Run'),
		failure: phrase('Failure'),
		verification: phrase('Verification'),
		dashboard: phrase('Dashboard'),
		removal: phrase('Removal'),
		logs: phrase('Logs'),
		explanation: phrase('Explanation'),
		help: phrase('Help'),
	},
	/** Shown in the title while guided mode is on. */
	guidedOn: phrase('guided mode'),
	/** Names of keys that differ by keyboard language; all other names are the same. */
	keyNames: {
		Enter: phrase('Enter'),
		PgUp: phrase('PgUp'),
		PgDn: phrase('PgDn'),
	},
	keys: {
		arrows: phrase('choose'),
		enter: phrase('go on'),
		open: phrase('open'),
		back: phrase('back'),
		help: phrase('help'),
		quit: phrase('quit'),
		scroll: phrase('scroll'),
		accept: phrase('accept'),
		machine: phrase('machine'),
		search: phrase('search'),
		filter: phrase('filter'),
		keep: phrase('keep'),
		remove: phrase('remove'),
		clear: phrase('clear'),
		next: phrase('next'),
		view: phrase('view'),
		guided: phrase('guided'),
		fullLog: phrase('full log'),
		save: phrase('save'),
		change: phrase('change'),
		byDefault: phrase('default'),
		answers: phraseIn('the file', 'answers'),
		fix: phrase('do it now'),
		again: phrase('again'),
		stop: phraseIn('a run', 'stop'),
		run: phrase('run it'),
		skip: phrase('skip'),
		leaveGuided: phrase('run the rest'),
		close: phrase('close'),
	},
	worksOn: phrase('The work goes on. `fg` comes back to the wizard.'),
	stopping: {
		asked: phrase('Something is running. Ctrl-C again stops it in order; any other key goes on.'),
		stopping: phrase('Stopping: what runs is being ended in order …'),
	},
	shell: {
		failed: phrase(
			'SSH could not connect (exit code 255). Its own words are on the screen of before: leave the wizard to read them.',
		),
		entering: (node: string): Text => phrase('A shell on {node}. `exit` comes back to the wizard.', {node}),
	},
	status: {
		waiting: phrase('waiting'),
		running: phrase('running'),
		ok: phrase('ok'),
		changed: phrase('done'),
		failed: phraseIn('a state', 'failed'),
		skipped: phrase('skipped'),
		'would-change': phrase('to do'),
		unknown: phrase('later'),
		blocked: phrase('blocked'),
		interrupted: phrase('stopped'),
	},
	minutes: (minutes: number): Text => phrase('about {minutes} min left', {minutes}),
	soon: phrase('less than a minute left'),
	/** @param seconds longest wait for a machine that does not answer */
	supportBegins: (machines: number, seconds: number): Text =>
		phrase('Asking the host and {machines} machines for their state, at most {seconds} s …', {machines, seconds}),
	support: (file: string): Text => phrase('The bundle is in {file}', {file}),
};
