import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {groupSettled} from '../../source/tasks/group.ts';
import {loadedResources} from '../../source/tasks/resources.ts';
import {configuration} from '../../steps/resources.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'pacemaker-'));
const cib = (name: string) => join(folder, `${name}.xml`);
const crmFile = join(folder, 'cluster.crm');
const failback = testCluster();
const stay = testCluster({ha: {failback: false}});

beforeAll(() => {
	load('failback', configuration(failback));
	load('stay', configuration(stay));
});
afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** What the step does: `crm configure load`, here into a file instead of a running cluster. */
function load(name: string, text: string, fresh = true): void {
	const env = {...process.env, CIB_file: cib(name)};
	if (fresh) {
		writeFileSync(cib(name), execFileSync('cibadmin', ['--empty'], {encoding: 'utf8'}));
	}

	writeFileSync(crmFile, text);
	execFileSync('crm', ['-F', 'configure', 'load', 'update', crmFile], {env, stdio: 'pipe'});
}

/** One thing after another happens to the cluster; where each resource is in the end, said by Pacemaker's own scheduler. */
function after(name: string, ...events: readonly string[][]): string[] {
	let status = cib(name);
	let output = '';
	for (const [index, event] of [['-u', 'master', '-u', 'standby'], ...events].entries()) {
		const next = cib(`${name}-${index}`);
		output = execFileSync('crm_simulate', ['-x', status, ...event, '-S', '-O', next], {encoding: 'utf8'});
		status = next;
	}

	const revised = output.slice(output.indexOf('Revised Cluster Status'));
	return [...revised.matchAll(/\* (\S+)\t\(ocf:\S+\):\t (.+)/g)].map(([, id, state]) => `${id} ${state}`);
}

const everything = (node: string) => ['ip-internal', 'ldirectord1', 'ip-external'].map(id => `${id} Started ${node}`);
const failure = ['-i', `ldirectord1_monitor_${failback.ha.monitor * 1000}@master=7`];

describe('where the group runs', () => {
	test.each([
		['failback', 'at first', [], 'master'],
		['failback', 'after two failures', [failure, failure], 'master'],
		['failback', 'after three failures', [failure, failure, failure], 'standby'],
		['failback', 'master lost', [['-d', 'master']], 'standby'],
		[
			'failback',
			'master lost and back',
			[
				['-d', 'master'],
				['-u', 'master'],
			],
			'master',
		],
		['failback', 'standby lost', [['-d', 'standby']], 'master'],
		['stay', 'at first', [], 'master'],
		['stay', 'after three failures', [failure, failure, failure], 'standby'],
		[
			'stay',
			'master lost and back',
			[
				['-d', 'master'],
				['-u', 'master'],
			],
			'standby',
		],
	])('%s, %s', (name, _, events, node) => {
		expect(after(name, ...events)).toEqual(everything(node));
	});
});

describe('`up` waits until Pacemaker has nothing left to do', () => {
	const check = (name: string, cluster = failback) =>
		runWith(groupSettled(cluster).check, {environment: {CIB_file: cib(name)}});

	test('the group is at home', () => {
		after('failback');
		expect(check('failback-0')).toEqual({code: 0, output: ''});
	});

	test('the group runs on the second director, and the first is back: it will move', () => {
		after('failback', ['-d', 'master']);
		expect(check('failback-1'), 'the first director is away').toEqual({code: 0, output: ''});
		execFileSync('crm_simulate', ['-x', cib('failback-1'), '-u', 'master', '-O', cib('back')]);
		expect(check('back')).toEqual({
			code: 1,
			output: 'Pacemaker still has to: move ip-internal move ldirectord1 move ip-external',
		});
		execFileSync('crm_simulate', ['-x', cib('back'), '-S', '-O', cib('home')]);
		expect(check('home')).toEqual({code: 0, output: ''});
	});

	test('somebody has moved the group to the second director: it stays', () => {
		after('failback');
		const held = cib('held');
		writeFileSync(held, readFileSync(cib('failback-0')));
		execFileSync(
			'cibadmin',
			[
				'--modify',
				'--allow-create',
				'--scope',
				'constraints',
				'--xml-text',
				'<rsc_location id="cli-prefer-web" rsc="web" role="Started" node="standby" score="INFINITY"/>',
			],
			{env: {...process.env, CIB_file: held}},
		);
		expect(check('held'), 'at home, where nothing more is asked').toEqual({code: 0, output: ''});
		execFileSync('crm_simulate', ['-x', held, '-S', '-O', cib('moved')]);
		expect(check('moved')).toEqual({code: 0, output: ''});
	});

	test('without failback the group stays where it is', () => {
		after('stay', ['-d', 'master'], ['-u', 'master']);
		expect(check('stay-2', stay)).toEqual({code: 0, output: ''});
	});

	test('a resource is starting', () => {
		after('failback');
		const text = readFileSync(cib('failback-0'), 'utf8');
		const [start] = /<lrm_rsc_op [^>]*operation_key="ip-external_start_0"[^>]*>/.exec(text)!;
		writeFileSync(
			cib('starting'),
			text.replace(
				start,
				start
					.replace('op-status="0"', 'op-status="-1"')
					.replace('rc-code="0"', 'rc-code="193"')
					.replace('transition-magic="0:0;', 'transition-magic="-1:193;'),
			),
		);
		expect(check('starting')).toEqual({code: 1, output: 'of 3 resources started: 2'});
	});

	test('Pacemaker does not answer', () => {
		expect(check('nowhere').code).toBe(1);
	});
});

test('Pacemaker finds nothing to complain about', () => {
	after('failback');
	expect(execFileSync('crm_verify', ['-V', '-x', cib('failback-0')], {encoding: 'utf8'})).toBe('');
});

describe('the check compares what Pacemaker holds with what is wanted', () => {
	const check = (name: string, cluster: typeof failback) =>
		runWith(loadedResources('cluster.crm', configuration(cluster)).check, {environment: {CIB_file: cib(name)}});

	test('nothing loaded', () => {
		writeFileSync(cib('empty'), execFileSync('cibadmin', ['--empty'], {encoding: 'utf8'}));
		const {code, output} = check('empty', failback);
		expect(code).toBe(1);
		expect(output).toContain('missing: ip-external is ocf:heartbeat:IPaddr2');
	});

	test('loaded, and loaded again', () => {
		load('again', configuration(failback));
		load('again', configuration(failback), false);
		expect(check('again', failback)).toEqual({code: 0, output: ''});
	});

	test('as crmsh 5 writes it', () => {
		load('crmsh-5', configuration(failback));
		const text = readFileSync(cib('crmsh-5'), 'utf8').replaceAll(/interval="0s?"/g, 'interval="0s"');
		expect(text).toContain('interval="0s"');
		writeFileSync(cib('crmsh-5'), text);
		expect(check('crmsh-5', failback)).toEqual({code: 0, output: ''});
	});

	test.each([
		['another monitor interval', {profile: 'thesis'}, 'ldirectord1 op monitor interval=15s timeout=20s'],
		['no failback', {ha: {failback: false}}, 'prefer-master location web 50 master'],
		['another VIP', {vip: {external: '192.168.1.210'}}, 'ip-external params ip=192.168.1.210'],
	] as const)('%s is seen, loaded over the old one, and then it holds', (_, answers, missing) => {
		const wanted = testCluster(answers);
		const before = testCluster({profile: 'fast'});
		load('changed', configuration(before));
		const {code, output} = check('changed', wanted);
		expect(code).toBe(1);
		expect(output).toContain(`missing: ${missing}`);
		load('changed', configuration(wanted), false);
		expect(check('changed', wanted)).toEqual({code: 0, output: ''});
	});

	test.each([
		[
			'a resource stopped by an administrator',
			['crm_resource', '--resource', 'web', '--meta', '--set-parameter', 'target-role', '--parameter-value', 'Stopped'],
			0,
		],
		['a group moved away by hand', ['crm_resource', '--resource', 'web', '--ban', '--node', 'master'], 0],
		['fencing switched on', ['crm_attribute', '--name', 'stonith-enabled', '--update', 'true'], 1],
		[
			'a parameter altered',
			['crm_resource', '--resource', 'ip-internal', '--set-parameter', 'cidr_netmask', '--parameter-value', '16'],
			1,
		],
	] as const)('%s', (_, [program, ...words], code) => {
		const status = join(folder, 'harmed.xml');
		after('failback');
		execFileSync('cp', [cib('failback-0'), status]);
		execFileSync(program, words, {env: {...process.env, CIB_file: status}, stdio: 'pipe'});
		expect(check('harmed', failback).code).toBe(code);
	});
});
