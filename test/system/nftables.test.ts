import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {render} from '../../source/engine/command.ts';
import {forwarding} from '../../steps/forwarding.ts';
import {testCluster} from '../cluster-fixture.ts';
import {on, written} from '../steps/written.ts';

const path = '/etc/nftables.conf';
const cluster = testCluster();
const folder = mkdtempSync(join(tmpdir(), 'nftables-'));
const rules = join(folder, 'nftables.conf');

beforeAll(() => writeFileSync(rules, written(forwarding, cluster, on(cluster, 'master'), path)));
afterAll(() => rmSync(folder, {recursive: true}));

/** In namespaces of its own: nothing of this machine is changed, and whatever the script starts ends with it. */
function inNamespace(script: string): {status: number | null; output: string} {
	const {status, stdout, stderr} = spawnSync('unshare', ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', script], {encoding: 'utf8', env: {...process.env, RULES: rules}, timeout: 30_000});
	return {status, output: (stdout + stderr).trim()};
}

test('nft accepts the rules, twice, and leaves tables of others alone', () => {
	expect(inNamespace('nft add table ip other && nft -c -f "$RULES" && nft -f "$RULES" && nft -f "$RULES" && nft list tables'))
		.toEqual({status: 0, output: 'table ip other\ntable inet cluster'});
});

describe('the check compares what is loaded with the file', () => {
	const task = forwarding.tasks(cluster, on(cluster, 'master')).find(({title}) => title.en.startsWith('Load the firewall'))!;
	const check = `systemctl() { echo enabled; }\n${render(task.check, 'execute').replaceAll(path, '"$RULES"').replace(/'nft -f "\$RULES" && (.*?)'/, '\'nft -f "$RULES" && $1\'')}`;

	test.each([
		['nothing is loaded', ':', 1],
		['loaded', 'nft -f "$RULES"', 0],
		['a rule was added by hand', 'nft -f "$RULES"; nft insert rule inet cluster incoming tcp dport 23 accept', 1],
		['the rules were flushed', 'nft -f "$RULES"; nft flush ruleset', 1],
		['the policy was opened', 'nft -f "$RULES"; nft chain inet cluster incoming "{ policy accept; }"', 1],
		['tables of others', 'nft -f "$RULES"; nft add table ip other', 0],
	])('%s', (_, before, status) => {
		expect(inNamespace(`${before}\n${check}`).status).toBe(status);
	});
});

describe('what comes in and what goes through', () => {
	// out --- director --- inner: three network namespaces, and a packet of each kind sent through.
	const topology = `
		set -e
		director=$$
		peer() { unshare --net sleep 60 & eval "$1=$!"; sleep 0.2; }
		peer out; peer inner
		ip link add ext0 type veth peer name eth0 netns $out; ip link add int0 type veth peer name eth0 netns $inner
		at() { pid=$1; shift; nsenter --net=/proc/$pid/ns/net "$@"; }
		ip link set lo up; ip addr add 192.168.1.135/24 dev ext0; ip link set ext0 up; ip addr add 10.0.10.1/24 dev int0; ip link set int0 up
		at $out ip addr add 192.168.1.20/24 dev eth0; at $out ip link set eth0 up; at $out ip route add 10.0.10.0/24 via 192.168.1.135
		at $inner ip addr add 10.0.10.110/24 dev eth0; at $inner ip link set eth0 up; at $inner ip route add default via 10.0.10.1
		echo 1 > /proc/sys/net/ipv4/ip_forward
		nft -f "$RULES"
		serve() { where=$1 port=$2; at $where python3 -c 'import socket, sys
s = socket.create_server(("", int(sys.argv[1])), backlog=5)
while True:
    c, peer = s.accept(); c.sendall(peer[0].encode()); c.close()' $port & }
		ask() { at $1 python3 -c 'import socket, sys
try:
    s = socket.create_connection((sys.argv[1], int(sys.argv[2])), 1); print(s.recv(99).decode())
except OSError as e: print("no")' $2 $3; }
	`;
	const scene = (servers: string, asked: string) => inNamespace(`${topology}\n${servers}\nsleep 0.7\n${asked}`).output;

	test('a director answers web and SSH outside, names inside, and nothing else', () => {
		expect(scene('serve $director 80; serve $director 22; serve $director 53; serve $director 111', `
			for port in 80 22 53 111; do echo "outside $port: $(ask $out 192.168.1.135 $port)"; done
			for port in 80 22 53 111; do echo "inside $port: $(ask $inner 10.0.10.1 $port)"; done
		`).split('\n')).toEqual([
			'outside 80: 192.168.1.20', 'outside 22: 192.168.1.20', 'outside 53: no', 'outside 111: no',
			'inside 80: no', 'inside 22: no', 'inside 53: 10.0.10.110', 'inside 111: no',
		]);
	});

	test('inner nodes go out under the director\'s address, and nobody comes in through it', () => {
		expect(scene('serve $out 8080; serve $inner 8080', `
			echo "out: $(ask $inner 192.168.1.20 8080)"
			echo "in: $(ask $out 10.0.10.110 8080)"
		`).split('\n')).toEqual(['out: 192.168.1.135', 'in: no']);
	});
});
