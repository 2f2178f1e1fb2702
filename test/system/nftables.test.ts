import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {forwarding} from '../../steps/forwarding.ts';
import {testCluster} from '../cluster-fixture.ts';
import {on, written} from '../steps/written.ts';
import {inNamespace, topology} from './topology.ts';

const path = '/etc/nftables.conf';
const cluster = testCluster();
const folder = mkdtempSync(join(tmpdir(), 'nftables-'));
const rules = join(folder, 'nftables.conf');

beforeAll(() => writeFileSync(rules, written(forwarding, cluster, on(cluster, 'master'), path)));
afterAll(() => rmSync(folder, {recursive: true}));

const inScript = (script: string) => inNamespace(script, {RULES: rules});

test('nft accepts the rules, twice, and leaves tables of others alone', () => {
	expect(
		inScript('nft add table ip other && nft -c -f "$RULES" && nft -f "$RULES" && nft -f "$RULES" && nft list tables'),
	).toEqual({status: 0, output: 'table ip other\ntable inet cluster'});
});

describe('the check compares what is loaded with the file', () => {
	const task = forwarding
		.tasks(cluster, on(cluster, 'master'))
		.find(({title}) => title.en.startsWith('Load the firewall'))!;
	const check = `systemctl() { echo enabled; }\n${render(task.check, 'execute')
		.replaceAll(path, '"$RULES"')
		.replace(/'nft -f "\$RULES" && (.*?)'/, '\'nft -f "$RULES" && $1\'')}`;

	test.each([
		['nothing is loaded', ':', 1],
		['loaded', 'nft -f "$RULES"', 0],
		['a rule was added by hand', 'nft -f "$RULES"; nft insert rule inet cluster incoming tcp dport 23 accept', 1],
		['the rules were flushed', 'nft -f "$RULES"; nft flush ruleset', 1],
		['the policy was opened', 'nft -f "$RULES"; nft chain inet cluster incoming "{ policy accept; }"', 1],
		['tables of others', 'nft -f "$RULES"; nft add table ip other', 0],
	])('%s', (_, before, status) => {
		expect(inScript(`${before}\n${check}`).status).toBe(status);
	});
});

describe('what comes in and what goes through', () => {
	// A packet of each kind sent through.
	const passage = `
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
	const scene = (servers: string, asked: string) =>
		inScript(`${topology}${passage}\n${servers}\nsleep 0.7\n${asked}`).output;

	test('a director answers web and SSH outside, names inside, and nothing else', () => {
		expect(
			scene(
				'serve $director 80; serve $director 22; serve $director 53; serve $director 111',
				`
			for port in 80 22 53 111; do echo "outside $port: $(ask $out 192.168.1.135 $port)"; done
			for port in 80 22 53 111; do echo "inside $port: $(ask $inner 10.0.10.1 $port)"; done
		`,
			).split('\n'),
		).toEqual([
			'outside 80: 192.168.1.20',
			'outside 22: 192.168.1.20',
			'outside 53: no',
			'outside 111: no',
			'inside 80: no',
			'inside 22: no',
			'inside 53: 10.0.10.110',
			'inside 111: no',
		]);
	});

	test("inner nodes go out under the director's address, and nobody comes in through it", () => {
		expect(
			scene(
				'serve $out 8080; serve $inner 8080',
				`
			echo "out: $(ask $inner 192.168.1.20 8080)"
			echo "in: $(ask $out 10.0.10.110 8080)"
		`,
			).split('\n'),
		).toEqual(['out: 192.168.1.135', 'in: no']);
	});
});
