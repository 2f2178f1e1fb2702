import {expect, test} from 'vitest';
import {opened} from './opened.ts';
import {keys} from './screen.tsx';

test('a search at the end of the plan finds what stands above', async () => {
	const screen = await opened();
	screen.wizard.navigation.go('plan');
	await screen.settle();
	await screen.press(keys.end, '/', ...'4.1 The host');
	expect(screen.text().split('\n').slice(3).join('\n')).toContain('4.1 The host');
});

test('packages are told of only while one may be missing', async () => {
	const screen = await opened();
	screen.wizard.navigation.go('plan');
	await screen.settle();
	expect(screen.text()).toContain('Packages that are missing');
	screen.backend.tell(1, {
		type: 'step-finished',
		unit: 'packages',
		step: 'packages',
		host: 'machine',
		status: 'ok',
		duration: 0.5,
	});
	await screen.at(1);
	expect(screen.text()).not.toContain('Packages that are missing');
});
