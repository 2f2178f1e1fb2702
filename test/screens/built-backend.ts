import type {Overview} from '../../source/wizard/backend.ts';
import {FakeBackend, testOverview} from './fake-backend.ts';

/** A cluster that is there, with two things that are not well. */
export function builtBackend(change: Partial<Overview> = {}): FakeBackend {
	const backend = new FakeBackend(
		testOverview({
			isBegun: true,
			past: {kind: 'built', at: '2026-01-02T11:00:00.000Z', run: 'r0'},
			owned: [
				{kind: 'image', name: '/var/cache/cluster-wizard/bookworm-base-0123456789ab.tar', stays: true},
				{kind: 'sandbox', name: '/var/lib/cluster-wizard/web/sandbox', stays: false},
				...['redInter', 'redHeart'].map(name => ({kind: 'network', name, stays: false})),
				...['NFS', 'MASTER', 'STANDBY', 'SERVER1', 'SERVER2', 'SERVER3'].map(name => ({
					kind: 'machine',
					name,
					stays: false,
				})),
			],
			...change,
		}),
	);
	backend.machines = {
		source: 'virsh',
		states: new Map([
			['NFS', 'running'],
			['MASTER', 'running'],
			['STANDBY', 'running'],
			['SERVER1', 'running'],
			['SERVER2', 'shut off'],
			['SERVER3', 'running'],
		]),
	};
	backend.rows = [
		{
			kind: 'health',
			state: 'down',
			line: 'DOWN: no director has the VIP 10.0.10.200; the machine SERVER2 is not running (shut off); and 3 more',
			troubles: [],
			notes: [],
		},
		...backend.view.nodes.map(({name, role, vm, addresses}) => ({
			kind: 'node' as const,
			name,
			role,
			machine: backend.machines!.states.get(vm)!,
			addresses: [...addresses],
			reachable: name !== 'server2',
		})),
		{kind: 'director', name: 'master', online: true, standby: false},
		{kind: 'director', name: 'standby', online: true, standby: true},
		{
			kind: 'resource',
			name: 'vip-external',
			agent: 'ocf:heartbeat:IPaddr2',
			state: 'Started',
			node: 'master',
			failed: false,
		},
		{kind: 'resource', name: 'ldirectord', agent: 'ocf:heartbeat:ldirectord', state: 'Stopped', failed: true},
		{kind: 'vip', address: '192.168.1.200', nodes: ['master']},
		{kind: 'vip', address: '10.0.10.200', nodes: []},
		{
			kind: 'real-server',
			service: '192.168.1.200:80',
			address: '10.0.10.110:80',
			weight: 1,
			active: 2,
			inactive: 10,
			director: 'master',
		},
		{
			kind: 'real-server',
			service: '192.168.1.200:80',
			address: '10.0.10.111:80',
			weight: 0,
			active: 0,
			inactive: 0,
			director: 'master',
		},
		{kind: 'array', node: 'nas', level: 'raid6', members: '[5/5] [UUUUU]', state: 'active'},
		{kind: 'export', node: 'nas', path: '/mnt/raid/www', clients: '10.0.10.0/24'},
	];
	const requests = ['server1', 'server2', 'server3', undefined, 'server1', 'server2'];
	backend.requests = requests.map((server, index) => ({
		at: index * 1000,
		late: 1,
		latency: 20,
		outcome: server ? ('answered' as const) : ('timeout' as const),
		...(server && {server}),
		director: 'master',
	}));
	return backend;
}
