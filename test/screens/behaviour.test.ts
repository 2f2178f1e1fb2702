import {expect, test, vi} from 'vitest';
import {defaultSeconds} from '../../source/engine/default-durations.ts';
import {noHistory} from '../../source/engine/estimate.ts';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {opened} from './opened.ts';
import {keys, type Screen} from './screen.tsx';
import {askedCorosync, failedRaid, midway, workedOnBackend} from './scenes.ts';

async function running(options?: Parameters<typeof opened>[0]): Promise<Screen> {
	const screen = await opened(options);
	await midway(screen);
	return screen;
}

test('Enter on the defaults leads from Welcome to the dashboard of a cluster in the sandbox', async () => {
	const screen = await opened({backend: new FakeBackend(testOverview({sandbox: false}))});
	screen.backend.checks = [{title: 'The rights of root', status: 'ok'}];
	await screen.press(keys.enter);
	expect(screen.backend.view.sandbox).toBe(true);
	expect(screen.text()).toContain('✔ The rights of root');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Plan');
	expect(screen.backend.started).toEqual(['plan']);
	await screen.press(keys.enter);
	await screen.settle();
	expect(screen.backend.started).toEqual(['plan', 'up']);
	screen.backend.announce();
	screen.backend.tell(9, {type: 'run-finished', run: 'r1', status: 'ok', changed: 1, duration: 9});
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('The cluster is built');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Dashboard');
});

test('nothing is started before the plan is accepted, but for the dry run', async () => {
	const screen = await opened();
	await screen.press(keys.enter, keys.enter, keys.escape, keys.escape);
	expect(screen.text()).toContain('· Welcome');
	expect(screen.backend.started.filter(command => command !== 'plan')).toEqual([]);
});

test('a check that fails keeps the plan closed', async () => {
	const screen = await opened();
	screen.backend.checks = [{title: 'Find room', status: 'failed', reason: 'none'}];
	await screen.press(keys.enter, keys.enter);
	expect(screen.text()).toContain('· The host');
});

test('a failure is answered: retry, and the run goes on', async () => {
	const screen = await running();
	screen.backend.ask(failedRaid);
	await screen.settle();
	expect(screen.text()).toContain('✖ Attempted: Create /dev/md0');
	expect(screen.text()).not.toContain('Skip it');
	await screen.press(keys.enter);
	expect(screen.backend.answers).toEqual([['q1', 'retry']]);
	expect(screen.text()).toContain('· Run');
});

test('a failure can wait: Esc looks around, Enter comes back', async () => {
	const screen = await running();
	screen.backend.ask(failedRaid);
	await screen.settle();
	await screen.press(keys.escape);
	expect(screen.text()).toContain('1 failure waits');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· Failure');
	expect(screen.backend.answers).toEqual([]);
});

test('what may be skipped can be skipped, and a shell opened on the machine', async () => {
	const screen = await running();
	screen.backend.ask({...failedRaid, skippable: true});
	await screen.settle();
	await screen.press(keys.down, keys.enter);
	expect(screen.suspended).toHaveLength(1);
	await screen.press(keys.down, keys.enter);
	expect(screen.backend.answers).toEqual([['q1', 'skip']]);
});

test('without guided mode commands are let through; with it each waits for Enter', async () => {
	const screen = await running();
	screen.backend.ask(askedCorosync);
	await screen.settle();
	expect(screen.backend.answers).toEqual([['q2', 'all']]);
	await screen.press('g');
	screen.backend.ask({...askedCorosync, id: 'q3'});
	await screen.settle();
	expect(screen.text()).toContain('$ DEBIAN_FRONTEND=noninteractive apt-get');
	expect(screen.backend.answers).toHaveLength(1);
	await screen.press(keys.enter);
	expect(screen.backend.answers.at(-1)).toEqual(['q3', 'go']);
	screen.backend.ask({...askedCorosync, id: 'q4'});
	await screen.settle();
	await screen.press('s');
	expect(screen.backend.answers.at(-1)).toEqual(['q4', 'skip']);
});

test('leaving guided mode lets everything through that waited', async () => {
	const screen = await running({state: {isGuided: true}});
	screen.backend.ask(askedCorosync);
	screen.backend.ask({...askedCorosync, id: 'q5'});
	await screen.settle();
	expect(screen.text()).toContain('(1 more waits)');
	await screen.press('g');
	expect(screen.backend.answers).toEqual([
		['q2', 'all'],
		['q5', 'all'],
	]);
});

test('Ctrl-C asks once; another key goes on and does nothing else; a second Ctrl-C stops in order and leaves', async () => {
	const screen = await running();
	await screen.press(keys.interrupt);
	expect(screen.text()).toContain('Something is running');
	await screen.press('g');
	expect(screen.store.get().isGuided).toBe(false);
	expect(screen.text()).not.toContain('Something is running');
	await screen.press(keys.interrupt, keys.interrupt);
	expect(screen.backend.stops).toBe(1);
	await expect(screen.wizard.left).resolves.toBe(130);
});

test('Ctrl-C leaves at once where nothing runs', async () => {
	const screen = await opened();
	await screen.press(keys.interrupt);
	await expect(screen.wizard.left).resolves.toBe(0);
});

test('output is scrolled, keeps its place while more comes, and is followed again', async () => {
	const screen = await running();
	await screen.press(keys.pageUp, keys.up);
	const place = /line \d+ of/.exec(screen.text())![0];
	expect(screen.text()).toContain('line 15 red');
	for (let line = 41; line <= 200; line++) {
		screen.backend.tell(171, {
			type: 'output',
			unit: 'raid:nas',
			step: 'raid',
			host: 'nas',
			stream: 'stdout',
			line: `line ${line}`,
		});
	}

	await screen.settle();
	expect(screen.text()).toContain(place);
	await screen.press('f');
	expect(screen.text()).toContain('line 200');
});

test('output is searched', async () => {
	const screen = await running();
	await screen.press('/', 'L', 'i', 'n', 'e', ' ', '3', keys.enter);
	expect(screen.text()).toContain('line 3');
	await screen.press('n');
	const first = screen.text();
	await screen.press('n');
	expect(screen.text()).not.toBe(first);
	await screen.press('/', 'x', 'y', 'z', keys.enter);
	expect(screen.text()).toContain('"xyz" is not in the lines kept here');
});

test('Tab goes through the machines, v through the views', async () => {
	const screen = await running();
	expect(screen.text()).toContain('Output: nas');
	await screen.press(keys.tab);
	expect(screen.text()).not.toContain('Output: nas');
	await screen.press('v');
	expect(screen.text()).toContain('Explanation: ');
	await screen.press('v');
	expect(screen.text()).toContain('── Machines');
});

test('removal needs the name, and start over goes on to the building', async () => {
	const screen = await opened({
		backend: new FakeBackend(
			testOverview({
				isBegun: true,
				past: {kind: 'interrupted', since: '2026-01-02T11:00:00.000Z', run: 'r0', status: 'failed'},
				owned: [{kind: 'sandbox', name: '/s', stays: false}],
			}),
		),
	});
	await screen.press(keys.down, keys.enter);
	expect(screen.text()).toContain('· Removal');
	await screen.press('w', 'e', keys.enter);
	expect(screen.backend.started).toEqual([]);
	await screen.press('b', keys.enter);
	expect(screen.backend.started).toEqual(['down --yes']);
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('The cluster is removed. Above: what was removed, and what stays.');
	await screen.press(keys.enter);
	expect(screen.text()).toContain('· The host');
});

test('while another process builds, nothing is offered but to wait; the screen goes on by itself', async () => {
	const backend = workedOnBackend();
	const screen = await opened({backend});
	expect(screen.text()).toContain('This cluster is being built by process 4711 since 10:42.');
	expect(screen.text()).not.toMatch(/Build|Resume|Start over|Remove|Dashboard/);
	backend.view = {...backend.view, past: {kind: 'built', at: '2026-01-02T11:00:00.000Z', run: 'r0'}};
	await vi.waitFor(
		() => {
			expect(screen.text()).toContain('Dashboard: the cluster as it is');
		},
		{timeout: 10_000},
	);
	expect(screen.text()).not.toContain('4711');
});

test('while another process changes what is built, the dashboard can be looked at', async () => {
	const screen = await opened({backend: workedOnBackend(false)});
	expect(screen.text()).toContain('Dashboard: the cluster as it is');
	expect(screen.text()).not.toMatch(/Check everything|Remove|Verification/);
});

test('machines that leave are named before the building, and go only after the name', async () => {
	const screen = await opened({backend: new FakeBackend(testOverview({leaving: ['server2', 'server3']}))});
	await screen.press(keys.enter, keys.enter, keys.enter);
	expect(screen.text()).toContain('disks: server2, server3');
	await screen.press('y', 'e', 's', keys.enter);
	expect(screen.text()).toContain('Nothing was touched.');
	expect(screen.backend.started.filter(command => command.startsWith('up'))).toEqual([]);
	await screen.press(keys.enter, 'w', 'e', 'b', keys.enter);
	expect(screen.backend.started.filter(command => command.startsWith('up'))).toHaveLength(1);
});

test('progress never runs backwards', async () => {
	const screen = await running();
	const before = screen.store.get().progress.done;
	screen.backend.tell(171, {
		type: 'step-finished',
		unit: 'machines:nas',
		step: 'machines',
		host: 'host',
		status: 'failed',
		duration: 1,
	});
	await screen.settle();
	expect(screen.store.get().progress.done).toBeGreaterThanOrEqual(before);
	for (const unit of ['machines:nas', 'machines:server1', 'machines:server2', 'machines:standby']) {
		screen.backend.tell(172, {
			type: 'step-finished',
			unit,
			step: 'machines',
			host: 'host',
			status: 'changed',
			duration: 60,
		});
	}

	await screen.settle();
	expect(screen.store.get().progress.done).toBeGreaterThan(before);
});

test('the time left comes from earlier runs where there are any', async () => {
	const screen = await running();
	expect(screen.text()).toMatch(/about [1-5] min left/);
	const {forecast} = testOverview();
	const work = new Map(
		forecast.units.map(({id, step}) => [id, step === 'apache' ? 900 : defaultSeconds(step, 'work', 'tcg')]),
	);
	const slow = {...forecast, history: {...noHistory, work}};
	const other = await running({backend: new FakeBackend(testOverview({forecast: slow}))});
	expect(other.text()).toMatch(/about \d\d min left/);
});

test('a screen reader is told where it is, without output that flies past', async () => {
	const screen = await running({screenReader: true});
	expect(screen.text()).toContain('RAID · nas: Create /dev/md0');
	expect(screen.text()).not.toContain('line 40');
	expect(screen.text()).not.toContain('───');
});

test('help comes and goes with the same screen behind', async () => {
	const screen = await opened();
	await screen.press('?');
	expect(screen.text()).toContain('Help · Welcome');
	await screen.press(keys.escape);
	expect(screen.text()).toContain('Build in a sandbox');
});
