import {expect, test} from 'vitest';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {openAnswers} from './answers-scenes.ts';
import {opened, untilTestEnds} from './opened.ts';
import {keys, type Screen} from './screen.tsx';
import {scenes} from './scenes.ts';

/** The last row: the keys. */
const keyBar = (screen: Screen) => screen.text().trimEnd().split('\n').at(-1)!;

test.each([
	['en', 'Esc back', '? help'],
	['es', 'Esc volver', '? ayuda'],
] as const)('the answers keep all their keys at 60 columns (%s)', async (language, back, help) => {
	const screen = untilTestEnds(await openAnswers({columns: 60, rows: 20, state: {language}}));
	const bar = keyBar(screen);
	for (const key of ['↑↓', 'x', 's', '/', back, help]) {
		expect(` ${bar} `).toContain(` ${key} `);
	}
});

test.each([
	['en', 'Ctrl-C stop', '? help'],
	['es', 'Ctrl-C', '? ayuda'],
] as const)('guided mode keeps all its keys at 60 columns (%s)', async (language, stop, help) => {
	const screen = untilTestEnds(await scenes['run, guided']!({columns: 60, rows: 20, state: {language}}));
	const bar = keyBar(screen);
	for (const key of [language === 'en' ? 'Enter' : 'Intro', 's', 'g', 'v', stop, help]) {
		expect(` ${bar} `).toContain(` ${key}`);
	}
});

test('Welcome names the machines where their picture does not fit', async () => {
	const screen = await opened({
		columns: 60,
		rows: 20,
		backend: new FakeBackend(testOverview({acceleration: 'tcg'})),
	});
	await screen.wizard.load();
	await screen.settle();
	expect(screen.text()).toMatch(/one of them fails:\n +nas · master · standby · server1/);
});

test('Esc out of the answers puts the cursor of Welcome back on its item', async () => {
	const screen = await opened({backend: new FakeBackend(testOverview())});
	await screen.wizard.load();
	await screen.settle();
	await screen.press(keys.down, keys.down);
	expect(screen.text()).toContain('› Look at the answers first');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Answers');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('› Look at the answers first');
});

test('the next "Save as" proposes the name of the last one', async () => {
	const screen = untilTestEnds(await openAnswers({}));
	await screen.press('s', keys.home, 'm', 'y', '-', keys.enter);
	expect(screen.text()).toContain('Saved in /home/student/my-cluster.yaml');
	await screen.press(keys.escape, keys.escape);
	screen.wizard.navigation.go('answers');
	await screen.settle();
	await screen.press('s');
	expect(screen.text()).toContain('Save as: my-cluster.yaml█');
});

test('Verification counts tests as its help does, without the benchmarks', async () => {
	const screen = await opened({backend: new FakeBackend(testOverview())});
	await screen.wizard.load();
	screen.wizard.navigation.go('verification');
	await screen.settle();
	const {length} = screen.backend.view.drills;
	expect(screen.text()).toContain(`Verification · test 1 of ${length}`);
	await screen.press(...Array.from({length}, () => keys.down));
	expect(screen.text()).toContain('Verification · benchmarks');
});

test('the plan explains its numbers and signs where there is room', async () => {
	const screen = await opened({columns: 80, rows: 24, backend: new FakeBackend(testOverview())});
	await screen.wizard.load();
	screen.wizard.navigation.go('plan');
	await screen.settle();
	expect(screen.text()).toContain('4.1: section of the thesis · ✔ there · ✎ to do');
});

test('an explanation shows the title of its chapter once', async () => {
	const screen = await opened({backend: new FakeBackend(testOverview())});
	await screen.wizard.load();
	const unit = screen.backend.view.units.find(({step}) => step === 'raid')!;
	screen.backend.chapters.set('raid', `## ${unit.title.en}\n\n### What it is for\n\nText.`);
	const steps = [...new Set(screen.backend.view.units.filter(({host}) => host === 'nas').map(({step}) => step))];
	screen.store.set({reading: {node: 'nas', chapter: steps.indexOf('raid')}});
	screen.wizard.navigation.go('explanation');
	await screen.settle();
	expect(screen.text().split(unit.title.en)).toHaveLength(2);
	expect(screen.text()).toContain('Text.');
});
