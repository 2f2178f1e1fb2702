import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {forwarding} from '../../steps/forwarding.ts';
import {testCluster} from '../cluster-fixture.ts';
import {on, written} from '../steps/written.ts';

const cluster = testCluster();
const folder = mkdtempSync(join(tmpdir(), 'dnsmasq-'));
const configuration = join(folder, 'cluster.conf');

beforeAll(() => {
	writeFileSync(configuration, written(forwarding, cluster, on(cluster, 'master'), '/etc/dnsmasq.d/cluster.conf'));
	writeFileSync(join(folder, 'hosts'), '10.0.10.1 master\n');
});
afterAll(() => rmSync(folder, {recursive: true}));

/** Prints what the server at an address says of a name. */
const question = `
	const {Resolver} = require('node:dns/promises');
	const resolver = new Resolver({timeout: 500, tries: 1});
	resolver.setServers([process.argv[1]]);
	resolver.resolve4('master').then(([address]) => console.log(address), ({code}) => console.log(code));
`;

/** out --- director --- inner: three network namespaces, which end with the script. */
function onDirector(script: string): string {
	const {stdout, stderr} = spawnSync('unshare', ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', `
		set -e
		peer() { unshare --net sleep 60 & eval "$1=$!"; until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done; }
		peer out; peer inner
		ip link add ext0 type veth peer name eth0 netns $out; ip link add int0 type veth peer name eth0 netns $inner
		at() { pid=$1; shift; nsenter --net=/proc/$pid/ns/net "$@"; }
		ip link set lo up; ip addr add 192.168.1.135/24 dev ext0; ip link set ext0 up; ip addr add 10.0.10.1/24 dev int0; ip link set int0 up
		at $out ip addr add 192.168.1.20/24 dev eth0; at $out ip link set eth0 up
		at $inner ip addr add 10.0.10.110/24 dev eth0; at $inner ip link set eth0 up
		ask() { at $1 node -e "$QUESTION" $2; }
		dnsmasq --keep-in-foreground --user=root --pid-file= --conf-file="$CONFIGURATION" --no-hosts --addn-hosts="$HOSTS" &
		until [ "$(ask $inner 10.0.10.1)" = 10.0.10.1 ]; do kill -0 $!; sleep 0.1; done
		${script}
	`], {encoding: 'utf8', env: {...process.env, QUESTION: question, CONFIGURATION: configuration, HOSTS: join(folder, 'hosts')}, timeout: 60_000, killSignal: 'SIGKILL'});
	return (stdout + stderr).trim();
}

describe('the name server', () => {
	test('answers on the VIP each time it comes', () => {
		const rounds = 20;
		expect(onDirector(`
			for round in $(seq ${rounds}); do
				ip addr add ${cluster.vip.internal}/24 dev int0; ask $inner ${cluster.vip.internal}; ip addr del ${cluster.vip.internal}/24 dev int0
			done
		`).split('\n')).toEqual(Array.from({length: rounds}, () => '10.0.10.1'));
	});

	test('does not answer the outside, not even with no firewall before it', () => {
		expect(onDirector('ask $out 192.168.1.135')).toMatch(/^(ETIMEOUT|ECONNREFUSED)$/);
	});
});
