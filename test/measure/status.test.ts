import {describe, expect, it} from 'vitest';
import {effectOf} from '../../source/measure/effect.ts';
import {arrays, exported, machineStates, pacemakerRows, realServers} from '../../source/measure/status.ts';

const text = (...lines: string[]) => lines.map(line => `${line}\n`).join('');

describe('what the machines say', () => {
	it('virsh list', () => {
		expect([...machineStates(text(' 1    MASTER    running', ' -    NFS       shut off', '', ' 12   SERVER1   in shutdown', 'error: x'))]).toEqual([['MASTER', 'running'], ['NFS', 'shut off'], ['SERVER1', 'in shutdown']]);
	});

	it('/proc/mdstat', () => {
		const mdstat = text(
			'Personalities : [raid6]',
			'md0 : active raid6 vdf[4] vde[3] vdd[2] vdc[1] vdb[0]',
			'      304128 blocks super 1.2 level 6, 512k chunk, algorithm 2 [5/4] [UUUU_]',
			'      [==>..................]  recovery = 12.6% (12800/101376) finish=0.1min speed=12800K/sec',
			'',
			'md1 : active raid5 vdi[2] vdh[1] vdg[0]',
			'      202752 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/3] [UUU]',
			'      ',
		);
		expect(arrays('nas', mdstat)).toEqual([
			{kind: 'array', node: 'nas', level: 'raid6', members: '[5/4] [UUUU_]', state: 'recovery = 12.6%'},
			{kind: 'array', node: 'nas', level: 'raid5', members: '[3/3] [UUU]', state: 'active'},
		]);
	});

	it('exportfs and ipvsadm', () => {
		expect(exported('nas', text('/srv/web', '\t\t10.0.10.0/24(sync,wdelay)'))).toEqual([{kind: 'export', node: 'nas', path: '/srv/web', clients: '10.0.10.0/24'}]);
		expect(realServers('master', text('TCP  192.168.1.200:80 rr', '  -> 10.0.10.110:80    Masq    1      2          3'))).toEqual([
			{kind: 'real-server', service: '192.168.1.200:80', address: '10.0.10.110:80', weight: 1, active: 2, inactive: 3, director: 'master'}]);
	});

	it.each([
		['nothing', ''],
		['no XML', '<nodes>'],
		['another document', '<a><nodes/></a>'],
		['text in the place of elements', '<pacemaker-result><nodes>text</nodes><resources>text</resources></pacemaker-result>'],
		['elements twice', '<pacemaker-result><nodes></nodes><nodes></nodes><resources/><resources/></pacemaker-result>'],
	])('crm_mon: %s is no status', (_, xml) => {
		expect(pacemakerRows([xml])).toEqual([]);
	});

	it('crm_mon: what is missing is a dash, and no escape sequence comes through', () => {
		expect(pacemakerRows(['<crm_mon><nodes><node name="a&#27;]52;c;eA==&#7;" online="true"/><node/></nodes><resources><group><resource id="vip"/></group></resources></crm_mon>'])).toEqual([
			{kind: 'director', name: expect.stringMatching(/^a\P{Cc}*$/u), online: true, standby: false},
			{kind: 'director', name: '-', online: false, standby: false},
			{kind: 'resource', name: 'vip', agent: '-', state: '-', failed: false},
		]);
	});
});

it('a server may be called like a property of every object', () => {
	const requests = ['constructor', 'constructor', 'valueof'].map((server, index) => ({at: index * 50, late: 0, latency: 1, outcome: 'answered' as const, server}));
	expect(effectOf(requests).servers).toEqual({constructor: 2, valueof: 1});
});
