import {createHash} from 'node:crypto';
import type {Cluster} from '../source/cluster/cluster.ts';
import {buildCluster} from '../source/answers/build-cluster.ts';
import type {KeyPair, Keys} from '../source/cluster/keys.ts';
import type {HostFacts} from '../source/host/host-facts.ts';
import type {Answers} from '../source/answers/schema.ts';
import {roles} from '../source/roles/index.ts';
import {Secret} from '../source/shell/secret.ts';

/** A KVM host with one wired NIC, as a test may want it. */
export const testFacts: HostFacts = {
	clusterId: '00000000-0000-4000-8000-000000000001',
	detectedAt: '2026-01-01T00:00:00.000Z',
	acceleration: {value: 'kvm', source: 'probe'},
	release: {
		value: {distribution: 'debian', version: '12', codename: 'bookworm', title: 'Debian GNU/Linux 12 (bookworm)'},
		source: '/etc/os-release',
	},
	memory: {value: {total: 16_384, available: 12_000}, source: '/proc/meminfo'},
	disk: {value: 200_000, source: 'statfs /var'},
	cpus: {value: 8, source: '/proc/cpuinfo'},
	virtualization: {value: 'vmx', source: '/proc/cpuinfo'},
	nics: {
		value: [{name: 'eno1', kind: 'wired', carrier: true, mac: '02:00:00:00:00:01', addresses: ['192.168.1.20/24']}],
		source: 'ip -json address',
	},
	defaultRoute: {value: {gateway: '192.168.1.1', nic: 'eno1'}, source: 'ip -json route'},
	routes: {value: ['192.168.1.0/24'], source: 'ip -json route'},
	nameservers: {value: ['192.168.1.1'], source: '/etc/resolv.conf'},
	renderer: {value: 'ifupdown', source: '/etc/network/interfaces'},
	forwardPolicy: {value: 'accept', source: 'nft list chains'},
	bridgeFiltered: {value: false, source: '/proc/sys/net/bridge/bridge-nf-call-iptables'},
};

/** Keys with the right form and no use: the public line is a valid one, the private text is not a key. */
export const testKeys: Keys = {
	wizard: testKey('wizard'),
	hosts: Object.fromEntries(
		[
			...roles.flatMap(({nodes}) => nodes.map(({id}) => id)),
			...Array.from({length: 50}, (_, index) => `server${index + 1}`),
		].map(id => [id, testKey(id)]),
	),
	authkey: new Secret('COROSYNC_AUTHKEY', createHash('sha512').update('authkey').digest('base64')),
};

export interface TestClusterOptions {
	/** Default true: the sandbox with the thesis's values. */
	readonly sandbox?: boolean;
	/** Default kvm: nothing is scaled. */
	readonly acceleration?: Cluster['acceleration'];
	/** Default: an ordinary Debian 12 host with one wired NIC. */
	readonly facts?: HostFacts;
	readonly content?: Cluster['content'];
}

/** The default cluster with fixed identities; `answers` as they would stand in the file. */
export function testCluster(answers: Answers = {}, options: TestClusterOptions = {}): Cluster {
	const {sandbox = true, acceleration = 'kvm', facts = testFacts, content} = options;
	const name = answers.name ?? 'web';
	const state = `/var/lib/cluster-wizard/${name}`;
	return buildCluster(answers, {...facts, acceleration: {value: acceleration, source: 'probe'}}, testKeys, {
		sandbox,
		content,
		paths: {
			state,
			cache: '/var/cache/cluster-wizard',
			disks: `/var/lib/libvirt/images/cluster-wizard-${name}`,
			sshConfig: `${state}/ssh_config`,
		},
	});
}

function testKey(name: string): KeyPair {
	const word = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
	const blob = Buffer.concat([word(Buffer.from('ssh-ed25519')), word(createHash('sha256').update(name).digest())]);
	return {
		private: new Secret(`HOST_KEY_${name.toUpperCase()}`, `not a key: ${name}\n`),
		public: `ssh-ed25519 ${blob.toString('base64')}`,
	};
}

/** The cluster with an image cache that is not there, whatever this machine has. */
export function withoutCache(cluster: Cluster): Cluster {
	return {...cluster, paths: {...cluster.paths, cache: '/nowhere'}};
}
