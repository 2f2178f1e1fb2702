import {describe, expect, it} from 'vitest';
import {answersFrom} from '../../source/answers/answers-from.ts';
import {applyDefaults, nodeIds} from '../../source/answers/defaults.ts';
import {readAnswers} from '../../source/answers/read.ts';
import type {Answers} from '../../source/answers/schema.ts';

function addresses(answers: Answers): Record<string, string> {
	const {vip, nodes, networks} = applyDefaults(answers);
	return {
		gateway: networks.external.gateway,
		vip: `${vip.external} ${vip.internal}`,
		...Object.fromEntries(
			nodes.map(node => [node.id, [node.external, node.internal, node.heartbeat].filter(Boolean).join(' ')]),
		),
	};
}

describe('applyDefaults', () => {
	it.each<[string, Answers, Record<string, string>]>([
		[
			'the thesis',
			{},
			{
				gateway: '192.168.1.1',
				vip: '192.168.1.200 10.0.10.200',
				nas: '10.0.10.100',
				master: '192.168.1.135 10.0.10.1 10.0.20.1',
				standby: '192.168.1.139 10.0.10.2 10.0.20.2',
				server1: '10.0.10.110',
				server2: '10.0.10.111',
				server3: '10.0.10.112',
			},
		],
		[
			'other ranges',
			{
				networks: {
					external: {cidr: '172.16.0.0/16'},
					internal: {cidr: '10.9.0.0/20'},
					heartbeat: {cidr: '10.8.0.0/30'},
				},
				web: {count: 1},
			},
			{
				gateway: '172.16.0.1',
				vip: '172.16.0.200 10.9.0.200',
				nas: '10.9.0.100',
				master: '172.16.0.135 10.9.0.1 10.8.0.1',
				standby: '172.16.0.139 10.9.0.2 10.8.0.2',
				server1: '10.9.0.110',
			},
		],
		[
			'small ranges',
			{networks: {external: {cidr: '192.168.1.0/28'}, internal: {cidr: '10.0.10.32/27'}}, web: {count: 2}},
			{
				gateway: '192.168.1.1',
				vip: '192.168.1.14 10.0.10.62',
				nas: '10.0.10.35',
				master: '192.168.1.2 10.0.10.33 10.0.20.1',
				standby: '192.168.1.3 10.0.10.34 10.0.20.2',
				server1: '10.0.10.36',
				server2: '10.0.10.37',
			},
		],
		[
			'single addresses',
			{
				vip: {external: '192.168.1.9'},
				nodes: {server2: {internal: '10.0.10.99'}, master: {heartbeat: '10.0.20.7'}},
				web: {first: '10.0.10.50'},
			},
			{
				gateway: '192.168.1.1',
				vip: '192.168.1.9 10.0.10.200',
				nas: '10.0.10.100',
				master: '192.168.1.135 10.0.10.1 10.0.20.7',
				standby: '192.168.1.139 10.0.10.2 10.0.20.2',
				server1: '10.0.10.50',
				server2: '10.0.10.99',
				server3: '10.0.10.52',
			},
		],
	])('gives every machine its addresses: %s', (_, answers, expected) => {
		expect(addresses(answers)).toEqual(expected);
	});

	it.each<[string, Answers, unknown]>([
		['thesis', {}, {token: 3000, monitor: 15, interval: 10, timeout: 3}],
		['fast', {profile: 'fast'}, {token: 1000, monitor: 5, interval: 1, timeout: 2}],
		[
			'single values over the profile',
			{profile: 'fast', ha: {token: 2000}, check: {timeout: '1min'}},
			{token: 2000, monitor: 5, interval: 1, timeout: 60},
		],
	])('takes its times from the profile: %s', (_, answers, expected) => {
		const {
			ha: {token, monitor},
			check,
		} = applyDefaults(answers);
		expect({token, monitor, ...check}).toEqual(expected);
	});

	it.each<[Answers['guest'], string]>([
		[{}, 'debian bookworm'],
		[{release: 'trixie'}, 'debian trixie'],
		[{distribution: 'ubuntu'}, 'ubuntu noble'],
		[{release: 'jammy'}, 'ubuntu jammy'],
	])('finds the release for %j', (guest, expected) => {
		const {distribution, release} = applyDefaults({guest}).guest;
		expect(`${distribution} ${release}`).toBe(expected);
	});

	it('has images made anew after seven days, or after those of the answers', () => {
		expect([{}, {maxAge: 30}].map(guest => applyDefaults({guest}).guest.maxAge)).toEqual([7, 30]);
	});

	it("lets a single machine prevail over the web servers' values, and a name give libvirt's", () => {
		const {nodes} = applyDefaults({
			web: {memory: '1G', disk: '8G'},
			nodes: {server2: {memory: '768M', name: 'apache'}, nas: {name: 'store'}},
		});
		expect(nodes.map(({name, vm, memory, disk}) => [name, vm, memory, disk])).toEqual([
			['store', 'NFS', 512, 10],
			['master', 'MASTER', 512, 10],
			['standby', 'STANDBY', 512, 10],
			['server1', 'SERVER1', 1024, 8],
			['apache', 'APACHE', 768, 8],
			['server3', 'SERVER3', 1024, 8],
		]);
	});

	it('in the sandbox is not moved by what is chosen for a host', () => {
		expect(applyDefaults({host: {external: 'bridge', nic: 'eno1'}}).host).toEqual({external: 'sandbox'});
	});

	it('names the nodes that need keys', () => {
		expect(nodeIds({web: {count: 2}})).toEqual(['nas', 'master', 'standby', 'server1', 'server2']);
	});
});

describe('the defaults', () => {
	it.each(Array.from({length: 50}, (_, index) => index + 1))('fit together with %i servers', count => {
		expect(readAnswers(`web: {count: ${count}}`)).toEqual({answers: {web: {count}}});
	});

	it('give the same choices when they are all written out', () => {
		const choices = applyDefaults({web: {count: 2}, profile: 'fast', raid: {size: '1G'}});
		expect(applyDefaults(answersFrom(choices))).toEqual(choices);
	});
});
