import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {render} from '../../source/shell/command.ts';
import {
	bothOnline,
	groupMovedTo,
	groupOn,
	groupOnOne,
	moveConstraintsCleared,
	ldirectordKilled,
	withoutFailures,
} from '../../source/tasks/group.ts';
import {drills} from '../../steps/drills/index.ts';
import {configuration} from '../../steps/resources.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'drills-'));
const path = (name: string) => join(folder, `${name}.xml`);
const failback = testCluster();
const stay = testCluster({ha: {failback: false}});
const [master, standby] = failback.directors;

/** What happens to a cluster, as words of crm_simulate. */
const failure = (node: string) => ['-i', `ldirectord1_monitor_${failback.ha.monitor * 1000}@${node}=7`];
const lost = (node: string) => ['-d', node];
const back = (node: string) => ['-u', node];
const bothBack = [...back('master'), ...back('standby')];
const thrice = (node: string) => [failure(node), failure(node), failure(node)];

beforeAll(() => {
	for (const [name, cluster] of Object.entries({failback, stay})) {
		writeFileSync(path(name), execFileSync('cibadmin', ['--empty'], {encoding: 'utf8'}));
		writeFileSync(join(folder, 'cluster.crm'), configuration(cluster));
		execFileSync('crm', ['-F', 'configure', 'load', 'update', join(folder, 'cluster.crm')], {
			env: {...process.env, CIB_file: path(name)},
			stdio: 'pipe',
		});
	}
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

type Event = readonly string[] | ((cib: string) => void);

/** A cluster with both directors up to which one thing after another happens, as Pacemaker's own scheduler takes it: its last CIB and what was said. */
function after(name: 'failback' | 'stay', ...events: readonly Event[]): {cib: string; said: string} {
	let cib = path(name);
	let said = '';
	for (const [index, event] of [bothBack, ...events].entries()) {
		const next = path(`${name}-${index}`);
		if (typeof event === 'function') {
			event(cib);
		}

		said = execFileSync('crm_simulate', ['-x', cib, ...(typeof event === 'function' ? [] : event), '-S', '-O', next], {
			encoding: 'utf8',
		});
		cib = next;
	}

	return {cib, said};
}

/** Whether a task's check holds, asked of a CIB in a file. */
function look({check}: {check: ReturnType<typeof groupOn>['check']}, cib: string) {
	return runWith(check, {environment: {CIB_file: cib}});
}

/** What a drill's tasks do to Pacemaker, done to a CIB in a file. */
function doing({apply = []}: ReturnType<typeof groupMovedTo>): Event {
	return cib => {
		for (const command of apply) {
			execFileSync('sh', ['-c', render(command, 'execute')], {env: {...process.env, CIB_file: cib}, stdio: 'pipe'});
		}
	};
}

/** `crm_resource --cleanup` needs the daemons; what it does to the CIB is this. */
const cleaned =
	(node: string): Event =>
	cib => {
		for (const xpath of [
			`//node_state[@uname="${node}"]//lrm_resource[@id="ldirectord1"]`,
			`//node_state[@uname="${node}"]/transient_attributes`,
		]) {
			execFileSync('cibadmin', ['--delete', '--xpath', xpath], {env: {...process.env, CIB_file: cib}, stdio: 'pipe'});
		}
	};

describe('what the drills expect is what Pacemaker decides', () => {
	test.each<[string, Cluster['ha']['failback'], readonly Event[], typeof master | undefined]>([
		['2: master lost', true, [lost('master')], standby],
		['2: master back, failback', true, [lost('master'), back('master')], master],
		['2: master back, staying', false, [lost('master'), back('master')], standby],
		['4: killed once', true, thrice('master').slice(0, 1), master],
		['4: killed twice', true, thrice('master').slice(0, 2), master],
		['4: killed three times', true, thrice('master'), standby],
		['4: killed three times and cleaned, failback', true, [...thrice('master'), cleaned('master')], master],
		['4: killed three times and cleaned, staying', false, [...thrice('master'), cleaned('master')], standby],
		['killed three times on both: nobody', true, [...thrice('master'), ...thrice('standby')], undefined],
		[
			'killed three times on both, then standby cleaned',
			true,
			[...thrice('master'), ...thrice('standby'), cleaned('standby')],
			standby,
		],
		[
			'killed three times on both, then both cleaned',
			true,
			[...thrice('master'), ...thrice('standby'), cleaned('standby'), cleaned('master')],
			master,
		],
		['power: both lost and back', true, [[...lost('master'), ...lost('standby')], bothBack], master],
		[
			'power: both lost, standby alone is back',
			true,
			[[...lost('master'), ...lost('standby')], back('standby')],
			standby,
		],
		['undo, staying: brought to master', false, [lost('master'), back('master'), doing(groupMovedTo(master))], master],
		[
			'undo, staying: brought to master, and stays there once the move is over',
			false,
			[lost('master'), back('master'), doing(groupMovedTo(master)), doing(moveConstraintsCleared())],
			master,
		],
	])('%s', (_, isFailback, events, where) => {
		const {cib} = after(isFailback ? 'failback' : 'stay', ...events);
		for (const director of failback.directors) {
			expect(look(groupOn(director), cib)).toMatchObject({code: director === where ? 0 : 1});
		}

		expect(look(groupOnOne(failback), cib).code).toBe(where ? 0 : 1);
		expect(spawnSync('crm_verify', ['-x', cib], {encoding: 'utf8'})).toMatchObject({status: 0});
	});

	test('4: what comes after ldirectord in the group stops with it, what comes before does not', () => {
		const {said} = after('failback', failure('master'));
		expect(said).toMatch(/Recover\s+ldirectord1\s+\( master \)/);
		expect(said).toMatch(/Restart\s+ip-external\s+\( master \)/);
		expect(said).not.toMatch(/(Restart|Recover|Stop|Move)\s+ip-internal/);
	});

	test('split brain healed: what is active twice is stopped on both and started on one', () => {
		const active = ['ip-internal', 'ldirectord1', 'ip-external'].flatMap(id => ['-i', `${id}_monitor_0@standby=0`]);
		// The merged state of two halves: master's own, and what the other half says of standby.
		const {cib, said} = after('failback', [...active]);
		expect(said).toMatch(/ip-external\s+stop on standby/);
		expect(look(groupOn(master), cib)).toEqual({code: 0, output: ''});
	});
});

describe("the drills read Pacemaker's state right", () => {
	test.each<[string, readonly Event[], Record<string, number>]>([
		['at first', [], {online: 0, failures: 0, once: 1}],
		['after one failure', [failure('master')], {online: 0, failures: 1, once: 0, twice: 1}],
		['after two', [failure('master'), failure('master')], {failures: 1, once: 0, twice: 0}],
		['cleaned', [failure('master'), cleaned('master')], {failures: 0, once: 1}],
		[
			"of the other director's failures nothing is counted",
			[...thrice('master'), cleaned('master'), lost('master'), failure('standby')],
			{once: 1, failures: 1, online: 1},
		],
		['a director is away', [lost('standby')], {online: 1}],
		['moved by hand', [lost('master'), back('master')], {held: 0}],
	])('%s', (_, events, wanted) => {
		const {cib} = after('stay', ...events);
		const tasks = {
			online: bothOnline(stay),
			failures: withoutFailures(),
			once: ldirectordKilled(master, 1),
			twice: ldirectordKilled(master, 2),
			held: moveConstraintsCleared(),
		};
		const found = Object.keys(wanted).map(name => [name, look(tasks[name as keyof typeof tasks], cib).code]);
		expect(Object.fromEntries(found)).toEqual(wanted);
	});

	test('a move is seen until it is taken back', () => {
		const moved = [lost('master'), back('master'), doing(groupMovedTo(master))];
		expect(look(moveConstraintsCleared(), after('stay', ...moved).cib)).toEqual({
			code: 1,
			output: 'a move or a ban made by hand is still in force',
		});
		expect(look(moveConstraintsCleared(), after('stay', ...moved, doing(moveConstraintsCleared())).cib)).toEqual({
			code: 0,
			output: '',
		});
	});

	test('says what is wrong', () => {
		const {cib} = after('failback', ...thrice('master'));
		expect(look(groupOn(master), cib).output).toBe(
			'of 3 resources started on master: 0; missing: ip-internal (standby), ldirectord1 (standby), ip-external (standby)',
		);
		expect(look(withoutFailures(), cib).output).toBe('ldirectord1 has failed on master: 3');
		expect(look(bothOnline(failback), after('failback', lost('master')).cib).output).toBe('master is not online');
	});

	test('without Pacemaker it does not hold, and says why', () => {
		expect(
			runWith(groupOn(master).check, {
				programs: {
					crm_mon: 'echo "crm_mon: Connection to cluster failed: Transport endpoint is not connected"; exit 102',
				},
			}),
		).toEqual({code: 1, output: 'crm_mon: Connection to cluster failed: Transport endpoint is not connected'});
	});
});

describe('the commands', () => {
	const clusters = {
		default: failback,
		'five servers, RAID 5, staying, no sorry page, emulated': testCluster(
			{web: {count: 5}, raid: {level: 5}, ha: {failback: false, sorryPage: false}},
			{acceleration: 'tcg'},
		),
	};

	it.each(Object.entries(clusters))('pass shellcheck: %s', (_, cluster) => {
		const commands = drills.flatMap(({scenario}) => {
			const {precheck, phases, undo} = scenario(cluster);
			return [...precheck, ...phases.flatMap(({inject, expect}) => [...inject, ...expect]), ...undo].flatMap(
				({task}) => [task.check, ...(task.apply ?? [])],
			);
		});
		const texts = [...new Set(commands.map(command => render(command, 'script')))];
		expect(texts.length).toBeGreaterThan(50);
		for (const text of texts) {
			const {status, stderr} = spawnSync('sh', ['-n'], {input: text, encoding: 'utf8'});
			expect(status, `${text}\n${stderr}`).toBe(0);
		}

		// Words are split where a sentence is made of lines, and a list may have one word.
		const {stdout, error} = spawnSync(
			'shellcheck',
			['--shell', 'sh', '--format', 'gcc', '--exclude', 'SC2086,SC2046,SC2116,SC2043', '-'],
			{
				input: `#!/bin/sh\n${texts.map(text => `(\n${text}\n)\n`).join('')}`,
				encoding: 'utf8',
			},
		);
		expect(error).toBeUndefined();
		expect(stdout).toBe('');
	});
});
