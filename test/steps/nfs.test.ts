import {spawnSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {nfs} from '../../steps/nfs.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from './check.ts';
import {on, written} from './written.ts';

const cluster = testCluster();
const exported = nfs.tasks(cluster, on(cluster, 'nas')).find(({title}) => title.en.startsWith('Export the array'))!;

test('one line, one subnet, no blank before the options, only as long as the array is mounted', () => {
	const lines = written(nfs, cluster, on(cluster, 'nas'), '/etc/exports.d/cluster.exports').trim().split('\n');
	expect(lines).toEqual(['/mnt/raid 10.0.10.0/24(ro,sync,no_subtree_check,root_squash,mp)']);
});

/** The judge is what exportfs of nfs-utils 2.6 printed on a real machine. */
test.each([
	[
		'ours',
		'/mnt/raid  10.0.10.0/24(sync,wdelay,hide,no_subtree_check,mp,sec=sys,ro,secure,root_squash,no_all_squash)',
		0,
	],
	['nothing', '', 1],
	[
		"the thesis's slip: the whole world",
		'/mnt/raid  <world>(sync,wdelay,hide,no_subtree_check,sec=sys,ro,secure,root_squash,no_all_squash)',
		1,
	],
	[
		'root is not squashed',
		'/mnt/raid  10.0.10.0/24(sync,wdelay,hide,no_subtree_check,sec=sys,rw,secure,no_root_squash,no_all_squash)',
		1,
	],
	[
		'another one beside it',
		'/mnt/raid  10.0.10.0/24(sync,wdelay,hide,no_subtree_check,mp,sec=sys,ro,secure,root_squash,no_all_squash)\n/home  *(rw,root_squash)',
		1,
	],
])('exported: %s', (_, output, code) => {
	expect(runWith(exported.check, {programs: {exportfs: `printf '%s\\n' '${output}'`}}).code).toBe(code);
});

test('a machine without a server cannot be told', () => {
	expect(runWith(exported.check, {programs: {exportfs: 'exit 1'}}).code).toBe(2);
});

test("the settings are of nfs.conf's form", () => {
	const settings = written(nfs, cluster, on(cluster, 'nas'), '/etc/nfs.conf.d/cluster.conf');
	const {status, stdout} = spawnSync('awk', ['/^#/ {next} /^\\[nfsd\\]$/ {next} !/^[a-z0-9.-]+=[a-z0-9]+$/ {print}'], {
		input: settings,
		encoding: 'utf8',
	});
	expect({status, stdout}).toEqual({status: 0, stdout: ''});
	expect(settings).toContain('vers4.2=y');
});
