import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {render, type Command} from '../../source/shell/command.ts';
import {maintenanceFolder} from '../../source/roles/director.ts';
import {inRotation} from '../../source/tasks/rotation.ts';
import {configuration} from '../../steps/ldirectord.ts';
import {testCluster} from '../cluster-fixture.ts';

/**
 * Debian's ldirectord with three web servers, in namespaces of its own. The kernel's IPVS may be missing where tests
 * run: a program stands for ipvsadm that keeps the rules in a file, as `ipvsadm -S -n` writes them.
 */
const cluster = testCluster({check: {interval: '1s', timeout: '1s'}, ha: {sorryPage: false}});
const [server1, server2, server3] = cluster.webs as [
	(typeof cluster.webs)[0],
	(typeof cluster.webs)[0],
	(typeof cluster.webs)[0],
];
const folder = mkdtempSync(join(tmpdir(), 'rotation-'));
const rules = join(folder, 'rules');
let director: ChildProcess;

const ipvsadm = `#!/bin/sh
rules=${rules}
action=$1
shift
virtual=$(echo " $*" | sed -n 's/.* -t \\([^ ]*\\).*/\\1/p')
real=$(echo " $*" | sed -n 's/.* -r \\([^ ]*\\).*/\\1/p')
{
	flock 9
	case $action in
		-A) echo "-A -t $virtual -s rr" >> $rules ;;
		-a | -e) sed -i "/-r $real /d" $rules; echo "-a -t $virtual -r $real -m -w 1" >> $rules ;;
		-d) sed -i "/-r $real /d" $rules ;;
		-S) cat $rules ;;
		-L) printf '1\\n2\\n3\\n'; sed -n 's/^-A -t \\([^ ]*\\) .*/TCP  \\1 rr/p; s/^-a .* -r \\([^ ]*\\) .*/  -> \\1 Masq 1 0 0/p' $rules ;;
	esac
} 9> $rules.lock
`;

const web =
	'require("http").createServer((request, response) => response.end("OK")).listen(80, "0.0.0.0", () => console.log("listening"))';

beforeAll(async () => {
	for (const [name, text] of Object.entries({ipvsadm, rules: '', 'ldirectord.cf': configuration(cluster)})) {
		writeFileSync(join(folder, name), text, {mode: 0o755});
	}

	mkdirSync(join(folder, 'ha.d'));
	const addresses = [...cluster.webs.map(({internal}) => internal), cluster.vip.external].map(
		address => `ip address add ${address}/32 dev lo`,
	);
	const script = [
		'set -e',
		'ip link set lo up',
		...addresses,
		'mount -t tmpfs tmpfs /run; mount -t tmpfs tmpfs /var/log',
		`mkdir ${maintenanceFolder}`,
		`mount --bind ${folder}/ipvsadm "$(realpath /sbin/ipvsadm)"`,
		`mount --bind ${folder}/ha.d /etc/ha.d`,
		`cp ${folder}/ldirectord.cf /etc/ha.d/`,
		`exec ${process.execPath} -e '${web}'`,
	].join('\n');
	director = spawn('unshare', ['--mount', '--net', '--propagation', 'private', 'sh', '-c', script], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	await new Promise((resolve, reject) => {
		director.stdout!.once('data', resolve);
		director.once('exit', () => {
			reject(new Error('the namespaces could not be made'));
		});
	});
	expect(inside('ldirectord /etc/ha.d/ldirectord.cf start')).toMatchObject({code: 0});
});

afterAll(() => {
	inside('ldirectord /etc/ha.d/ldirectord.cf stop');
	director.kill('SIGKILL');
	rmSync(folder, {recursive: true, force: true});
});

test.each([
	['all', [server1, server2, server3]],
	['one', [server1]],
	['two others', [server2, server3]],
	['another one', [server2]],
	['all again', [server1, server2, server3]],
] as const)('ldirectord sends requests to those it is told, and to no other: %s', async (_, servers) => {
	const {check, apply} = inRotation(cluster, servers);
	expect(inside(apply![0]!)).toEqual({code: 0, output: ''});
	const started = performance.now();
	while (inside(check).code !== 0 && performance.now() - started < 20_000) {
		await delay(200);
	}

	expect(inside(check)).toEqual({code: 0, output: ''});
	expect([...readFileSync(rules, 'utf8').matchAll(/-r ([\d.]+):80/g)].map(match => match[1]).toSorted()).toEqual(
		servers.map(({internal}) => internal),
	);
});

test('a server that is out stays out although it is well, and its configuration is as it was', async () => {
	inside(inRotation(cluster, [server3]).apply![0]!);
	await delay(4000);
	expect(inside(inRotation(cluster, [server3]).check)).toEqual({code: 0, output: ''});
	expect(inside('cat /etc/ha.d/ldirectord.cf').output).toBe(configuration(cluster).trim());
});

function inside(command: Command | string): {code: number | null; output: string} {
	const text = typeof command === 'string' ? command : render(command, 'execute');
	const {status, stdout, stderr} = spawnSync(
		'nsenter',
		['--mount', '--net', '-t', String(director.pid), 'sh', '-c', text],
		{encoding: 'utf8', env: {...process.env, LC_ALL: 'C.UTF-8'}},
	);
	return {code: status, output: `${stdout}${stderr}`.trim()};
}
