import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {forwarding} from '../../steps/forwarding.ts';
import {testCluster} from '../cluster-fixture.ts';
import {on, written} from '../steps/written.ts';
import {inNamespace, topology} from './topology.ts';

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

/** The script's output; `ask $inner ADDRESS` asks the server there. */
function asked(script: string): string {
	return inNamespace(
		`
		${topology}
		ask() { at $1 node -e "$QUESTION" $2; }
		dnsmasq --keep-in-foreground --user=root --pid-file= --conf-file="$CONFIGURATION" --no-hosts --addn-hosts="$HOSTS" &
		until [ "$(ask $inner 10.0.10.1)" = 10.0.10.1 ]; do kill -0 $!; sleep 0.1; done
		${script}
	`,
		{QUESTION: question, CONFIGURATION: configuration, HOSTS: join(folder, 'hosts')},
	).output;
}

describe('the name server', () => {
	test('answers on the VIP each time it comes', () => {
		const rounds = 20;
		expect(
			asked(`
			for round in $(seq ${rounds}); do
				ip addr add ${cluster.vip.internal}/24 dev int0; ask $inner ${cluster.vip.internal}; ip addr del ${cluster.vip.internal}/24 dev int0
			done
		`).split('\n'),
		).toEqual(Array.from({length: rounds}, () => '10.0.10.1'));
	});

	test('does not answer the outside, not even with no firewall before it', () => {
		expect(asked('ask $out 192.168.1.135')).toMatch(/^(ETIMEOUT|ECONNREFUSED)$/);
	});
});
