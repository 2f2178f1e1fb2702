import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {configuration} from '../../steps/ldirectord.ts';
import {render, sh} from '../../source/shell/command.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {makePlan, type Unit} from '../../source/engine/plan.ts';
import {run} from '../../source/engine/run.ts';
import type {Target} from '../../source/engine/target.ts';
import {WrittenFiles} from '../../source/engine/written-digests.ts';
import {backUpFile} from '../../source/state/backup.ts';
import {localTarget} from '../../source/targets/local.ts';
import {corosync} from '../../steps/corosync.ts';
import {ldirectord} from '../../steps/ldirectord.ts';
import {names} from '../../steps/names.ts';
import {testCluster} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';

/**
 * The real files of a director in a mount namespace of their own: the steps' own commands read and write /etc there. Of the
 * programs only systemctl is another one, which tells of services that started an hour ago.
 */
let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'overwritten-'));
	for (const name of ['etc', 'bin', 'run', 'state']) {
		mkdirSync(join(folder, name));
	}

	writeFileSync(
		join(folder, 'bin', 'systemctl'),
		`#!/bin/sh
case $1 in
	show) printf 'ActiveState=%s\\nUnitFileState=%s\\nNeedDaemonReload=no\\nInactiveExitTimestamp=%s\\n' $(for unit; do :; done; case $unit in ldirectord) echo inactive disabled ;; *) echo active enabled ;; esac) "$(cat ${folder}/started)" ;;
	restart) date -u '+%Y-%m-%d %H:%M:%S.%6N UTC' > ${folder}/started; echo "$2" >> ${folder}/restarted ;;
	is-active) exit 0 ;;
esac
`,
		{mode: 0o755},
	);
	writeFileSync(join(folder, 'started'), '2026-01-01 00:00:00.000000 UTC\n');
	for (const name of ['hosts', 'passwd', 'group', 'alternatives']) {
		execFileSync('cp', ['-r', '--preserve=links', join('/etc', name), join(folder, 'etc', name)]);
	}
});
afterEach(() => rmSync(folder, {recursive: true}));

/** A machine whose /etc is the folder's. */
function machine(): Target & {trips: number} {
	const local = localTarget('master');
	const target = {
		...local,
		trips: 0,
		exec: async (...[text, execution]: Parameters<Target['exec']>) => {
			target.trips++;
			const inside = `mount --bind ${folder}/etc /etc && mount --bind ${folder}/run /run && export PATH=${folder}/bin:$PATH && ${text}`;
			return local.exec(render(sh`exec unshare --mount --propagation private sh -c ${inside}`, 'execute'), execution);
		},
	};
	return target;
}

const cluster = testCluster();
const wanted = (path: string) => join(folder, 'etc', path);

/** Tasks of these steps for MASTER that concern files, and the services that read them. */
function plan(from = cluster): Unit[] {
	const only = (task: Unit['tasks'][number]) => task.writes !== undefined || task.restarts === 'corosync';
	return makePlan(
		from,
		[names, corosync, ldirectord].map(step => ({...step, needs: step.needs.filter(need => need === 'names')})),
	)
		.filter(({place}) => place === 'master')
		.map(unit => ({...unit, tasks: unit.tasks.filter(task => only(task) && !task.restarts?.startsWith('p'))}));
}

async function go(units: readonly Unit[], {dryRun = false, known = true, written = new WrittenFiles([])} = {}) {
	const target = machine();
	const events: EventBody[] = [];
	const state = begunState(join(folder, 'state'));
	state.create('logs');
	const result = await run({
		plan: units,
		dryRun,
		lockFolder: 'web',
		timeoutScale: 4,
		language: 'en',
		signal: new AbortController().signal,
		target: () => target,
		emit: event => events.push(event),
		recordIntent() {},
		wasDone: () => known,
		wrote({id}, path, digest) {
			written.add(id, path, digest);
		},
		keep: ({id, place}, path, content) =>
			written.isOurs(id, path, content) ? undefined : backUpFile(state, 'r1', {place, path, content}),
	});
	const finished = (status: string) =>
		events.flatMap(event => (event.type === 'task-finished' && event.status === status ? event.task : []));
	return {
		statuses: Object.fromEntries([...result].map(([id, {status}]) => [id, status])),
		finished,
		events,
		trips: target.trips,
		differences: events.flatMap(event => (event.type === 'difference' ? [event.lines.join('\n')] : [])),
	};
}

test('a token, a line of ldirectord.cf and a name changed: plan shows diffs and the restart, up does just that and keeps the files', async () => {
	expect((await go(plan(), {known: false})).statuses).toEqual({
		'names:master': 'changed',
		'corosync:master': 'changed',
		'ldirectord:master': 'changed',
	});
	const again = await go(plan());
	expect(again).toMatchObject({
		statuses: {'names:master': 'ok', 'corosync:master': 'ok', 'ldirectord:master': 'ok'},
		trips: 3,
		differences: [],
	});
	rmSync(join(folder, 'restarted'));

	// By hand, an hour ago, but for the token, which is in the answers.
	const cf = readFileSync(wanted('ha.d/ldirectord.cf'), 'utf8');
	writeFileSync(wanted('ha.d/ldirectord.cf'), cf.replace('checkinterval=10', 'checkinterval=60'));
	writeFileSync(
		wanted('hosts'),
		readFileSync(wanted('hosts'), 'utf8').replace('10.0.10.110 server1', '10.0.10.99 server1'),
	);
	utimesSync(wanted('ha.d/ldirectord.cf'), new Date('2026-01-01'), new Date('2026-01-01'));
	const byHand = {
		hosts: readFileSync(wanted('hosts')),
		cf: readFileSync(wanted('ha.d/ldirectord.cf')),
		corosync: readFileSync(wanted('corosync/corosync.conf')),
	};
	const changed = testCluster({ha: {token: 5000}});

	const planned = await go(plan(changed), {dryRun: true});
	expect(planned.finished('would-change')).toEqual(
		expect.arrayContaining([
			'Name every node in /etc/hosts',
			'Write /etc/corosync/corosync.conf',
			'Start corosync, now and at every boot',
			'Write /etc/ha.d/ldirectord.cf',
		]),
	);
	expect(planned.finished('would-change')).toHaveLength(4);
	expect(planned.events).toContainEqual(
		expect.objectContaining({
			task: 'Start corosync, now and at every boot',
			status: 'would-change',
			because: '/etc/corosync/corosync.conf',
		}),
	);
	expect(planned.differences.join('\n')).toMatch(/-checkinterval=60\n\+checkinterval=10\n/);
	expect(planned.differences.join('\n')).toMatch(/-\s*token: 3000\n\+\s*token: 5000\n/);
	expect(planned.differences.join('\n')).toMatch(/-10\.0\.10\.99 server1 .*\n(?:.*\n)*\+10\.0\.10\.110 server1 /);
	expect(readFileSync(wanted('hosts')).equals(byHand.hosts)).toBe(true);

	const done = await go(plan(changed));
	expect(done.finished('changed').sort()).toEqual(planned.finished('would-change').sort());
	expect(done.differences.sort()).toEqual(planned.differences.sort());
	expect(done.trips).toBe(3);
	expect(readFileSync(join(folder, 'restarted'), 'utf8')).toBe('corosync\n');
	expect(readFileSync(wanted('ha.d/ldirectord.cf'), 'utf8')).toBe(configuration(changed));
	for (const [name, content] of [
		['etc/hosts', byHand.hosts],
		['etc/ha.d/ldirectord.cf', byHand.cf],
		['etc/corosync/corosync.conf', byHand.corosync],
	] as const) {
		const copy = join(folder, 'state', 'logs', 'r1', 'backup', 'master', name);
		expect(readFileSync(copy).equals(content), name).toBe(true);
		expect(statSync(copy).mode & 0o777).toBe(0o600);
	}

	expect((await go(plan(changed), {dryRun: true})).finished('would-change')).toEqual([]);
});

test('the key that Corosync encrypts with is neither shown nor kept', async () => {
	await go(plan(), {known: false});
	writeFileSync(wanted('corosync/authkey'), 'a key of somebody else\n');
	const {events, finished, differences} = await go(plan());
	expect(finished('changed')).toEqual([
		'Send the key that Corosync encrypts with',
		'Start corosync, now and at every boot',
	]);
	expect(differences).toEqual([]);
	expect(JSON.stringify(events)).not.toContain('somebody else');
	expect(spawnSync('find', [join(folder, 'state', 'logs'), '-type', 'f'], {encoding: 'utf8'}).stdout).toBe('');
});

test('a file that is as the last up left it is not kept when new answers change it; one changed by hand is', async () => {
	const written = new WrittenFiles([]);
	await go(plan(), {known: false, written});
	const kept = ({events}: Awaited<ReturnType<typeof go>>) =>
		events.flatMap(event => (event.type === 'kept' ? [event.path] : []));
	const fewer = testCluster({web: {count: 2}});
	const shrunk = await go(plan(fewer), {written});
	expect(shrunk.finished('changed')).toEqual(
		expect.arrayContaining(['Name every node in /etc/hosts', 'Write /etc/ha.d/ldirectord.cf']),
	);
	expect(shrunk.differences).toHaveLength(2);
	expect(kept(shrunk)).toEqual([]);

	writeFileSync(wanted('hosts'), `${readFileSync(wanted('hosts'), 'utf8')}192.0.2.1 a.printer\n`);
	expect(kept(await go(plan(), {written}))).toEqual(['/etc/hosts']);
});
