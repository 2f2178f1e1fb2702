import {describe, expect, it, test} from 'vitest';
import {
	parseAddresses,
	parseBalancer,
	parseLinks,
	parsePacemaker,
} from '../../../source/measure/health/parse-director.ts';
import {parseArrays, parseExports} from '../../../source/measure/health/parse-storage.ts';
import {
	parseClock,
	parseFilesystems,
	parseMachines,
	parseMemory,
	parseMounts,
	parseStorageRead,
	parseUnits,
} from '../../../source/measure/health/parse-system.ts';
import {sectionsOf} from '../../../source/measure/health/sections.ts';

const text = (...lines: string[]) => lines.map(line => `${line}\n`).join('');
const uuid = (digit: string) =>
	`${digit.repeat(8)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(4)}-${digit.repeat(12)}`;

test('sections: the first of a name counts, and text before the first is none', () => {
	expect([...sectionsOf(text('x', '%%one', '1', '%%two', '%%one', '2'))]).toEqual([
		['one', '1'],
		['two', ''],
	]);
});

describe('virsh', () => {
	it('machines go by UUID: a machine of the user whose name begins with ours is another one', () => {
		const machines = parseMachines({
			names: text(`${uuid('a')} NFS vieja`, `${uuid('b')} NFS`, ''),
			autostart: text(uuid('b')),
			states: text(
				"Domain: 'NFS vieja'",
				'  state.state=5',
				'  state.reason=1',
				'',
				"Domain: 'NFS'",
				'  state.state=3',
				'  state.reason=5',
			),
		});
		expect([...machines]).toEqual([
			[uuid('a'), {state: 'shut off', reason: 1, autostart: false}],
			[uuid('b'), {state: 'paused', reason: 5, autostart: true}],
		]);
	});
});

describe('/proc/mdstat', () => {
	const array = (...lines: string[]) =>
		parseArrays(text('Personalities : [raid6] [raid5] [raid4] ', ...lines, '      ', 'unused devices: <none>'));
	const blocks = '      304128 blocks super 1.2 level 6, 512k chunk, algorithm 2 ';
	const whole = {
		name: 'md0',
		state: 'active',
		access: 'read-write',
		level: 'raid6',
		wanted: 5,
		working: 5,
		map: 'UUUUU',
		failed: [],
	};

	it.each([
		[
			'whole',
			[
				'md0 : active raid6 vdf[4] vde[3] vdd[2] vdc[1] vdb[0]',
				`${blocks}[5/5] [UUUUU]`,
				'      bitmap: 0/1 pages [0KB], 65536KB chunk',
			],
			whole,
		],
		[
			'auto-read-only, waiting',
			['md0 : active (auto-read-only) raid6 vdf[4] vdb[0]', `${blocks}[5/5] [UUUUU]`, '      \tresync=PENDING'],
			{...whole, access: 'auto-read-only', action: {kind: 'resync', waiting: 'PENDING'}},
		],
		[
			'read-only',
			['md0 : active (read-only) raid6 vdf[4] vdb[0]', `${blocks}[5/5] [UUUUU]`],
			{...whole, access: 'read-only'},
		],
		[
			'a failed disk',
			['md0 : active raid6 vdf[4](F) vde[3] vdd[2] vdc[1] vdb[0]', `${blocks}[5/4] [UUUU_]`],
			{...whole, working: 4, map: 'UUUU_', failed: ['vdf']},
		],
		[
			'recovering',
			[
				'md0 : active raid6 vdf[5] vdb[0]',
				`${blocks}[5/4] [UUUU_]`,
				'      [==>..................]  recovery = 12.6% (12800/101376) finish=0.1min speed=12800K/sec',
			],
			{...whole, working: 4, map: 'UUUU_', action: {kind: 'recovery', percent: 12.6}},
		],
		[
			'the monthly check',
			[
				'md0 : active raid6 vdf[4] vdb[0]',
				`${blocks}[5/5] [UUUUU]`,
				'      [==>..................]  check = 12.6% (12800/101376) finish=0.1min speed=12800K/sec',
			],
			{...whole, action: {kind: 'check', percent: 12.6}},
		],
		[
			'inactive',
			['md0 : inactive vdb[0](S) vdc[1](S)', '      202752 blocks super 1.2'],
			{...whole, state: 'inactive', level: '', wanted: 0, working: 0, map: ''},
		],
	] as const)('%s', (_, lines, expected) => {
		expect(array(...lines)).toEqual([expected]);
	});

	it('none, and no mdstat at all', () => {
		expect(array()).toEqual([]);
		expect(parseArrays('cat: /proc/mdstat: No such file or directory\n')).toBeUndefined();
	});
});

describe('Pacemaker', () => {
	it.each([
		['nothing', '', ''],
		['no XML', '<nodes>', '<nodes>'],
		['another document', '<a><nodes/></a>', '<a><nodes/></a>'],
		[
			'not running',
			'<pacemaker-result><status code="102" message="Not connected"/></pacemaker-result>',
			'Not connected',
		],
		[
			'text in the place of elements',
			'<pacemaker-result><nodes>text</nodes></pacemaker-result>',
			'<pacemaker-result><nodes>text</nodes></pacemaker-result>',
		],
	])('%s is no status', (_, xml, trouble) => {
		expect(parsePacemaker(xml)).toEqual({trouble});
	});

	it('an attribute that is missing is a dash, and no escape sequence comes through', () => {
		const facts = parsePacemaker(
			'<crm_mon><nodes><node name="a&#27;]52;c;eA==&#7;" online="true"/><node/></nodes><resources><group><resource id="vip"/></group></resources></crm_mon>',
		);
		expect(facts).toMatchObject({
			nodes: [
				{name: expect.stringMatching(/^a\P{Cc}*$/u), isOnline: true},
				{name: '-', isOnline: false},
			],
			resources: [{id: 'vip', agent: '-', role: '-', nodes: [], isManaged: true}],
		});
	});
});

test("Corosync's links, IPVS's table, addresses and exports", () => {
	expect(
		parseLinks(
			text(
				'Local node ID 1, transport knet',
				'LINK ID 0 udp',
				'\taddr\t= 10.0.10.1',
				'\tstatus:',
				'\t\tnodeid:          1:\tlocalhost',
				'\t\tnodeid:          2:\tconnected',
				'LINK ID 1 udp',
				'\tstatus:',
				'\t\tnodeid:          2:\tdisconnected',
			),
		),
	).toEqual([
		{link: 0, nodeId: 2, isConnected: true},
		{link: 1, nodeId: 2, isConnected: false},
	]);
	expect(parseLinks('Could not initialize corosync configuration API error CS_ERR_LIBRARY\n')).toBeUndefined();
	expect(
		parseBalancer(
			text(
				'IP Virtual Server version 1.2.1 (size=4096)',
				'Prot LocalAddress:Port Scheduler Flags',
				'  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
				'TCP  192.168.1.200:80 rr',
				'  -> 10.0.10.110:80    Masq    1      2          3',
			),
		),
	).toEqual([{service: '192.168.1.200:80', servers: [{address: '10.0.10.110:80', weight: 1, active: 2, inactive: 3}]}]);
	expect(parseBalancer("Can't initialize ipvs: Protocol not available\n")).toBeUndefined();
	expect(parseAddresses('2: ext0    inet 192.168.1.135/24 brd 192.168.1.255 scope global ext0\n')).toEqual(
		new Set(['192.168.1.135']),
	);
	expect(parseExports(text('/srv/web', '\t\t10.0.10.0/24(sync,wdelay)'))).toEqual([
		{path: '/srv/web', clients: '10.0.10.0/24'},
	]);
});

describe('what every machine says', () => {
	it('memory', () => {
		expect(
			parseMemory(
				text('MemTotal:         100 kB', 'MemAvailable:   40 kB', 'SwapTotal:       0 kB', 'SwapFree:       0 kB'),
			),
		).toEqual({total: 102_400, available: 40_960, swapTotal: 0, swapFree: 0});
		expect(parseMemory('MemTotal: 100 kB\n')).toBeUndefined();
	});

	it('file systems: paths with blanks, no fixed number of inodes, and images are full by nature', () => {
		expect(
			parseFilesystems(
				text(
					'Type 1B-blocks Used Avail Inodes IUsed Mounted on',
					'ext4 1000 500 400 100 50 /a b',
					'btrfs 1000 500 500 - - /c',
					'squashfs 100 100 0 10 10 /snap/x',
					'df: /x: Permission denied',
				),
			)?.map(({path, inodes}) => [path, inodes]),
		).toEqual([
			['/a b', 100],
			['/c', 0],
		]);
		expect(parseFilesystems('')).toBeUndefined();
	});

	it('mounts and units', () => {
		expect(parseMounts('/dev/md0 /mnt/raid ext4 rw,relatime 0 0\n')).toEqual([
			{source: '/dev/md0', path: '/mnt/raid', type: 'ext4', options: ['rw', 'relatime']},
		]);
		expect(
			parseUnits(
				text(
					'apache2.service loaded failed failed The Apache HTTP Server',
					'Failed to list units: Connection timed out',
				),
			),
		).toEqual([{name: 'apache2.service', active: 'failed', sub: 'failed'}]);
		expect(parseUnits('Failed to list units: Connection timed out\n')).toBeUndefined();
	});

	it.each([
		['OK\nexit 0', {result: 'ok', detail: ''}],
		['Killed\nexit 137', {result: 'hangs', detail: ''}],
		[
			"dd: failed to open '/mnt/raid/health.txt': Stale file handle\n\nexit 1",
			{result: 'failed', detail: "'/mnt/raid/health.txt': Stale file handle"},
		],
		['OK', undefined],
	])('reading from the storage: %j', (said, expected) => {
		expect(parseStorageRead(said)).toEqual(expected);
	});

	it('the clock: how far it is ahead, as exactly as the time for asking allows', () => {
		expect(parseClock('1000.5\n12.50 3.00', {sent: 995_000, received: 998_000})).toEqual({
			clock: {earliest: 2.5, latest: 5.5},
			uptime: 12.5,
		});
		expect(parseClock('date: not found', {sent: 0, received: 0})).toEqual({});
	});
});
