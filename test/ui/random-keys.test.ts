import {expect, test, vi} from 'vitest';
import {consentMessages, isYes} from '../../source/session/consent-messages.ts';
import {beginMessages} from '../../source/messages/begin.ts';
import {workMessages} from '../../source/messages/work.ts';
import type {State} from '../../source/ui/state/store.ts';
import {Random, seedFor} from '../fuzz/random.ts';
import {ReferenceTerminal} from './reference-terminal.ts';
import {randomActions, randomBackend, type Action} from './random-actions.ts';

const cases = Number(process.env['CASES'] ?? 400);

/** Actions between two comparisons with the reference terminal. */
const between = 10;

/** Actions on one wizard before another is opened. */
const longest = 400;

interface Before {
	readonly text: string;
	readonly state: State;
}

/** Why a command must not have been started by this key on that screen; nothing if its question was answered. */
function fault(command: string, {text, state}: Before, key: string | undefined): string | undefined {
	const {language, consent, overview} = state;
	const isEnter = key === '\r';
	const answerTo = (question: string) =>
		text.includes(question)
			? text
					.slice(text.indexOf(question) + question.length)
					.split('\n')[0]!
					.replace('█', '')
					.trim()
			: undefined;
	const isConsented =
		isEnter && consent !== undefined && isYes(answerTo(consentMessages.ask[language]) ?? '', language);
	if (command.startsWith('down')) {
		return isEnter && answerTo(workMessages.removal.ask[language]) === overview?.name
			? undefined
			: "removal without the cluster's name";
	}

	if (
		command.startsWith('move') ||
		command.startsWith('stop') ||
		(command.startsWith('exec') && !command.includes(' virsh -q start '))
	) {
		return isConsented ? undefined : 'a node or the cluster stopped, or the VIPs moved, without a question';
	}

	if (command.startsWith('verify')) {
		const isHarmful = overview!.drills.some(
			({id, isHarmful}) => isHarmful && (!command.includes('--test') || command.includes(`--test ${id}`)),
		);
		return !isHarmful || isConsented ? undefined : 'a drill that harms without its question';
	}

	if (command.startsWith('bench')) {
		return isConsented ? undefined : 'load without its question';
	}

	if (command.startsWith('up') && !command.includes('--only')) {
		return isEnter && text.includes(beginMessages.plan.accept[language].slice(0, 20))
			? undefined
			: 'a build without the plan';
	}

	return undefined;
}

/** In either language, on any screen; half of the time with work going on. */
function begin({store, wizard, backend}: ReferenceTerminal, random: Random): void {
	store.set({language: random.of(['en', 'es'] as const)});
	if (random.chance(0.4)) {
		wizard.navigation.home('run');
		wizard.setGuided(random.chance(0.3));
		wizard.work.start('up');
		backend.announce();
	} else {
		wizard.navigation.go(
			random.of([
				'welcome',
				'answers',
				'preflight',
				'plan',
				'verification',
				'dashboard',
				'dashboard',
				'removal',
			] as const),
		);
	}
}

test(
	`${cases} random keys, pastes, resizes and events: no crash, no broken frame, nothing destroyed unasked`,
	{timeout: 60_000 + cases * 200},
	async () => {
		const seed = seedFor('random keys');
		const random = new Random(seed);
		const screens = new Set<string>();
		const started = new Map<string, number>();
		let comparisons = 0;
		// Programs that get the terminal announce themselves on it.
		const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
		try {
			for (let count = 0; count < cases;) {
				const terminal = new ReferenceTerminal(randomBackend(random));
				const history: string[] = [];
				const coming: Action[] = [];
				const say = (what: string) =>
					`${what}; SEED=${seed}, ${count} done, the last of them:\n${history.slice(-60).join('\n')}`;
				let isLeft = false;
				void terminal.wizard.left.then(() => {
					isLeft = true;
				});
				try {
					await terminal.open();
					begin(terminal, random);
					await terminal.settle();
					for (let turn = 0; turn < longest && count < cases && !isLeft; turn++, count++) {
						const before = {text: await terminal.text(), state: terminal.store.get()};
						const known = terminal.backend.started.length;
						if (coming.length === 0) {
							coming.push(...randomActions(random));
						}

						const action = coming.shift()!;
						history.push(action.name);
						action.run(terminal);
						await terminal.settle(action.settle);
						expect(terminal.crash, say('crashed')).toBeUndefined();
						for (const command of terminal.backend.started.slice(known)) {
							const [word = ''] = command.split(' ');
							started.set(word, (started.get(word) ?? 0) + 1);
							expect(
								fault(command, before, action.key),
								say(`${command}\non this screen:\n${before.text}`),
							).toBeUndefined();
						}

						screens.add(`${terminal.store.get().screens.at(-1)}${terminal.store.get().isHelpOpen ? ', help' : ''}`);
						if (turn % between === between - 1 && !isLeft) {
							comparisons++;
							await terminal.settle();
							expect(await terminal.cells(), say('the screen differs from a fresh one')).toEqual(
								await terminal.freshCells(),
							);
						}
					}
				} finally {
					terminal.close();
				}
			}
		} finally {
			write.mockRestore();
		}

		console.log(
			`${cases} actions, ${comparisons} comparisons; screens: ${[...screens].sort().join(', ')}; commands: ${[...started].map(([name, times]) => `${name} ${times}`).join(', ')}`,
		);
	},
);

test('a terminal that shrinks to one column shows nothing, also after Ctrl-L', async () => {
	const terminal = new ReferenceTerminal(randomBackend(new Random(1)));
	try {
		await terminal.open();
		await terminal.settle();
		expect((await terminal.text()).trim()).not.toBe('');
		terminal.resize(1, 24);
		await terminal.settle();
		expect((await terminal.freshCells()).length).toBe(24);
		expect((await terminal.text()).trim()).toBe('');
	} finally {
		terminal.close();
	}
});
