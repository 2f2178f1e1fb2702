import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {entriesOf, entryLines} from '../../source/ui/screens/verification-entries.ts';
import {paneLines} from '../../source/ui/screens/verification-panes.ts';
import {testCluster} from '../cluster-fixture.ts';
import {testMeasurements} from '../report/measurements-fixture.ts';
import {builtBackend} from './built-backend.ts';
import {scenes} from './scenes.ts';
import {untilTestEnds} from './opened.ts';
import {keys} from './screen.tsx';
import {announceTests, crash, openVerification, requests, unit} from './verification-scenes.ts';

const measured = testMeasurements(testCluster());

const opened = async (backend = builtBackend(), more: Parameters<typeof openVerification>[0] = {}) =>
	untilTestEnds(await openVerification(more, {}, backend));

test.each([
	['the chosen test', [keys.down, keys.down, keys.enter], 'verify --test 2-crash --yes'],
	['all', ['a'], 'verify --yes'],
	['the benchmarks', ['b'], 'bench --yes'],
	[
		'the benchmarks, the last of the list as well',
		[...Array.from({length: 20}, () => keys.down), keys.enter],
		'bench --yes',
	],
])('%s: once what clients notice was agreed to with the word for yes', async (_, pressed, command) => {
	const screen = await opened();
	await screen.press(...pressed);
	expect(screen.backend.started).toEqual([]);
	expect(screen.text()).toContain('Type yes to go on: █');
	await screen.press(...'yes', keys.enter);
	expect(screen.backend.started).toEqual([command]);
	// One at a time.
	await screen.press(keys.enter, 'a', 'b');
	expect(screen.backend.started).toEqual([command]);
});

test('the question names the tests and for how long clients notice them', async () => {
	const screen = await opened();
	await screen.press(keys.down, keys.down, keys.enter);
	expect(screen.text()).toContain('This test breaks a part of the cluster on purpose');
	expect(screen.text()).toMatch(/2-crash: MASTER crashes \(outage for up to 8\.5 s\)/);
	await screen.press(keys.escape, 'a');
	expect(screen.text()).toContain('These tests break parts of the cluster on purpose');
	expect(screen.text()).toContain('2-shutdown: ');
	expect(screen.text()).not.toContain(' 1: ');
});

test.each([
	['en', keys.enter],
	['en', 'n'],
	['en', 's'],
	['en', 'sí'],
	['en', 'stop'],
	['en', 'yes!'],
	['es', 'y'],
	['es', 'yes'],
	['es', 'sip'],
] as const)('in %s, %j is no', async (language, answer) => {
	const screen = await opened(builtBackend(), {state: {language}});
	await screen.press(keys.down, keys.down, keys.enter, ...answer, keys.enter, keys.escape);
	expect(screen.backend.started).toEqual([]);
	// The cursor is where it was.
	expect(screen.store.get().chosen.verification).toBe('2-crash');
});

test('what breaks nothing needs no question', async () => {
	const screen = await opened();
	await screen.press(keys.enter);
	expect(screen.backend.started).toEqual(['verify --test 1']);
});

test('while it runs: the phase, what is waited for since when, the requests and the gap, also of one that is not over', async () => {
	const screen = await opened();
	await crash(screen, ['1', '2-crash', '3']);
	const text = screen.text();
	expect(text).toContain('▶ 2-crash · MASTER crashes · 1 of 3');
	expect(text).toMatch(/✔ beforehand +3 s/);
	expect(text).toContain('waiting 6 s of at most 1:00: ldirectord1 is Stopped');
	expect(text).toContain('Requests: 76 sent, 16 lost · server1 20 · server2 20 · server3 20');
	// From the last answer to the last that was lost, as nobody has answered since.
	expect(text).toContain('outage 5 s ≤ 8.5 s · 16 of 16 lost');
	expect(text).toMatch(/✖ no answer .*✖✖✖/);
	const {backend} = screen;
	requests(backend, '2-crash', 24, 30, 'answered', 'standby');
	backend.tell(29, {
		type: 'step-finished',
		unit: '2-crash:1',
		step: '2-crash:1',
		host: 'host',
		status: 'changed',
		duration: 9,
	});
	unit(backend, '2-crash:2', 30);
	backend.tell(30, {
		type: 'task-started',
		unit: '2-crash:2',
		step: '2-crash:2',
		host: 'host',
		task: 'MASTER runs',
		index: 0,
		command: 'virsh -q start MASTER\ntrue',
	});
	await screen.at(31);
	expect(screen.text()).toContain('✔ 1 MASTER is switched off as by a power cut');
	expect(screen.text()).toContain('outage 4.3 s ≤ 8.5 s · 16 of 40 lost');
	expect(screen.text()).toContain('$ virsh -q start MASTER');
	expect(screen.text()).toMatch(/VIP on standby .*═══/);
});

test('a test that fails takes longer than predicted, and says so', async () => {
	const screen = await opened();
	await crash(screen);
	requests(screen.backend, '2-crash', 24, 34, 'timeout');
	await screen.settle();
	// To the end of the last one that was lost: it was given two seconds.
	expect(screen.text()).toContain('outage 16 s > 8.5 s · 56 of 56 lost');
});

test('a phase whose tasks have ended is judged by its limit, and goes on while nobody is answered', async () => {
	const screen = await opened();
	await crash(screen);
	unit(screen.backend, '2-crash:1', 20, 26);
	await screen.at(27);
	expect(screen.text()).toContain('▶ 1 MASTER is switched off as by a power cut');
	requests(screen.backend, '2-crash', 24, 34, 'timeout');
	await screen.settle();
	expect(screen.text()).toContain('✖ 1 MASTER is switched off as by a power cut');
	requests(screen.backend, '2-crash', 34, 44, 'answered', 'standby');
	unit(screen.backend, '2-crash:2', 44);
	await screen.at(45);
	expect(screen.text()).toContain('✖ 1 MASTER is switched off as by a power cut');
});

test('the director that is gone is not shown with the VIP after its last answer, and the gap is as long as the outage', async () => {
	const screen = await opened();
	await crash(screen);
	requests(screen.backend, '2-crash', 24, 34, 'timeout');
	await screen.settle();
	const lines = screen.text().split('\n');
	const lastAnswer = Math.max(...lines.map(line => line.lastIndexOf('█')));
	expect(lastAnswer).toBeGreaterThan(0);
	expect(lines.find(line => line.includes('VIP on master'))?.lastIndexOf('═')).toBe(lastAnswer);
	expect(screen.text()).toContain('outage 16 s > 8.5 s');
	expect(screen.text()).toContain('gap 16 s');
});

test('afterwards the result is what is kept, with verdict, predicted and measured, held connections and reason', async () => {
	const screen = await opened();
	await screen.press(...Array.from({length: 6}, () => keys.down), keys.enter, 'y', keys.enter);
	announceTests(screen.backend, ['nfs']);
	unit(screen.backend, 'nfs:before', 0, 1);
	const nfs = measured.drills.find(({id}) => id === 'nfs')!;
	const {probe: _, ...told} = nfs;
	screen.backend.tell(50, {type: 'drill-finished', ...told});
	screen.backend.kept = {...screen.backend.kept, drills: [nfs]};
	await screen.backend.end(4);
	await screen.settle();
	expect(screen.text()).toContain('It does not hold.');
	expect(screen.text()).toMatch(/› ✖ nfs .* failed/);
	expect(screen.text()).toContain('server2 kept answering from its cache');
	expect(screen.text()).toContain('outage 30.3 s > 13 s · 120 of 120 lost');
	expect(screen.text()).toContain('kept-alive connection ✔ (silent for 5.4 s) · slow download ✖ ECONNRESET');
	expect(screen.text()).toMatch(/✖ refused +░✖✖✖/);
	await screen.press(keys.tab);
	expect(screen.text()).toContain('── The storage stops serving');
});

test('all of them: the list says which did not pass', async () => {
	const screen = await opened();
	await screen.press('a', 'y', keys.enter);
	announceTests(screen.backend, ['1', '3', 'nfs']);
	for (const id of ['1', '3', 'nfs']) {
		const {probe: _, ...told} = measured.drills.find(drill => drill.id === id)!;
		unit(screen.backend, `${id}:before`, 0, 1);
		screen.backend.tell(1, {type: 'drill-finished', ...told});
	}

	await screen.backend.end(4);
	await screen.settle();
	expect(screen.text()).toContain('1 of 3 did not pass: nfs');
	await screen.press(...Array.from({length: 6}, () => keys.up));
	expect(screen.text()).toMatch(/› ✔ 1 .*passed/);
});

test('Ctrl-C asks once; a second one stops in order, and the screen stays to say what became of it', async () => {
	const screen = await opened();
	await crash(screen);
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Verification');
	await screen.press(keys.interrupt);
	expect(screen.text()).toContain('Something is running');
	expect(screen.backend.stops).toBe(0);
	await screen.press(keys.interrupt);
	expect(screen.backend.stops).toBe(1);
	await screen.settle();
	expect(screen.text()).toContain('· Verification');
	expect(screen.text()).toContain('Ended early (exit code 130)');
});

test('the benchmarks: the load that is sent, and bars that grow', async () => {
	const screen = untilTestEnds(await scenes['benchmarks, running']!());
	expect(screen.text()).toContain('1 of 3 servers in rotation · ab, 2 of 3 · 5 s');
	expect(screen.text()).toContain('$ ab -n 100000 -c 10');
	expect(screen.text()).toMatch(/1 server, here +█+ 5,044/);
	screen.backend.tell(80, {
		type: 'sample',
		servers: 1,
		repetition: 2,
		...measured.load.find(({tool, servers}) => tool === 'ab' && servers === 1)!.samples[2]!,
	});
	await screen.settle();
	expect(screen.text()).toMatch(/1 server, here +█+░* 5,278 \(5,044–5,512\)/);
});

test('tests that were cut off: Welcome says so and brings the cluster back', async () => {
	const screen = untilTestEnds(await scenes['welcome, a test was cut off']!());
	expect(screen.text()).toContain('may still be broken: 2-crash');
	await screen.press(keys.enter);
	expect(screen.backend.started).toEqual(['verify --test 1']);
	expect(screen.text()).toContain('· Verification');
});

test('a result that is longer than the screen is scrolled', async () => {
	const screen = untilTestEnds(await scenes['benchmarks, done']!());
	expect(screen.text()).not.toContain('active servers');
	await screen.press(keys.pageDown);
	expect(screen.text()).toContain('active servers');
	await screen.press(keys.pageUp, keys.pageUp);
	expect(screen.text()).toContain('direct, here');
});

test('a screen reader is told the figures, without the picture', async () => {
	const screen = await opened(builtBackend(), {screenReader: true});
	await crash(screen);
	expect(screen.text()).toContain('outage 5 s ≤ 8.5 s');
	expect(screen.text()).not.toContain('═══');
});

// Ink would break a line that is too long and hide that it was.
test.each(Object.keys(scenes).filter(name => /^(?:verification|benchmarks)/.test(name)))(
	'%s: no line is wider than its room',
	async name => {
		for (const language of ['en', 'es'] as const) {
			const screen = untilTestEnds(await scenes[name]!({state: {language}}));
			const state = screen.store.get();
			const entries = entriesOf(state);
			const isLive = state.job?.isOver === false;
			for (const columns of [79, 72, 46]) {
				const lines = entries.flatMap((entry, index) => [
					...entryLines(entries, index, {columns, height: 5, say: text => text[language]}),
					...(['about', 'result', 'both'] as const).flatMap(pane =>
						paneLines(state, {entries, entry, pane, isLive}, {columns, height: 15, language}),
					),
				]);
				expect(
					lines.filter(line => stringWidth(stripVTControlCharacters(line)) > columns),
					`${columns} columns in ${language}`,
				).toEqual([]);
			}
		}
	},
);
