import {EventEmitter} from 'node:events';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Terminal} from '@xterm/headless';
import {afterAll, afterEach, describe, expect, test, vi} from 'vitest';
import {openSession} from '../../source/session/session.ts';
import {checkLine} from '../../source/status/check.ts';
import {metricsOf, metricsText} from '../../source/status/metrics.ts';
import {statusText} from '../../source/status/tables.ts';
import {cutToWidth, openFrameTerminal} from '../../source/output/frame-terminal.ts';
import {wrapLine} from '../../source/text/wrap.ts';
import {status} from '../../source/commands/status.ts';
import {factsOf} from '../../source/measure/health/facts-of.ts';
import {healthFromTroubles, judgeHealth} from '../../source/measure/health/health.ts';
import {noteIds} from '../../source/measure/health/note.ts';
import {trouble, troubleIds} from '../../source/measure/health/trouble.ts';
import {statusRows} from '../../source/measure/status.ts';
import {ChangedLook} from '../measure/health/healthy.ts';
import {takeRunLock} from '../../source/state/run-lock.ts';
import {injectedTroubles} from '../measure/health/troubles.ts';

const never = new AbortController().signal;

const folder = mkdtempSync(join(tmpdir(), 'status-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** A look, changed, and judged. */
function looked(inject: (look: ChangedLook) => unknown = () => {}) {
	const look = new ChangedLook();
	inject(look);
	const facts = factsOf(look.cluster, look.look);
	return {cluster: look.cluster, looked: {facts, health: judgeHealth(look.cluster, facts)}};
}

/** Output and exit code of the command. */
async function printed(options: Parameters<typeof status>[0]) {
	const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
	const code = await status(options, never);
	const text = write.mock.calls.map(([text]) => String(text)).join('');
	write.mockRestore();
	return {code, text};
}

const injected = (name: string) => injectedTroubles.find(one => one.name === name)!.inject;

describe('--check', () => {
	test.each([
		[
			'a healthy cluster',
			() => {},
			0,
			'CLUSTER OK - the page answers 200 in 12 ms (server1, server2, server3) | time=0.012s;2.000;;0;10.000 answered=3;3:;1:;0;3 servers=3;3:;1:;0;3 nodes=6;6:;;0;6 disk=20%;90;98;0;100 troubles=0;0;;0',
		],
		[
			'a disk has failed',
			injected('a disk has failed'),
			1,
			'CLUSTER WARNING - nas: the array md0 lacks 1 of 5 disks ([UU_UU]) | time=0.012s;2.000;;0;10.000 answered=3;3:;1:;0;3 servers=3;3:;1:;0;3 nodes=6;6:;;0;6 disk=20%;90;98;0;100 troubles=1;0;;0',
		],
		[
			'PHP answers 500',
			injected('PHP answers 500'),
			2,
			'CLUSTER CRITICAL - the page answers 500 (server1, server2, server3) | answered=0;3:;1:;0;3 servers=3;3:;1:;0;3 nodes=6;6:;;0;6 disk=20%;90;98;0;100 troubles=1;0;;0',
		],
	])('%s', (_, inject, code, line) => {
		const {cluster, looked: found} = looked(inject);
		expect(checkLine(cluster, found, 'en')).toEqual({line, code});
	});

	test("every line keeps to the plugins' format, in both languages", () => {
		for (const {inject} of injectedTroubles) {
			const {cluster, looked: found} = looked(inject);
			for (const language of ['en', 'es'] as const) {
				expect(checkLine(cluster, found, language).line).toMatch(
					/^CLUSTER (?:OK|WARNING|CRITICAL) - [^|\n]+ \| (?:[a-z]+=-?[\d.]+[s%]?(?:;[\d.]*:?){0,2}(?:;[\d.]*){0,2}(?: |$))+$/,
				);
			}
		}
	});

	test('a bar in a text does not begin performance data', () => {
		const {
			cluster,
			looked: {facts},
		} = looked();
		const {line} = checkLine(
			cluster,
			{facts, health: healthFromTroubles([trouble('unit-failed', 'nas', 'nas', 'a|b=9.service')])},
			'en',
		);
		expect(line.split('|')).toHaveLength(2);
	});

	test('no cluster: UNKNOWN and 3, not 2, which is CRITICAL', async () => {
		expect(await printed({stateDir: join(folder, 'none'), check: true, language: 'en'})).toEqual({
			code: 3,
			text: expect.stringMatching(/^CLUSTER UNKNOWN - .+\n$/),
		});
	});
});

describe('a sandbox that does not run', () => {
	test.each([
		[{}, 4, /^DOWN: the sandbox does not run; `cluster-wizard start --state-dir \S+` starts it\n$/],
		[{json: true}, 4, /^{"kind":"health","state":"down","line":"DOWN: [^\n]+\n$/],
		[{check: true}, 2, /^CLUSTER CRITICAL - the sandbox does not run[^|\n]*\n$/],
		[{prometheus: true}, 0, /\ncluster_wizard_health{cluster="web"} 2\n/],
	])('%j', async (more, code, text) => {
		const stateDir = join(folder, 'state');
		const {journal} = await openSession({stateDir, sandbox: true, cacheDir: join(folder, 'cache')}, {save: true});
		journal.append({type: 'run-started', run: 'r1', command: 'up', version: '1', pid: 1});
		expect(await printed({stateDir, language: 'en', ...more})).toEqual({code, text: expect.stringMatching(text)});
	});
});

test('a sandbox that `stop` has stopped', async () => {
	const stateDir = join(folder, 'stopped');
	const {journal} = await openSession({stateDir, sandbox: true, cacheDir: join(folder, 'cache')}, {save: true});
	journal.append({type: 'stopped', run: 'r1'});
	expect(await printed({stateDir, language: 'en'})).toEqual({
		code: 4,
		text: expect.stringMatching(
			/^DOWN: stopped by `stop` since \d\d:\d\d; `cluster-wizard start --state-dir \S+` starts it\n$/,
		) as string,
	});
	expect((await printed({stateDir, language: 'es', check: true})).code).toBe(2);
	journal.append({type: 'started', run: 'r2'});
	expect((await printed({stateDir, language: 'en'})).text).toMatch(/^DOWN: the sandbox does not run/);
});

describe('while another process works on the cluster', () => {
	/** A cluster whose sandbox does not run, with a process that holds its lock. */
	async function held(verb: string, isBuilt: boolean) {
		const stateDir = join(folder, `${verb}-${isBuilt}`);
		const {journal} = await openSession({stateDir, sandbox: true, cacheDir: join(folder, 'cache')}, {save: true});
		journal.append({type: 'run-started', run: 'r1', command: 'up', version: '1', pid: 1});
		if (isBuilt) {
			journal.append({type: 'step-finished', run: 'r1', unit: 'verification', status: 'ok', duration: 1});
		}

		const lock = await takeRunLock(stateDir, {command: `cluster-wizard ${verb}`, verb});
		if ('holder' in lock) {
			throw new TypeError('The lock is held');
		}

		return {stateDir, release: lock.release};
	}

	const at = String.raw`process ${process.pid} since \d\d:\d\d`;

	test.each([
		['up', false, {}, 4, `^DEGRADED: being built by ${at}\n$`],
		[
			'up',
			false,
			{json: true},
			4,
			`^{"kind":"health","state":"degraded","line":"DEGRADED: being built by ${at}","troubles":\\[{"id":"being-built"`,
		],
		['up', false, {check: true}, 1, `^CLUSTER WARNING - being built by ${at}\n$`],
		['up', false, {prometheus: true}, 0, '\ncluster_wizard_health{cluster="web"} 1\n'],
		['up', true, {}, 4, `^DOWN: being changed by ${at}; the sandbox does not run\n$`],
		['up', true, {check: true}, 2, `^CLUSTER CRITICAL - being changed by ${at}; the sandbox does not run\n$`],
		['down', true, {}, 4, `^DOWN: being removed by ${at}; the sandbox does not run\n$`],
		['down', true, {prometheus: true}, 0, '\ncluster_wizard_notes{cluster="web",kind="being-removed"} 1\n'],
	])('%s, built: %s, %j', async (verb, isBuilt, more, code, text) => {
		const {stateDir, release} = await held(verb, isBuilt);
		try {
			expect(await printed({stateDir, language: 'en', ...more})).toEqual({code, text: expect.stringMatching(text)});
		} finally {
			await release();
		}

		expect((await printed({stateDir, language: 'en'})).text).toMatch(
			/^DOWN: the sandbox does not run; `cluster-wizard start --state-dir \S+` starts it\n$/,
		);
	});
});

describe('--prometheus', () => {
	test('the page keeps to the exposition format, without times of its own', () => {
		for (const {inject} of [{inject() {}}, ...injectedTroubles]) {
			const {cluster, looked: found} = looked(inject);
			const text = metricsText(cluster, found, 1_795_984_000.7);
			expect(text.endsWith('\n')).toBe(true);
			const seen = new Set<string>();
			let metric = '';
			for (const line of text.trimEnd().split('\n')) {
				const [, help] = /^# HELP ([a-z_]+) \S.*\.$/.exec(line) ?? [];
				const [, typed] = /^# TYPE ([a-z_]+) gauge$/.exec(line) ?? [];
				const [, name, labels, value] =
					/^([a-z_]+)\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\} (\S+)$/.exec(line) ?? [];
				if (help) {
					expect(seen.has(help)).toBe(false);
					seen.add(help);
					metric = help;
				} else {
					expect(typed ?? name, line).toBe(metric);
				}

				if (name) {
					expect(Number.isFinite(Number(value)), line).toBe(true);
					expect(seen.has(`${name}{${labels}`), line).toBe(false);
					seen.add(`${name}{${labels}`);
				}
			}
		}
	});

	test('figures', () => {
		const {cluster, looked: found} = looked(injected('a disk has failed'));
		const text = metricsText(cluster, found, 1_795_984_000.7);
		for (const line of [
			'cluster_wizard_health{cluster="web"} 1',
			'cluster_wizard_troubles{cluster="web",kind="array-degraded"} 1',
			'cluster_wizard_last_look_timestamp_seconds{cluster="web"} 1795984000',
			'cluster_wizard_page_seconds{cluster="web"} 0.012',
			'cluster_wizard_array_disks_working{cluster="web",node="nas",array="md0"} 4',
			'cluster_wizard_vip_held{cluster="web",address="192.168.1.200",node="master"} 1',
			'cluster_wizard_machine_running{cluster="web",node="server3"} 1',
			'cluster_wizard_servers_in_rotation{cluster="web"} 3',
		]) {
			expect(text).toContain(`\n${line}\n`);
		}
	});
});

describe('--watch', () => {
	/** A terminal that a program writes to. */
	function terminal(columns: number, rows: number) {
		const screen = new Terminal({cols: columns, rows, allowProposedApi: true});
		let writing = Promise.resolve();
		const output = Object.assign(new EventEmitter(), {
			columns,
			rows,
			write(text: string) {
				writing = new Promise(resolve => {
					screen.write(text, resolve);
				});
				return true;
			},
		});
		return {
			output: output as unknown as NodeJS.WriteStream,
			resize(columns: number, rows: number) {
				screen.resize(columns, rows);
				Object.assign(output, {columns, rows});
				output.emit('resize');
			},
			async lines() {
				await writing;
				return Array.from({length: screen.rows}, (_, index) =>
					screen.buffer.active.getLine(screen.buffer.active.viewportY + index)!.translateToString(true),
				);
			},
			get isAlternate() {
				return screen.buffer.active.type === 'alternate';
			},
		};
	}

	test('a frame takes the place of the last one, fits any size, and the terminal is given back', async () => {
		const {output, resize, lines, ...rest} = terminal(40, 5);
		output.write('$ status --watch\r\n');
		const screen = openFrameTerminal(output);
		screen.draw(() => ['DEGRADED: '.padEnd(60, 'x'), 'two', 'three', 'four', 'five', 'six']);
		expect(await lines()).toEqual([`${'DEGRADED: '.padEnd(38, 'x')}…`, 'two', 'three', 'four', 'five']);
		screen.draw(() => ['OK', 'short']);
		expect(await lines()).toEqual(['OK', 'short', '', '', '']);
		screen.draw(() => ['1', '2', '3', '4']);
		resize(20, 3);
		expect(await lines()).toEqual(['1', '2', '3']);
		screen.end();
		expect((await lines())[0]).toBe('$ status --watch');
		expect(rest.isAlternate).toBe(false);
	});

	test('lines are made for the width, also when that changes', async () => {
		const {output, resize, lines} = terminal(60, 6);
		const screen = openFrameTerminal(output);
		screen.draw(columns =>
			wrapLine('DOWN: no director has the VIP 10.0.10.200; the page does not answer', {columns}).split('\n'),
		);
		expect(await lines()).toEqual([
			'DOWN: no director has the VIP 10.0.10.200; the page does',
			'  not answer',
			'',
			'',
			'',
			'',
		]);
		resize(30, 6);
		// The terminal of the test keeps the cells that are out of sight.
		expect((await lines()).map(line => line.slice(0, 30).trimEnd())).toEqual([
			'DOWN: no director has the',
			'  VIP 10.0.10.200; the page',
			'  does not answer',
			'',
			'',
			'',
		]);
		screen.end();
	});

	test('a line is cut by what it takes on the screen, and its colour ends', () => {
		expect(cutToWidth('\u001B[31m漢字漢字\u001B[39m', 5)).toBe('\u001B[31m漢字\u001B[39m…');
		expect(cutToWidth('abc', 3)).toBe('abc');
		expect(cutToWidth('abcd', 3)).toBe('ab…');
	});
});

test('the tables show what is known: machine, memory, disk, clock, links', () => {
	const {
		cluster,
		looked: {facts},
	} = looked(look => {
		look.clocks.set('server1', 8);
	});
	const text = statusText(statusRows(cluster, facts), 'en');
	expect(text).toMatch(/nas +storage +running +yes +10\.0\.10\.100 +yes +\d+\/470 MiB +12 % \/ +0 s/);
	expect(text).toMatch(/server1 .* \+8 s/);
	expect(text).toContain('Links (Corosync)');
});

test.each([60, 80])('no line of a table is cut or folded at %i columns', columns => {
	const {
		cluster,
		looked: {facts},
	} = looked();
	const rows = statusRows(cluster, facts);
	for (const language of ['en', 'es'] as const) {
		const text = statusText(rows, language, {columns});
		expect(text.split('\n').filter(line => line.length >= columns || line !== line.trimEnd())).toEqual([]);
		for (const word of ['10.0.10.100', '/470 MiB', 'server3', 'ldirectord1']) {
			expect(text).toContain(word);
		}
	}

	expect(statusText(rows, 'en', {columns: 80})).toMatch(/^ {2}nas: Role storage; Machine running; /m);
	expect(statusText(rows, 'en', {columns: 200})).toBe(statusText(rows, 'en'));
});

test("the outcome of a request for the page is told in the user's language", () => {
	const {
		cluster,
		looked: {facts},
	} = looked(look => {
		look.page = [{outcome: 'unreachable', latency: 5}];
	});
	expect(statusText(statusRows(cluster, facts), 'es')).toContain('inalcanzable');
	expect(statusText(statusRows(cluster, facts), 'es')).not.toContain('unreachable');
});

test('docs/status.md has every kind of trouble, as it is printed, and every metric', () => {
	const page = readFileSync(join(import.meta.dirname, '../../docs/status.md'), 'utf8');
	for (const {id, line} of injectedTroubles) {
		expect(page).toContain(`| \`${id}\` |`);
		expect(
			injectedTroubles.filter(other => other.id === id).some(other => page.includes(`| \`${id}\` | ${other.line} |`)),
			`${id}: ${line}`,
		).toBe(true);
	}

	expect([...troubleIds, ...noteIds].filter(id => !page.includes(`| \`${id}\` |`))).toEqual([]);
	const {cluster, looked: found} = looked();
	for (const [name, help] of metricsOf(cluster, found, 0)) {
		expect(page).toContain(`| \`cluster_wizard_${name}\` | ${help} |`);
	}
});
