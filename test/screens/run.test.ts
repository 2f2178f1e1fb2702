import {expect, test} from 'vitest';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {opened} from './opened.ts';
import {ended, midway, page} from './scenes.ts';

test.each([
	['en', 'The page answers', 'That address is inside the sandbox'],
	['es', 'La página responde', 'Esa dirección está dentro del entorno aislado'],
] as const)('a build that ended says what the page answered (%s)', async (language, answers, inside) => {
	const screen = await opened({columns: 110, state: {language}});
	await ended(screen, 0);
	expect(screen.text()).toContain(`${answers}: http://192.168.1.200/index.php 200, 13 ms (server1, server2, server3)`);
	expect(screen.text()).toContain(inside);
	const onHost = await opened({
		columns: 110,
		state: {language},
		backend: new FakeBackend(testOverview({sandbox: false})),
	});
	await ended(onHost, 0);
	expect(onHost.text()).toContain(answers);
	expect(onHost.text()).not.toContain(inside);
});

test('a page that fails is no success', async () => {
	const screen = await opened({columns: 110});
	await midway(screen);
	screen.backend.tell(300, {
		type: 'run-finished',
		run: 'r1',
		status: 'ok',
		changed: 40,
		duration: 300,
		page: {...page, answers: [{outcome: 'wrong-content', status: 500, server: 'server1', latency: 5}]},
	});
	await screen.backend.end(0);
	await screen.at(300);
	expect(screen.text()).toContain('WARNING: the cluster is built, but');
	expect(screen.text()).not.toContain('The cluster is built.');
});

test('at the beginning no place has output, and at the end one that has some is shown', async () => {
	const screen = await opened();
	screen.wizard.navigation.home('run');
	screen.wizard.work.start('up');
	screen.backend.announce();
	await screen.settle();
	expect(screen.text()).toContain('── Output\n');
	expect(screen.text()).not.toContain('Output:');
	const label = {unit: 'packages', step: 'packages', host: 'machine'};
	screen.backend.tell(1, {type: 'step-started', ...label, title: 'Packages'});
	screen.backend.tell(1, {type: 'output', ...label, stream: 'stdout', line: 'Setting up virtinst'});
	screen.backend.tell(2, {type: 'step-finished', ...label, status: 'changed', duration: 1});
	screen.backend.tell(3, {type: 'step-started', unit: 'networks', step: 'networks', host: 'host', title: 'Networks'});
	screen.backend.tell(4, {
		type: 'step-finished',
		unit: 'networks',
		step: 'networks',
		host: 'host',
		status: 'ok',
		duration: 1,
	});
	screen.backend.tell(5, {type: 'run-finished', run: 'r1', status: 'ok', changed: 1, duration: 5});
	await screen.backend.end(0);
	await screen.at(5);
	expect(screen.text()).toContain('Setting up virtinst');
	expect(screen.text()).not.toContain('no output');
});
