import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {thesisLoad} from '../../source/measure/thesis-load.ts';
import {builtBackend} from './built-backend.ts';
import {opened} from './opened.ts';
import {keys, type openScreen, type Screen} from './screen.tsx';

async function dashboard(options: Parameters<typeof openScreen>[0] = {}): Promise<Screen> {
	const screen = await opened({backend: builtBackend(), ...options});
	screen.wizard.navigation.go('dashboard');
	await screen.settle();
	return screen;
}

/** The keys at the foot of the dashboard. */
const bar: Record<'en' | 'es', readonly string[]> = {
	en: [
		'o page',
		'l logs',
		'b bench',
		'r report',
		'e explain',
		'm move',
		'v verify',
		's shell',
		'p stop',
		'd remove',
		'? help',
	],
	es: [
		'o página',
		'l registros',
		'b cargas',
		'r informe',
		'e explicar',
		'm trasladar',
		'v verificar',
		's intérprete',
		'p parar',
		'd eliminar',
		'? ayuda',
	],
};

describe.each([
	[60, 20],
	[80, 24],
	[120, 40],
])('%i×%i', (columns, rows) => {
	test.each(['en', 'es'] as const)(
		'every key is named and stays, also under a message and with many nodes (%s)',
		async language => {
			const screen = await dashboard({columns, rows, state: {language}});
			for (const press of [[], ['r']]) {
				await screen.press(...press);
				const text = screen.text();
				expect(bar[language].filter(key => !text.includes(key))).toEqual([]);
				expect(Math.max(...text.split('\n').map(line => stringWidth(line)))).toBeLessThan(columns);
				expect(text.split('\n').length).toBeLessThan(rows);
			}

			screen.store.set({notice: 'something is said'});
			await screen.settle();
			expect(bar[language].slice(0, -1).filter(key => !screen.text().includes(key))).toEqual([]);
		},
	);
});

describe('stopping a node', () => {
	test.each([
		['en', 'yes', true],
		['en', 'y', true],
		['en', 's', false],
		['en', 'sí', false],
		['en', 'stop', false],
		['en', '', false],
		['es', 'sí', true],
		['es', 's', true],
		['es', 'y', false],
		['es', 'yes', false],
	] as const)('in %s, %j: %s', async (language, answer, isStopped) => {
		const screen = await dashboard({state: {language}});
		await screen.press(keys.down, 'p', ...answer, keys.enter);
		expect(screen.backend.started).toEqual(isStopped ? ['exec host -- virsh -q shutdown MASTER'] : []);
		// The same node is chosen.
		expect(screen.store.get().chosen.dashboard).toBe('master');
	});

	test.each([
		['nas', /All pages come from it/],
		['master', /holds the VIPs.*outage for up to [\d.]+ s/s],
		['standby', /nobody takes over/],
		['server1', /out of rotation/],
	])('%s: the question says what clients notice', async (name, cost) => {
		const screen = await dashboard();
		screen.store.set({chosen: {dashboard: name}});
		await screen.settle();
		await screen.press('p');
		expect(screen.text()).toMatch(cost);
		await screen.press(keys.escape);
		expect(screen.backend.started).toEqual([]);
		expect(screen.text()).toContain('· Dashboard');
	});
});

test('a node that is off is started at once; the director that the VIPs go back to only after asking', async () => {
	const screen = await dashboard();
	screen.store.set({chosen: {dashboard: 'server2'}});
	await screen.settle();
	expect(screen.text()).toContain('p start');
	await screen.press('p');
	expect(screen.backend.started).toEqual(['exec host -- virsh -q start SERVER2']);
	const other = await dashboard();
	other.store.set({
		chosen: {dashboard: 'master'},
		machines: {source: 'virsh', states: new Map([['MASTER', 'shut off']])},
	});
	await other.settle();
	await other.press('p');
	expect(other.text()).toContain('ha.failback');
	expect(other.backend.started).toEqual([]);
});

test('the VIPs are moved to the other director: asked, followed, and how it ended is shown', async () => {
	const screen = await dashboard();
	await screen.press('m');
	expect(screen.text()).toContain('moved to standby');
	expect(screen.text()).toMatch(/outage for up\s+to\s+[\d.]+\ss/);
	await screen.press('n', keys.enter);
	expect(screen.backend.started).toEqual([]);
	await screen.press('m', ...'yes', keys.enter);
	expect(screen.backend.started).toEqual(['move --yes standby']);
	screen.backend.tell(0, {type: 'step-started', unit: 'move', step: 'move', host: 'host', title: 'Move'});
	screen.backend.tell(1, {
		type: 'task-started',
		unit: 'move',
		step: 'move',
		host: 'host',
		task: 'Bring the VIPs and ldirectord to standby',
		index: 1,
		command: 'crm_resource',
	});
	await screen.at(3);
	expect(screen.text()).toContain('▶ Move: running');
	expect(screen.text()).toContain('Bring the VIPs and ldirectord to standby');
	// One thing at a time.
	await screen.press('m', 'b', 'p');
	expect(screen.text()).toContain('Something is running');
	expect(screen.backend.started).toHaveLength(1);
	await screen.press(keys.interrupt, keys.interrupt);
	expect(screen.backend.stops).toBe(1);
	await screen.settle();
	expect(screen.text()).toContain('■ Move: exit code 130');
	expect(screen.text()).toContain('· Dashboard');
});

test('the whole cluster is stopped after asking, and started again at once', async () => {
	const screen = await dashboard();
	expect(screen.text()).toContain('P stop all');
	await screen.press('P');
	expect(screen.text()).toContain('All 6 machines are shut down');
	await screen.press('n', keys.enter);
	expect(screen.backend.started).toEqual([]);
	await screen.press('P', ...'yes', keys.enter);
	expect(screen.backend.started).toEqual(['stop --yes']);
	screen.backend.tell(0, {
		type: 'step-started',
		unit: 'stop:machines',
		step: 'stop:machines',
		host: 'host',
		title: 'Shut down directors and web servers',
	});
	screen.backend.tell(1, {
		type: 'task-started',
		unit: 'stop:machines',
		step: 'stop:machines',
		host: 'host',
		task: 'Shut MASTER, STANDBY down',
		index: 0,
		command: 'virsh shutdown',
	});
	screen.backend.tell(2, {
		type: 'waiting',
		unit: 'stop:machines',
		step: 'stop:machines',
		host: 'host',
		task: 'Shut MASTER, STANDBY down',
		reason: 'still running: STANDBY',
		seconds: 1,
		limit: 90,
	});
	await screen.at(3);
	expect(screen.text()).toContain('▶ Stop the whole cluster: running');
	expect(screen.text()).toContain('still running: STANDBY');
	const other = await dashboard();
	other.store.set({
		machines: {source: 'virsh', states: new Map(other.store.get().overview!.nodes.map(({vm}) => [vm, 'shut off']))},
	});
	await other.settle();
	expect(other.text()).toContain('P start all');
	await other.press('P');
	expect(other.backend.started).toEqual(['start']);
});

test('nobody knows who holds the VIPs: nothing is moved, and it is said', async () => {
	const backend = builtBackend();
	backend.rows = backend.rows.filter(({kind}) => kind !== 'vip');
	const screen = await dashboard({backend});
	await screen.press('m');
	expect(screen.text()).toContain('No director is known to hold the VIPs');
});

test('the benchmarks ask, and are followed on their own screen', async () => {
	const screen = await dashboard();
	await screen.press('b');
	expect(screen.text()).toContain('out of rotation');
	await screen.press(...'yes', keys.enter);
	expect(screen.backend.started).toEqual(['bench --yes']);
	expect(screen.text()).toContain('· Verification');
});

test('the page: where it is forwarded to, opened in the browser; again ends it', async () => {
	const screen = await dashboard();
	await screen.press('o');
	expect(screen.backend.started).toEqual(['open']);
	screen.backend.say('{"url":"http://127.0.0.1:40001/index.php"}');
	await screen.settle();
	expect(screen.text()).toContain('Page: http://127.0.0.1:40001/index.php');
	expect(screen.backend.browsed).toEqual(['http://127.0.0.1:40001/index.php']);
	await screen.press('o');
	expect(screen.backend.stops).toBe(1);
	await screen.settle();
	expect(screen.text()).toContain('Page: http://192.168.1.200/index.php');
});

test('outside a sandbox nothing is forwarded: the address is said, and the key stays as it was', async () => {
	const screen = await dashboard();
	screen.store.set({overview: {...screen.store.get().overview!, sandbox: false}});
	await screen.press('o');
	screen.backend.say('{"url":"http://192.168.1.200/index.php"}');
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('The page is at http://192.168.1.200/index.php');
	expect(screen.text()).not.toContain('close page');
	expect(screen.backend.browsed).toEqual(['http://192.168.1.200/index.php']);
});

test('a page that cannot be opened says why', async () => {
	const screen = await dashboard();
	await screen.press('o');
	screen.backend.say('The sandbox is not running. Start it with: cluster-wizard sandbox start');
	await screen.backend.end(1);
	await screen.settle();
	expect(screen.text()).toContain('The sandbox is not running.');
});

test.each([
	['en', 'Nothing has been measured yet: run a test (v) or the benchmarks (b) first.'],
	['es', 'Aún no se ha medido nada: ejecute antes una prueba (v) o las cargas (b).'],
] as const)('without measurements there is no report, and one says how to measure (%s)', async (language, sentence) => {
	const screen = await dashboard({state: {language}});
	await screen.press('r');
	expect(screen.backend.started).toEqual([]);
	expect(screen.text()).toContain(sentence);
});

test('the report says where it is; nothing of it stays when one comes back', async () => {
	const screen = await dashboard();
	screen.backend.kept = {...screen.backend.kept, load: thesisLoad};
	await screen.press('r');
	expect(screen.backend.started).toEqual(['report']);
	screen.backend.say('Written:');
	screen.backend.say('  /state/reports/report.html');
	await screen.backend.end(0);
	await screen.settle();
	expect(screen.text()).toContain('✔ report: done');
	expect(screen.text()).toContain('/state/reports/report.html');
	await screen.press(keys.escape);
	screen.wizard.navigation.go('dashboard');
	await screen.settle();
	expect(screen.text()).not.toContain('report.html');
});

test('a node is explained by the chapters of what runs on it', async () => {
	const backend = builtBackend();
	backend.chapters.set('raid', '## The array\n\nFive disks.');
	backend.chapters.set('names', '## Names\n\nEvery node knows the others.');
	const screen = await dashboard({backend});
	await screen.press('e');
	expect(screen.text()).toContain('· Explanation · nas 1/');
	expect(screen.text()).toContain('Every node knows the others.');
	await screen.press(keys.right);
	expect(screen.text()).toContain('Five disks.');
	await screen.press('/', ...'FIVE');
	expect(screen.text()).toContain('/FIVE█  1 line');
	await screen.press(keys.escape, keys.escape);
	expect(screen.text()).toContain('· Dashboard');
});

test("logs: the nodes' journals and the files, filtered, shown in the pager", async () => {
	const backend = builtBackend();
	backend.logFiles = ['raid-nas', 'corosync-master'].map((name, index) => ({
		run: 'r0',
		name,
		path: `/logs/${name}.log`,
		at: index,
		size: 2048,
	}));
	const screen = await dashboard({backend});
	await screen.press('l');
	expect(screen.text()).toContain('› journal of nas');
	await screen.press('/', ...'raid-n', keys.enter, keys.enter);
	expect(screen.suspended).toHaveLength(1);
	expect(screen.text()).toMatch(/› .*raid-nas +2 KiB/);
	expect(screen.text()).not.toContain('corosync');
});

test('what is below the nodes is scrolled where it does not fit, and a sign says that there is more', async () => {
	const screen = await dashboard({columns: 60, rows: 20});
	expect(screen.text()).toMatch(/↓ \d+/);
	const {length} = screen.text().split('\n');
	for (let page = 0; page < 8; page++) {
		await screen.press(keys.pageDown);
	}

	expect(screen.text()).toContain('Export: /mnt/raid/www');
	expect(screen.text().split('\n')).toHaveLength(length);
});

test('the looking goes on under the help and a question: nothing is asked anew', async () => {
	const screen = await dashboard();
	let begun = 0;
	screen.backend.watchStatus = () => {
		begun++;
		return () => {};
	};
	await screen.press('?', keys.escape, 'm', keys.escape);
	expect(begun).toBe(0);
});

describe('coming back from another screen', () => {
	const gone = async (options: Parameters<typeof openScreen>[0] = {}) => {
		const screen = await dashboard(options);
		await screen.at(1);
		await screen.press('v', keys.escape);
		screen.backend.rows = [];
		await screen.at(5);
		await screen.press('v');
		await screen.at(7);
		await screen.press(keys.escape);
		await screen.at(12);
		return screen;
	};

	test.each([
		['en', '11 s ago: DOWN', 'Asking the machines … 5 s'],
		['es', 'Hace 11 s: DOWN', 'Preguntando a las máquinas … 5 s'],
	] as const)(
		'the last look stays, with its age, and it is said since when the machines are asked (%s)',
		async (language, last, asking) => {
			const screen = await gone({state: {language}});
			expect(screen.text()).toContain(last);
			expect(screen.text()).toContain(asking);
			expect(screen.text()).toContain('VIP 192.168.1.200');
		},
	);

	test('the VIPs are moved from the director that held them in the last look', async () => {
		const screen = await gone();
		await screen.press('m');
		expect(screen.text()).toContain('moved to standby');
	});

	test('the new look takes its place', async () => {
		const screen = await gone();
		screen.backend.rows = builtBackend().rows;
		await screen.press('v', keys.escape);
		expect(screen.text()).toContain('DOWN');
		expect(screen.text()).not.toMatch(/ago|Asking/);
	});

	test.each(['up', 'down'] as const)('after %s nothing of it stays', async command => {
		const screen = await gone();
		screen.wizard.work.start(command);
		expect(screen.store.get().status.rows).toEqual([]);
	});

	test('of another cluster nothing is shown', async () => {
		const screen = await gone();
		await screen.press('v');
		screen.store.set({overview: {...screen.store.get().overview!, name: 'other'}});
		await screen.press(keys.escape);
		screen.store.set({overview: {...screen.store.get().overview!, name: 'other'}});
		expect(screen.store.get().status.rows).toEqual([]);
	});
});

test('before the first look it is said that the machines are still asked who holds the VIPs', async () => {
	const screen = await opened({backend: Object.assign(builtBackend(), {rows: []})});
	screen.wizard.navigation.go('dashboard');
	await screen.settle();
	await screen.at(3);
	await screen.press('m');
	expect(screen.text()).toContain('Asking the machines … 3 s');
	expect(screen.text()).toContain('The machines are still being asked who holds the VIPs');
});

describe('a look that is over is not shown as the present', () => {
	test.each([
		['en', 'failed 7 s ago: ssh: no route', '7 s ago: DOWN'],
		['es', 'falló hace 7 s: ssh: no route', 'Hace 7 s: DOWN'],
	] as const)('looking fails (%s): why, and how old the last look is', async (language, failure, last) => {
		const screen = await dashboard({state: {language}});
		screen.backend.failLook('ssh: no route');
		await screen.at(7);
		await screen.settle();
		expect(screen.text()).toContain(failure);
		expect(screen.text()).toContain(last);
	});

	test('no newer look comes', async () => {
		const screen = await dashboard();
		await screen.at(45);
		expect(screen.text()).toContain('45 s ago: DOWN');
	});

	test.each([
		['en', 'This cluster was removed.', 'Build'],
		['es', 'Este clúster se ha eliminado.', 'Construir'],
	] as const)('the cluster was removed (%s): nothing of it is offered any more', async (language, sentence, build) => {
		const screen = await dashboard({state: {language}});
		screen.backend.view = {...screen.backend.view, isBegun: false, past: {kind: 'none'}};
		screen.backend.failLook('There is no cluster "web" here yet.');
		await screen.settle();
		expect(screen.text()).toContain(sentence);
		expect(screen.text()).not.toMatch(/DOWN|server1/);
		await screen.press('b', keys.escape);
		expect(screen.text()).toContain(build);
		expect(screen.text()).not.toMatch(/Dashboard|Panel/);
	});

	test('the beginning shows a cluster as it is when the user comes back', async () => {
		const screen = await dashboard();
		screen.backend.view = {...screen.backend.view, isBegun: false, past: {kind: 'none'}};
		await screen.press(keys.escape);
		await screen.settle();
		expect(screen.text()).toContain('Build');
	});
});

test('a declined question is told above the keys', async () => {
	const screen = await dashboard();
	await screen.press('m', keys.escape);
	expect(screen.text()).toMatch(/Nothing was touched\.\n.*Esc close/);
});
