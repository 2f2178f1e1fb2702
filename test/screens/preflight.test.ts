import {expect, test} from 'vitest';
import {opened} from './opened.ts';
import {lackingPackages, toInstall} from './preflight-scenes.ts';
import {keys} from './screen.tsx';
import {askedCorosync, failedRaid} from './scenes.ts';

test('what the building will mend is no obstacle, and f mends it at once: exactly that job, then another look', async () => {
	const screen = await opened({state: {isGuided: true}});
	screen.backend.checks = lackingPackages;
	await screen.press(keys.enter);
	expect(screen.text()).toContain('f do it now');
	expect(screen.text()).toContain('not installed: virtinst');
	await screen.press('f');
	expect(screen.backend.started).toEqual(['up --only packages']);
	// The command was shown already; what fails is seen by the look that follows.
	screen.backend.ask(askedCorosync);
	screen.backend.ask(failedRaid);
	expect(screen.backend.answers).toEqual([
		['q2', 'all'],
		['q1', 'stop'],
	]);
	await screen.press(keys.enter, keys.escape, 'a', 'r', 'f');
	expect(screen.text()).toContain('▶ Installing');
	expect(screen.backend.started).toHaveLength(1);
	screen.backend.checks = screen.backend.checks.map(({title}) => ({title, status: 'ok'}));
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('Everything fits. Enter');
	expect(screen.text()).not.toContain('f do it now');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Plan');
	await screen.press(keys.enter);
	await screen.settle();
	expect(screen.backend.started).toEqual(['up --only packages', 'plan', 'up']);
	expect(screen.text()).toContain('· Run');
});

test('the plan is open although packages are missing', async () => {
	const screen = await toInstall(await opened());
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Plan');
});

test('nothing is installed on a machine that does not fit', async () => {
	const screen = await toInstall(await opened());
	screen.backend.checks = [...screen.backend.checks, {title: 'Find room', status: 'failed', reason: 'none'}];
	await screen.press('r', 'f', keys.enter);
	expect(screen.backend.started).toEqual([]);
	expect(screen.text()).toContain('· The host');
});

test('Ctrl-C twice stops the installing in order, and leaves', async () => {
	const screen = await toInstall(await opened());
	await screen.press('f', keys.interrupt);
	expect(screen.text()).toContain('Something is running');
	await screen.press(keys.interrupt);
	expect(screen.backend.stops).toBe(1);
	await expect(screen.wizard.left).resolves.toBe(130);
});

test.each([
	['en', 'This holds already'],
	['es', 'Esto ya se cumple'],
] as const)('a chosen check that passes says what was found (%s)', async (language, holds) => {
	const screen = await opened({state: {language}});
	screen.backend.checks = [
		{title: 'Count the processors', status: 'ok', found: '0 processors with vmx or svm'},
		{title: 'The rights of root', status: 'ok'},
	];
	screen.wizard.navigation.go('preflight');
	await screen.settle();
	expect(screen.text()).toContain('0 processors with vmx or svm');
	await screen.press(keys.down);
	expect(screen.text()).toContain(holds);
});
