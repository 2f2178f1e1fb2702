import {spokenSize} from '../languages/quantity.ts';
import {phrase, type Text} from '../languages/text.ts';

interface Room {
	readonly needed: number;
	readonly available: number;
}

/** Texts of the screens before a build. */
export const beginMessages = {
	welcome: {
		what: (count: number): Text => phrase('{count} machines that answer as one, also when one of them fails:', {count}),
		client: phrase('client'),
		external: phrase('external'),
		internal: phrase('internal'),
		sandboxPlace: phrase('in a sandbox: this machine only gets packages and files'),
		hostPlace: phrase('on this host itself'),
		emulated: phrase('No hardware virtualization: the machines are emulated, which takes longer.'),
		/** In MiB. */
		room: (memory: Room, disk: Room): Text =>
			phrase('Needs {needed} of {available} free memory, {diskNeeded} of {diskAvailable} free disk', {
				needed: spokenSize(memory.needed),
				available: spokenSize(memory.available),
				diskNeeded: spokenSize(disk.needed),
				diskAvailable: spokenSize(disk.available),
			}),
		/** In MiB. */
		free: (memory: Room, disk: Pick<Room, 'available'>): Text =>
			phrase('Needs {needed} of memory. Free: {available} of memory, {diskAvailable} of disk', {
				needed: spokenSize(memory.needed),
				available: spokenSize(memory.available),
				diskAvailable: spokenSize(disk.available),
			}),
		buildSandbox: phrase('Build in a sandbox'),
		buildHost: phrase('Build on this host'),
		answers: phrase('Look at the answers first'),
		guidedOn: phrase('Guided mode is off. Turn it on: each command waits'),
		guidedOff: phrase('Guided mode is on. Turn it off: all runs by itself'),
		quit: phrase('Quit'),
		resume: phrase('Resume where it stopped'),
		log: phrase('Look at its log'),
		over: phrase('Start over: remove everything, then build'),
		remove: phrase('Remove everything'),
		dashboard: phrase('Dashboard: the cluster as it is'),
		verify: phrase('Verification'),
		mend: phrase('Bring the cluster back from it'),
		cutOff: (drills: readonly string[]): Text =>
			phrase('A test was cut off, and what it broke may still be broken: {drills}', {drills: drills.join(', ')}),
		rebuild: phrase('Check everything and mend what differs'),
		stopped: {
			failed: (when: string, unit: string): Text => phrase('A run failed on {when}, at {unit}.', {when, unit}),
			interrupted: (when: string, unit: string): Text =>
				phrase('A run was stopped on {when}, at {unit}.', {when, unit}),
			killed: (when: string, unit: string): Text =>
				phrase('A run was cut off (begun on {when}), at {unit}.', {when, unit}),
		},
		working: (text: Text): Text => phrase('This cluster is {text}. This screen goes on when that has ended.', {text}),
		built: (when: string): Text => phrase('Built on {when}.', {when}),
		start: phrase('its beginning'),
	},
	answers: {
		intro: phrase('Everything has a default. What is chosen is marked.'),
		inForce: (value: string): Text => phrase('In force: {value}, because the machines are emulated.', {value}),
		counts: (value: string): Text => phrase('(in force: {value})', {value}),
		mustBe: (form: string): Text => phrase('must be {form}', {form}),
		refused: phrase('not possible'),
		none: phrase('No answer holds this text.'),
		count: (found: number, all: number): Text => phrase('{found} of {all}', {found, all}),
		saveAs: phrase('Save as: '),
		saved: (file: string): Text => phrase('Saved in {file}', {file}),
		fixed: phrase('This cluster is there already: machines and addresses keep their answers.'),
		wifi: phrase('Wi-Fi or mobile: cannot be a bridge port'),
		virtual: phrase('made by software (a bond, a VLAN)'),
		cable: phrase('cable connected'),
		noCable: phrase('no cable'),
	},
	preflight: {
		intro: phrase('Whether this computer can carry the cluster. Looking changes nothing.'),
		checking: phrase('checking …'),
		good: phrase('Everything fits. Enter: see the plan.'),
		bad: phrase('Something does not fit: mend it, or change the answers (a), and check again (r).'),
		open: phrase('Everything fits; what is still open (✎) the building does. Enter: see the plan. f: do it now.'),
		holds: phrase('This holds already: nothing is to be done for it.'),
		willRun: phrase('What will be run:'),
		installing: phrase('Installing'),
		installed: (time: string): Text => phrase('Done in {time}.', {time}),
		notInstalled: (code: number, time: string): Text => phrase('It ended with code {code} after {time}:', {code, time}),
		fix: phrase('What to do'),
	},
	plan: {
		intro: phrase('This will be done, in this order where one needs the other. Nothing was changed yet.'),
		again: phrase(
			'The cluster is there. Every chapter is looked at, and what differs is put right. Nothing was changed yet.',
		),
		refused: phrase('The cluster cannot be built like this, for these reasons:'),
		toAnswers: phrase('Enter leads to the answers.'),
		toHost: phrase('Enter leads back to the checks of the host.'),
		makes: phrase('makes'),
		accept: phrase('Enter accepts the plan and begins; what is made can be removed again.'),
		legend: phrase('4.1: section of the thesis · ✔ there · ✎ to do · ◌ seen later · ▶ looking'),
		looking: phrase('looking …'),
		tasks: (count: number): Text => (count === 1 ? phrase('1 task') : phrase('{count} tasks', {count})),
		packages: phrase('Packages that are missing are installed with apt and stay.'),
	},
} satisfies Record<string, unknown>;
