import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, describe, expect, onTestFinished, test} from 'vitest';
import {render, type Command} from '../../source/shell/command.ts';
import {maintenanceFolder} from '../../source/roles/director.ts';
import {inRotation} from '../../source/tasks/rotation.ts';
import {runWith} from '../steps/check.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const [server1, server2, server3] = cluster.webs as [
	(typeof cluster.webs)[0],
	(typeof cluster.webs)[0],
	(typeof cluster.webs)[0],
];
const configuration = {'/etc/ha.d/ldirectord.cf': `checkinterval=1\nmaintenancedir=${maintenanceFolder}\n`};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'rotation-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
});

/** What `ipvsadm -S -n` says of these servers. */
const row = (address: string, weight = 1) => `-a -t 192.168.1.200:80 -r ${address}:80 -m -w ${weight}`;

function run(command: Command, {hasVip = true, rows = []}: {hasVip?: boolean; rows?: string[]} = {}) {
	const inFolder = {strings: [render(command, 'execute').replaceAll(maintenanceFolder, folder)], values: []};
	return runWith(inFolder, {
		files: {'/etc/ha.d/ldirectord.cf': configuration['/etc/ha.d/ldirectord.cf'].replace(maintenanceFolder, folder)},
		programs: {
			ip: hasVip ? 'echo "2: ext0 inet 192.168.1.200/24"' : ':',
			ipvsadm: ['-A -t 192.168.1.200:80 -s rr', ...rows].map(line => `echo '${line}'`).join('; '),
		},
	});
}

describe('which servers are in rotation', () => {
	const {check} = inRotation(cluster, [server1, server2]);
	const put = () => {
		writeFileSync(join(folder, '10.0.10.112'), '');
	};

	test('those and no other: holds', () => {
		put();
		expect(run(check, {rows: [row('10.0.10.111'), row('10.0.10.110')]})).toEqual({code: 0, output: ''});
	});

	test.each([
		['one is still in', [row('10.0.10.110'), row('10.0.10.111'), row('10.0.10.112')]],
		['one is not in yet', [row('10.0.10.110')]],
		['one has no weight', [row('10.0.10.110'), row('10.0.10.111', 0)]],
		['the sorry page serves', ['-a -t 192.168.1.200:80 -r 127.0.0.1:80 -g -w 1']],
		['nobody serves', []],
	])('%s: does not hold', (_, rows) => {
		put();
		expect(run(check, {rows})).toMatchObject({code: 1, output: expect.stringMatching(/^in rotation: /) as string});
	});

	test('nothing has been said to ldirectord', () => {
		expect(run(check, {rows: [row('10.0.10.110'), row('10.0.10.111')]})).toEqual({code: 1, output: 'taken out: none'});
	});

	test('the folder is not there', () => {
		rmSync(folder, {recursive: true});
		expect(run(check).code).toBe(1);
	});

	test('a director without the VIP balances nothing: what it has been told counts', () => {
		put();
		expect(run(check, {hasVip: false}).code).toBe(0);
	});

	test('an ldirectord that does not know the folder is a reason to stop', () => {
		put();
		const check = render(inRotation(cluster, [server1]).check, 'execute');
		expect(
			runWith({strings: [check], values: []}, {files: {'/etc/ha.d/ldirectord.cf': 'checkinterval=1\n'}}),
		).toMatchObject({code: 2, output: expect.stringContaining('cluster-wizard up') as string});
	});
});

describe('telling ldirectord', () => {
	const tell = (...servers: Array<typeof server1>) => run(inRotation(cluster, servers).apply![0]!);
	test.each([
		['one', [server1], ['10.0.10.111', '10.0.10.112']],
		['another two', [server2, server3], ['10.0.10.110']],
		['all', [server1, server2, server3], []],
	])('%s in rotation, from nothing and from any other state', (_, servers, expected) => {
		for (const before of [[], ['10.0.10.110', '10.0.10.111'], ['10.0.10.112', 'other']]) {
			rmSync(folder, {recursive: true});
			mkdirSync(folder);
			for (const name of before) {
				writeFileSync(join(folder, name), '');
			}

			expect(tell(...servers)).toEqual({code: 0, output: ''});
			expect(readdirSync(folder).toSorted()).toEqual(expected);
		}
	});

	test('makes the folder', () => {
		rmSync(folder, {recursive: true});
		expect(tell(server1).code).toBe(0);
		expect(existsSync(folder)).toBe(true);
	});
});
