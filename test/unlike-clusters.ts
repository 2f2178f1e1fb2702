import type {Cluster} from '../source/cluster/cluster.ts';
import type {HostFacts} from '../source/host/host-facts.ts';
import type {Answers} from '../source/answers/schema.ts';
import {testCluster, testFacts, type TestClusterOptions} from './cluster-fixture.ts';

/** Answers that share no name, address, count or time with the defaults. */
const unlike: Answers = {
	name: 'grove',
	guest: {distribution: 'ubuntu', release: 'noble', maxAge: 30},
	networks: {
		external: {cidr: '172.16.0.0/24', gateway: '172.16.0.254', label: 'brOut'},
		internal: {cidr: '10.77.0.0/24', label: 'inner'},
		heartbeat: {cidr: '10.78.0.0/24', label: 'pulse'},
	},
	vip: {external: '172.16.0.80', internal: '10.77.0.80'},
	nodes: {
		nas: {name: 'vault', vm: 'VAULT', internal: '10.77.0.7', memory: '1G', disk: '12G'},
		master: {
			name: 'north',
			vm: 'NORTH',
			external: '172.16.0.11',
			internal: '10.77.0.11',
			heartbeat: '10.78.0.11',
			memory: '1G',
			disk: '12G',
		},
		standby: {
			name: 'south',
			vm: 'SOUTH',
			external: '172.16.0.12',
			internal: '10.77.0.12',
			heartbeat: '10.78.0.12',
			memory: '1G',
			disk: '12G',
		},
		...Object.fromEntries(
			['apple', 'birch', 'cedar', 'dogwood', 'elm'].map((name, index) => [
				`server${index + 1}`,
				{name, vm: name.toUpperCase()},
			]),
		),
	},
	web: {first: '10.77.0.31', memory: '768M', disk: '7G'},
	ha: {token: 1700, monitor: '7s', failback: false, sorryPage: false},
	check: {interval: '4s', timeout: '6s'},
};

function cluster(
	web: Answers['web'],
	raid: Answers['raid'],
	more: Answers = {},
	options: TestClusterOptions = {},
): Cluster {
	const count = web?.count ?? 3;
	const machines = Object.entries(unlike.nodes!).filter(
		([id]) => !id.startsWith('server') || Number(id.slice(6)) <= count,
	);
	const made = testCluster(
		{...unlike, nodes: Object.fromEntries(machines), web: {...unlike.web, ...web}, raid, ...more},
		options,
	);
	return {
		...made,
		paths: {
			state: '/srv/clusters/grove',
			cache: '/srv/images',
			disks: '/srv/disks',
			sshConfig: '/srv/clusters/grove/ssh_config',
		},
	};
}

const own = {kind: 'own', digest: 'a'.repeat(64), archive: '/srv/clusters/grove/pages.tar.gz', size: 4096} as const;
const wired: HostFacts = {
	...testFacts,
	nics: {
		...testFacts.nics,
		value: [{name: 'enp3s0', kind: 'wired', carrier: true, mac: '02:00:00:00:00:02', addresses: ['172.16.0.20/24']}],
	},
	nameservers: {value: ['172.16.0.53'], source: '/etc/resolv.conf'},
};

/** Clusters that differ from the default one in everything that can be chosen, and from each other. */
export const unlikeClusters: Readonly<Record<string, Cluster>> = {
	'one server, NAT, emulated, own pages': cluster(
		{count: 1},
		{level: 5, disks: 3, size: '64M'},
		{host: {external: 'nat'}},
		{sandbox: false, acceleration: 'tcg', content: own},
	),
	'two servers, bridge': cluster(
		{count: 2},
		{level: 10, disks: 7, size: '80M'},
		{host: {external: 'bridge', nic: 'enp3s0'}},
		{sandbox: false, facts: wired},
	),
	'five servers, sandbox': cluster({count: 5}, {level: 4, disks: 4, size: '2G'}),
	'thirty servers, sandbox': cluster({count: 30}, {level: 6, disks: 6, size: '2G'}),
};
