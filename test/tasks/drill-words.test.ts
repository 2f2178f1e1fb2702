import {describe, expect, test} from 'vitest';
import {linkLost} from '../../source/tasks/corosync-links.ts';
import {groupOn, groupOnOne, holdsVips, vipsFollowGroup} from '../../source/tasks/group.ts';
import {sorryOrSilence, rotationIs} from '../../source/tasks/rotation-at-vip.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const cluster = testCluster();
const {
	directors: [master, standby],
	webs,
} = cluster;
const printing = (...lines: string[]) => `cat <<'END'\n${lines.join('\n')}\nEND`;
const external =
	'2: ext0    inet 192.168.1.200/24 scope global secondary ext0\\       valid_lft forever preferred_lft forever';
const internal =
	'3: int0    inet 10.0.10.200/24 scope global secondary int0\\       valid_lft forever preferred_lft forever';

describe('who is in rotation', () => {
	const rules = (...servers: string[]) =>
		printing('-A -t 192.168.1.200:80 -s rr', ...servers.map(server => `-a -t 192.168.1.200:80 -r ${server}`));
	const well = (last: number) => `10.0.10.${last}:80 -m -w 1`;

	test.each([
		['all, whatever the order', [well(112), well(110), well(111)], webs, 0, ''],
		[
			'one is missing: says what its health page says',
			[well(110), well(112)],
			webs,
			1,
			'in rotation: 10.0.10.110 10.0.10.112\n10.0.10.111 is not in rotation; its health page says: The storage does not answer',
		],
		[
			'one is there that should not',
			[well(110), well(111), well(112)],
			webs.slice(0, 2),
			1,
			'in rotation: 10.0.10.110 10.0.10.111 10.0.10.112',
		],
		['without weight it is not in rotation', [well(110), '10.0.10.111:80 -m -w 0'], webs.slice(0, 1), 0, ''],
		['the sorry page is no web server', ['127.0.0.1:80 -g -w 1'], [], 0, ''],
		[
			'none where one is wanted',
			[],
			webs.slice(0, 1),
			1,
			'in rotation: none\n10.0.10.110 is not in rotation; its health page says: The storage does not answer',
		],
	])('%s', (_, servers, wanted, code, output) => {
		expect(
			runWith(rotationIs(cluster, wanted).check, {
				programs: {ip: printing(external), ipvsadm: rules(...servers), curl: 'echo "The storage does not answer"'},
			}),
		).toEqual({code, output});
	});

	test.each([
		[false, 1],
		[true, 0],
	])('on a director without the VIP (ifActive: %s)', (ifActive, code) => {
		expect(
			runWith(rotationIs(cluster, webs, {ifActive}).check, {programs: {ip: printing(internal), ipvsadm: rules()}}),
		).toEqual({code, output: '192.168.1.200 is not on this director'});
	});
});

describe('the VIPs', () => {
	const group = (node: string) =>
		printing(
			...['ip-internal', 'ldirectord1', 'ip-external'].map(
				id =>
					`<resource id="${id}" role="Started" blocked="false" failed="false">\n<node name="${node}" id="1" cached="true"/>\n</resource>`,
			),
		);

	test.each([
		['the group and both VIPs', 'master', [external, internal], 0, 0, ''],
		['the group without its VIPs', 'master', [], 1, 1, 'master: 10.0.10.200 there: no, wanted: yes'],
		['neither', 'standby', [], 1, 0, ''],
		['a VIP that nobody put there', 'standby', [external], 1, 1, 'master: 192.168.1.200 there: yes, wanted: no'],
		['a VIP of ours is no other address that begins like it', 'standby', [external.replace('.200/', '.20/')], 1, 0, ''],
	])('%s', (_, node, addresses, holds, follows, output) => {
		const programs = {ip: addresses.length > 0 ? printing(...addresses) : ':', crm_mon: group(node)};
		expect(runWith(holdsVips(cluster, master).check, {programs}).code).toBe(holds);
		expect(runWith(vipsFollowGroup(cluster, master).check, {programs})).toEqual({code: follows, output});
	});
});

describe('the group is not where it is to be: says what is missing there, and where it is', () => {
	const started = (...where: ReadonlyArray<readonly [id: string, ...nodes: string[]]>) =>
		printing(
			...where.flatMap(([id, ...nodes]) =>
				nodes.flatMap(node => [
					`<resource id="${id}" role="Started" blocked="false" failed="false">`,
					`<node name="${node}" id="1" cached="true"/>`,
					'</resource>',
				]),
			),
		);
	const three = ['ip-internal', 'ldirectord1', 'ip-external'] as const;
	const all = (...nodes: string[]) => started(...three.map(id => [id, ...nodes] as const));
	const wrong = {code: 1};

	test.each([
		['all of it there', all('standby'), {code: 0, output: ''}],
		[
			'nothing yet',
			printing('<status/>'),
			{...wrong, output: 'of 3 resources started on standby: 0; missing: ip-internal, ldirectord1, ip-external'},
		],
		[
			'some of it',
			started(['ip-internal', 'standby'], ['ldirectord1', 'standby']),
			{...wrong, output: 'of 3 resources started on standby: 2; missing: ip-external'},
		],
		[
			'some of it still elsewhere',
			started(['ip-internal', 'master'], ['ldirectord1', 'master']),
			{
				...wrong,
				output:
					'of 3 resources started on standby: 0; missing: ip-internal (master), ldirectord1 (master), ip-external',
			},
		],
		[
			'elsewhere as well',
			started([three[0], 'master', 'standby'], [three[1], 'master', 'standby'], [three[2], 'standby']),
			{...wrong, output: 'not only on standby: ip-internal (master), ldirectord1 (master)'},
		],
	])('%s', (_, crm_mon, wanted) => {
		expect(runWith(groupOn(standby).check, {programs: {crm_mon}})).toEqual(wanted);
	});

	test('on one director, whichever: the one that has most of it', () => {
		expect(runWith(groupOnOne(cluster).check, {programs: {crm_mon: all('standby')}}).code).toBe(0);
		expect(
			runWith(groupOnOne(cluster).check, {
				programs: {crm_mon: started(['ip-internal', 'master'], ['ldirectord1', 'standby'], ['ip-external', 'standby'])},
			}).output,
		).toBe('of 3 resources started on standby: 2; missing: ip-internal (master)');
	});
});

/** After the format strings in corosync-cfgtool of Corosync 3.1.7; not the output of a running one. */
const links = (int0: string, hb0: string) =>
	printing(
		'Local node ID 1, transport knet',
		'LINK ID 0 udp',
		'\taddr\t= 10.0.10.1',
		'\tstatus:',
		'\t\tnodeid:          1:\tlocalhost',
		`\t\tnodeid:          2:\t${int0}`,
		'LINK ID 1 udp',
		'\taddr\t= 10.0.20.1',
		'\tstatus:',
		'\t\tnodeid:          1:\tlocalhost',
		`\t\tnodeid:          2:\t${hb0}`,
	);

test.each([
	['the heartbeat is lost', links('connected', 'disconnected'), 0, ''],
	['both are there', links('connected', 'connected'), 1, 'link 1: connected'],
	['the other one is lost', links('disconnected', 'connected'), 1, 'link 1: connected'],
	['there is no such link', printing('LINK ID 0 udp', '\t\tnodeid:          2:\tconnected'), 1, 'link 1: not there'],
	[
		'Corosync does not run',
		'echo "Could not initialize corosync configuration API error CS_ERR_LIBRARY"; exit 1',
		1,
		'Could not initialize corosync configuration API error CS_ERR_LIBRARY',
	],
])("Corosync's links: %s", (_, program, code, output) => {
	expect(runWith(linkLost(standby, 1).check, {programs: {'corosync-cfgtool': program}})).toEqual({code, output});
});

describe('no server is left', () => {
	const page = printing('HTTP/1.1 503 Service Unavailable', '', 'Sorry: no web server is available just now.<br>');
	test.each([
		['the sorry page', {}, page, 0],
		['a server answers', {}, printing('HTTP/1.1 200 OK', '', 'Soy el servidor'), 1],
		['nothing, where a page was chosen', {}, 'echo "curl: (7) refused"; exit 7', 1],
		['nothing, as was chosen', {ha: {sorryPage: false}}, 'exit 7', 0],
		['something, where nothing was chosen', {ha: {sorryPage: false}}, page, 1],
	])('%s', (_, answers, curl, code) => {
		expect(runWith(sorryOrSilence(testCluster(answers)).check, {programs: {curl}}).code).toBe(code);
	});
});
