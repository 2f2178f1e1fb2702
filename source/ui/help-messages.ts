import {phrase, type Text} from '../languages/text.ts';

interface ScreenHelp {
	readonly about: Text;
	readonly keys: ReadonlyArray<readonly [key: string, what: Text]>;
}

const filter = ['/', phrase('filter as you type; Enter keeps it, Esc clears it')] as const;
const search = ['/ n N', phrase('search as you type; next, previous match; Esc clears it')] as const;
const choose = ['↑ ↓', phrase('choose')] as const;

/** Help texts of the screens, shown on `?`. */
export const helpMessages: {
	everywhere: Text;
	common: ScreenHelp['keys'];
	screens: Record<
		| 'welcome'
		| 'answers'
		| 'preflight'
		| 'plan'
		| 'run'
		| 'failure'
		| 'verification'
		| 'dashboard'
		| 'removal'
		| 'logs'
		| 'explanation',
		ScreenHelp
	>;
} = {
	everywhere: phrase('Everywhere:'),
	common: [
		['Esc', phrase('back to the screen before')],
		['Ctrl-C', phrase('leave; while something runs it asks once, and a second one stops it in order')],
		['Ctrl-Z', phrase('to the shell; fg comes back, and work goes on meanwhile')],
		['Ctrl-L', phrase('draw the screen again')],
	],
	screens: {
		welcome: {
			about: phrase(
				'What will be built and where. Nothing happens to this machine before you accept the plan, two screens further, or ask for it with f, one further. If an earlier run stopped, it is said here and can go on.',
			),
			keys: [choose, ['Enter', phrase('do what is chosen')]],
		},
		answers: {
			about: phrase(
				'Every choice with its value. Where emulated machines get another one, the value in force stands beside it. A star marks what you have chosen yourself; all else follows the defaults, which fit this machine.',
			),
			keys: [
				choose,
				['Enter', phrase('change the value; ← → go through a short list')],
				['x', phrase('back to the default')],
				filter,
				['s', phrase('save as an answers file, for `up --answers`')],
			],
		},
		preflight: {
			about: phrase(
				'Whether this computer can carry the cluster. For what does not fit, the reason and what to do are shown. What the building itself will mend on this machine (✎: packages that are missing, most often) is no obstacle: its commands are shown, and can be run at once.',
			),
			keys: [
				choose,
				['Enter', phrase('to the plan, when everything fits')],
				['f', phrase('do now what is still open (✎), as `up --only packages` does')],
				['PgUp PgDn', phrase('scroll the commands')],
				['r', phrase('check again')],
				['a', phrase('change the answers')],
			],
		},
		plan: {
			about: phrase(
				'The chapters, what each makes on this machine, and what is there already. Accepting it is the point from which things are changed. The numbers are sections of the thesis. ✔ is there, ✎ to do, ◌ can be looked at later, ▶ is being looked at.',
			),
			keys: [['↑ ↓ PgUp PgDn Home End', phrase('scroll')], search, ['Enter', phrase('accept and begin')]],
		},
		run: {
			about: phrase(
				'Chapters on the left; on the right what runs now and, below, the output, the explanation of the chapter, or the machines.',
			),
			keys: [
				['Tab', phrase("the next machine's output (Shift-Tab: the one before)")],
				['v', phrase('output, explanation, machines')],
				['↑ ↓ PgUp PgDn', phrase('scroll; End or f follows the newest again')],
				['/ n N', phrase('search as you type, next older, next newer; Esc clears it')],
				['o', phrase('the full log from the disk')],
				[
					'g',
					phrase('guided mode on or off, in steps that begin from now on: each command is shown and waits for Enter'),
				],
			],
		},
		failure: {
			about: phrase(
				'What was attempted and what came of it. What does not depend on it goes on meanwhile. Esc goes back to look around; the question waits.',
			),
			keys: [
				choose,
				['Enter', phrase('do what is chosen')],
				['PgUp PgDn', phrase('scroll the text; Home and End go to its beginning and end')],
			],
		},
		verification: {
			about: phrase(
				"The thesis's tests and ours: something is broken on purpose while a client asks for the page, and mended again. Measured is set against what the settings predict at most: 4.3 s ≤ 12 s. The picture has a row for each director that held the VIP, each server that answered and each way in which requests were lost: × where the test passed, which allows it, ✖ where not; a gap is dotted, and numbers mark what was done.",
			),
			keys: [
				choose,
				['Enter', phrase('run the chosen test; Ctrl-C twice stops it and mends what it did')],
				['a b', phrase('run all tests; run the benchmarks')],
				['Tab', phrase('explanation, or what it showed last')],
				['PgUp PgDn', phrase('scroll')],
				['o', phrase('the full log from the disk')],
			],
		},
		dashboard: {
			about: phrase(
				'The cluster as it is, asked again every few seconds: who holds the addresses, who serves and how many requests each has, who answered the last ones, array and exports.',
			),
			keys: [
				choose,
				['s Enter', phrase('a shell on the node')],
				['p', phrase('stop or start the node; asks where clients notice it')],
				['P', phrase('stop the whole cluster, which asks, or start it')],
				['e', phrase('the chapters of what runs on the node')],
				['m', phrase('move the VIPs to the other director; asks')],
				['o', phrase('the page in the browser; again: end the forwarding')],
				['l r', phrase('logs; the report of what was measured')],
				['v b', phrase('verification; benchmarks, which ask')],
				['d', phrase('remove everything; asks for the name')],
				['PgUp PgDn', phrase('scroll what is below the nodes')],
			],
		},
		logs: {
			about: phrase('The journal of each node, and what every run printed, as it is kept on the disk.'),
			keys: [choose, ['Enter', phrase('show it in the pager ($PAGER)')], filter],
		},
		explanation: {
			about: phrase('What runs on the node, and why: the chapters of its steps.'),
			keys: [['↑ ↓', phrase('scroll')], ['← → Tab', phrase('the chapter before, the next one')], search],
		},
		removal: {
			about: phrase('Exactly what was created is removed; the list says what. What was there before is never touched.'),
			keys: [['↑ ↓', phrase('scroll')], filter, ['Enter', phrase('remove, once the name is typed')]],
		},
	},
};
