import {expect, test} from 'vitest';
import {builtBackend} from './built-backend.ts';
import {FakeBackend} from './fake-backend.ts';
import {opened, untilTestEnds} from './opened.ts';
import {failedRaid, midway, scenes} from './scenes.ts';
import {keys} from './screen.tsx';

test('the menu of a failure takes no digits: nothing on it is numbered', async () => {
	const screen = await opened();
	await midway(screen);
	screen.backend.ask({...failedRaid, skippable: true});
	await screen.settle();
	await screen.press('1', '3', '7');
	expect(screen.backend.answers).toEqual([]);
	expect(screen.text()).toContain('· Failure');
	await screen.press(keys.enter);
	expect(screen.backend.answers).toEqual([['q1', 'retry']]);
});

test.each([
	['en', [keys.enter], 'Trying again: Create /dev/md0 (RAID · nas)'],
	['es', [keys.enter], 'Se intenta otra vez: Create /dev/md0 (RAID · nas)'],
	['en', [keys.down, keys.down, keys.enter], 'Skipped: Create /dev/md0 (RAID · nas)'],
	['en', [keys.up, keys.up, keys.enter], 'Given up: Create /dev/md0 (RAID · nas); the rest goes on'],
] as const)(
	'in %s, what follows from the answer is said at once, also where the next failure waits',
	async (language, pressed, sentence) => {
		const screen = await opened({state: {language}});
		await midway(screen);
		screen.backend.ask({...failedRaid, skippable: true});
		screen.backend.ask({
			...failedRaid,
			id: 'q2',
			unit: 'machines:server1',
			step: 'machines',
			host: 'host',
			task: 'Wait for SSH',
		});
		await screen.settle();
		await screen.press(...pressed);
		expect(screen.text()).toContain(sentence);
		expect(screen.text()).toContain(language === 'en' ? 'Machines · server1' : 'Máquinas · server1');
		await screen.press(keys.enter);
		expect(screen.text()).toContain(language === 'en' ? '· Run' : '· Ejecución');
		expect(screen.text()).toContain(`Wait for SSH (${language === 'en' ? 'Machines' : 'Máquinas'} · server1)`);
		screen.backend.ask({...failedRaid, id: 'q3'});
		await screen.settle();
		await screen.press(keys.escape);
		expect(screen.text()).not.toContain(`Wait for SSH (${language === 'en' ? 'Machines' : 'Máquinas'} · server1)`);
	},
);

test('while a support bundle is saved, it is said', async () => {
	const screen = untilTestEnds(await scenes['failure']!());
	await screen.press(keys.down, keys.down, keys.down, keys.enter);
	expect(screen.backend.started).toEqual(['up', 'support']);
	expect(screen.text()).toContain('Saving the bundle …');
});

test.each(['en', 'es'] as const)(
	'in %s, answers that up refuses are not accepted: reasons once, and Enter leads to the first of them',
	async language => {
		const screen = untilTestEnds(await scenes['plan, of answers that up refuses']!({state: {language}}));
		expect(screen.text().match(/raid\.level/g)).toHaveLength(1);
		expect(screen.text()).not.toMatch(/Enter accepts|Intro acepta/);
		await screen.press(keys.enter);
		await screen.settle();
		expect(screen.backend.started).toEqual(['plan']);
		expect(screen.text()).toContain(language === 'en' ? '· Answers' : '· Respuestas');
		expect(screen.text()).toMatch(/^› {3}internal +10\.0\.10\.200/m);
	},
);

test.each([
	['en', 'The cluster is there. Every chapter is looked at', 'This will be done'],
	['es', 'El clúster ya existe. Se mira cada capítulo', 'Esto se hará'],
] as const)(
	'in %s, the plan of a cluster that is there does not speak of building it',
	async (language, there, anew) => {
		const built = await opened({backend: builtBackend(), state: {language}});
		built.wizard.navigation.go('plan');
		await built.settle();
		expect(built.text()).toContain(there);
		expect(built.text()).not.toContain(anew);
		const first = await opened({state: {language}});
		first.wizard.navigation.go('plan');
		await first.settle();
		expect(first.text()).toContain(anew);
	},
);

test('a host that does not fit: Enter leads to its checks', async () => {
	const screen = await opened({backend: new FakeBackend()});
	screen.wizard.navigation.go('plan');
	await screen.settle();
	screen.backend.say('The host does not fit.');
	await screen.backend.end(3);
	await screen.settle();
	await screen.press(keys.enter);
	expect(screen.backend.started).toEqual(['plan']);
	expect(screen.text()).toContain('· The host');
});

test.each([
	[60, 20],
	[80, 24],
])('at %i×%i every screen says how to go on and how to leave', async (columns, rows) => {
	for (const language of ['en', 'es'] as const) {
		for (const name of [
			'removal',
			'answers',
			'plan',
			'logs',
			'dashboard',
			'verification',
			'preflight, something to install',
			'run, guided',
		] as const) {
			const screen = untilTestEnds(await scenes[name]!({columns, rows, state: {language}}));
			const bar = screen.text().split('\n').at(-1);
			expect(bar, `${name} in ${language}`).toMatch(/Esc|Ctrl-C|Enter |Intro /);
			if (name !== 'run, guided') {
				expect(bar, `${name} in ${language}`).toContain('Esc ');
			}
		}
	}
});

test('a menu that gets fewer rows keeps its cursor', async () => {
	const screen = untilTestEnds(await scenes['failure']!({columns: 80, rows: 40}));
	await screen.press(keys.up, keys.up);
	expect(screen.text()).toContain('› Give it up');
	screen.store.set({size: {columns: 60, rows: 20}, decided: 'Trying again: '.repeat(24)});
	await screen.settle();
	await screen.press(keys.down);
	expect(screen.text()).toContain('› Stop everything');
	await screen.press(keys.down);
	expect(screen.text()).toContain('› Try again');
});
