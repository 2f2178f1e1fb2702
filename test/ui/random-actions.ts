import type {AskedQuestion} from '../../source/session/ask-wizard.ts';
import type {Random} from '../fuzz/random.ts';
import {builtBackend} from '../screens/built-backend.ts';
import {FakeBackend, testOverview} from '../screens/fake-backend.ts';
import {askedCorosync, failedRaid} from '../screens/scenes.ts';
import type {ReferenceTerminal} from './reference-terminal.ts';

/** Keys that the screens know, the likely ones more than once. */
const keys = [
	...[
		'\r',
		'\r',
		'\r',
		'\u001B[A',
		'\u001B[B',
		'\u001B[B',
		'\u001B[B',
		'\u001B[C',
		'\u001B[D',
		'\t',
		'\u001B[Z',
		'\u001B[H',
		'\u001B[F',
		'\u001B[5~',
		'\u001B[6~',
		'\u007F',
		'\u001B[3~',
		'\u001BOH',
		'\u001B[1~',
	],
	...'abcdefghijklmnopqrstuvwxyzNR/?0123456789ñ',
	'y',
	's',
	'yes',
	'sí',
	'web',
	'x',
	' ',
];

/** Bytes that are no key: reports of mouse and focus, answers of terminals, pieces of sequences, other control characters. */
const noise = [
	'\u001B[<64;10;10M',
	'\u001B[<65;1;1M',
	'\u001B[<0;20;5M',
	'\u001B[<0;20;5m',
	'\u001B[M !!',
	'\u001B[I',
	'\u001B[O',
	'\u001B[24;80R',
	'\u001B]11;rgb:0000/0000/0000\u0007',
	'\u001B[?62;c',
	'\u001BPx\u001B\\',
	'\u001Bp',
	'\u001Bd',
	'\u001B[',
	'\u001B[1;',
	'\u001B[<64;1',
	'\u001BO',
	'\u0000',
	'\u0001',
	'\u0004',
	'\u0005',
	'\u000B',
	'\u0015',
	'\u0017',
	'\u001C',
	'\u001D',
	'\u001B[15~',
	'\u001B[1;5A',
	'\uFEFF',
	'\u202E',
	'\u{E0041}',
];

const pastes = [
	'web',
	'web\r',
	'\r',
	'y',
	'y\r',
	'yes\r',
	'sí\r\n',
	'\u001B[A\r\u001B[B\r',
	'a\tb\nc',
	'日本語\r',
	'q\u0003',
	'x'.repeat(3000),
	'',
	'\u001B[201',
	'd\rweb\r',
];

/** One of the places in which the wizard may find a cluster. */
export function randomBackend(random: Random): FakeBackend {
	const sandbox = random.chance(0.5);
	const backend = random.of([
		() => new FakeBackend(testOverview({sandbox})),
		() => builtBackend({sandbox}),
		() => builtBackend({sandbox}),
		() => builtBackend({sandbox, openDrills: ['3']}),
		() =>
			builtBackend({
				sandbox,
				past: {kind: 'interrupted', since: '2026-01-02T11:00:00.000Z', run: 'r0', unit: 'raid:nas', status: 'failed'},
			}),
	])();
	backend.checks = [
		{title: 'The rights of root', status: 'ok'},
		{
			title: 'Find room',
			status: random.of(['ok', 'ok', 'would-change', 'failed']),
			reason: 'because',
			commands: ['true'],
		},
	];
	return backend;
}

/** The next action: a text for the report, and its effect on the terminal. */
export interface Action {
	readonly name: string;
	/** The key, if it is one that a user pressed alone. */
	readonly key?: string;
	/** Milliseconds until its effect is complete. */
	readonly settle: number;
	readonly run: (terminal: ReferenceTerminal) => void;
}

function pressed(text: string, settle = 0): Action {
	return {
		name: `press ${JSON.stringify(text)}`,
		key: text,
		settle,
		run: terminal => {
			terminal.press(text);
		},
	};
}

/** Sequences that answer a question, which chance alone would hardly make. */
const answers = [
	['web', '\r'],
	['w', 'e', 'b', '\r'],
	['yes', '\r'],
	['sí', '\r'],
	['no', '\r'],
	['p', 'y'],
	['p', 's'],
	['p', 'yes', '\r'],
	['m', 'sí', '\r'],
	['a', 'yes', '\r'],
	['b', 'yes', '\r'],
	['\r', 'sí', '\r'],
];

/** The next actions: one, or the answer to a question key by key. */
export function randomActions(random: Random): Action[] {
	return random.chance(0.03) ? random.of(answers).map(text => pressed(text)) : [randomAction(random)];
}

function randomAction(random: Random): Action {
	const chance = random.next();
	if (chance < 0.72) {
		return pressed(random.of(keys));
	}

	if (chance < 0.78) {
		// A pause behind it, as a user makes; without one it begins a sequence.
		return pressed('\u001B', random.chance(0.9) ? 55 : 0);
	}

	if (chance < 0.83) {
		return pressed(random.of(noise));
	}

	if (chance < 0.87) {
		const text = random.of(pastes);
		// Unmarked, lines in one chunk are told from keys only where there is more text than one key's.
		const isMarked = text.includes('\u001B') || text.trim().length < 2 || random.chance(0.8);
		const whole = isMarked ? `\u001B[200~${text}\u001B[201~` : text;
		const cut = isMarked ? random.below(whole.length) : 0;
		return {
			name: `paste ${JSON.stringify(whole)} cut at ${cut}`,
			settle: 0,
			run: terminal => {
				terminal.press(whole.slice(0, cut));
				terminal.press(whole.slice(cut));
			},
		};
	}

	if (chance < 0.88) {
		return pressed('\u000C');
	}

	if (chance < 0.8815) {
		return pressed('\u0003');
	}

	if (chance < 0.92) {
		const [columns, rows] = random.of([
			[80, 24],
			[80, 24],
			[120, 40],
			[60, 20],
			[61, 21],
			[100, 30],
			[60 + random.below(150), 20 + random.below(50)],
			[1 + random.below(80), 1 + random.below(30)],
		] as Array<[number, number]>);
		return {
			name: `resize ${columns}×${rows}`,
			settle: 60,
			run: terminal => {
				terminal.resize(columns, rows);
			},
		};
	}

	return randomEvent(random);
}

/** Something that the work tells; nothing where no work goes on. */
function randomEvent(random: Random): Action {
	const [name, tell] = random.of<[string, (backend: FakeBackend) => void | Promise<void>]>([
		[
			'announce',
			backend => {
				backend.announce();
			},
		],
		[
			'output',
			backend => {
				for (let line = random.below(300); line > 0; line--) {
					backend.tell(line / 1000, {
						type: 'output',
						unit: 'raid:nas',
						step: 'raid',
						host: random.of(['nas', 'master', 'server1']),
						stream: random.of(['stdout', 'stderr']),
						line: random.of(['a line', '日本語'.repeat(40), 'x'.repeat(500), '\u001B[31mred\u001B[0m and \u0007 more']),
					});
				}
			},
		],
		[
			'step',
			backend => {
				backend.tell(1, {type: 'step-started', unit: 'raid:nas', step: 'raid', host: 'nas', title: 'The array'});
				backend.tell(2, {
					type: 'task-started',
					unit: 'raid:nas',
					step: 'raid',
					host: 'nas',
					task: 'Create /dev/md0',
					index: 0,
					command: 'mdadm',
				});
			},
		],
		[
			'failure',
			backend => {
				backend.ask({...failedRaid, id: `q${random.below(1000)}`, skippable: random.chance(0.5)} as AskedQuestion);
			},
		],
		[
			'question',
			backend => {
				backend.ask({...askedCorosync, id: `a${random.below(1000)}`});
			},
		],
		[
			'text',
			backend => {
				backend.say(random.of(['The bundle is in /home/student/x', 'ñ'.repeat(300), '']));
			},
		],
		['end', async backend => backend.end(random.of([0, 0, 1, 130]))],
	]);
	return {
		name: `event: ${name}`,
		settle: 0,
		run: ({backend, wizard}) => {
			if (wizard.work.isGoingOn) {
				void tell(backend);
			}
		},
	};
}
