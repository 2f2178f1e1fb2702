import type {PageAnswer} from '../../../source/measure/health/facts.ts';
import type {TroubleId} from '../../../source/measure/health/trouble.ts';
import type {ChangedLook} from './healthy.ts';

/** A trouble that is injected into a look at a healthy cluster, and what the first line says of it. */
export interface Injected {
	readonly name: string;
	readonly id: TroubleId;
	readonly line: string;
	readonly inject: (look: ChangedLook) => unknown;
}

const injected: Injected[] = [];
const add = (name: string, id: TroubleId, line: string, inject: (look: ChangedLook) => unknown) =>
	injected.push({name, id, line, inject});

const wrong =
	(outcome: PageAnswer['outcome'], more: Partial<PageAnswer> = {}) =>
	(look: ChangedLook) => {
		look.page = look.page.map(({server}) => ({
			outcome,
			latency: 5,
			...(outcome === 'wrong-content' && {server: server!, status: 200}),
			...more,
		}));
	};

const state =
	(vm: string, number: number, reason = 1) =>
	(look: ChangedLook) =>
		look.change(
			'host',
			`Domain: '${vm}'\n  state.state=1\n  state.reason=1`,
			`Domain: '${vm}'\n  state.state=${number}\n  state.reason=${reason}`,
		);
const mdstat = (from: string | RegExp, to: string) => (look: ChangedLook) => look.change('nas', from, to);
const both = (from: string | RegExp, to: string) => (look: ChangedLook) =>
	look.change('master', from, to).change('standby', from, to);
const nodeLine = (name: string, attribute: string, value: string) =>
	both(new RegExp(`(<node name="${name}" id="[^"]*" .*?)\\b${attribute}="[^"]*"`), `$1${attribute}="${value}"`);
const resource = (id: string, attribute: string, value: string) =>
	both(new RegExp(`(<resource id="${id}" .*?)\\b${attribute}="[^"]*"`), `$1${attribute}="${value}"`);

/** Bytes of a node's root file system. */
const root =
	(place: string, used: number, free: number, inodes = '294912  11619') =>
	(look: ChangedLook) =>
		look.change(place, /^ext4 .* \/$/m, `ext4 ${used + free} ${used} ${free} ${inodes} /`);

// The page, as clients get it.
add(
	'PHP answers 500',
	'page-status',
	'DOWN: the page answers 500 (server1, server2, server3)',
	wrong('wrong-content', {status: 500}),
);
add(
	'the page is missing',
	'page-status',
	'DOWN: the page answers 404 (server1, server2, server3)',
	wrong('wrong-content', {status: 404}),
);
add(
	'PHP does not run, and Apache hands out its source',
	'page-wrong',
	'DOWN: the page shows something else than it should (server1, server2, server3)',
	wrong('wrong-content'),
);
add(
	'nobody answers',
	'page-silent',
	'DOWN: the page does not answer: http://192.168.1.200/index.php (no answer)',
	wrong('timeout'),
);
add(
	'connections are refused',
	'page-silent',
	'DOWN: the page does not answer: http://192.168.1.200/index.php (refused)',
	wrong('refused'),
);
add(
	'the sorry page',
	'page-sorry',
	'DOWN: visitors get the sorry page: no web server is available',
	wrong('sorry', {status: 503}),
);
add(
	'one server answers 500',
	'page-partial',
	'DEGRADED: 1 of 3 requests for the page fail: server2 answers 500',
	look => {
		look.page[1] = {outcome: 'wrong-content', status: 500, server: 'server2', latency: 3};
	},
);
add('one request is lost', 'page-partial', 'DEGRADED: 1 of 3 requests for the page fail: reset', look => {
	look.page[0] = {outcome: 'reset', latency: 3};
});
add('a slow page', 'page-slow', 'DEGRADED: the page takes 3.4 s', look => {
	look.page[2] = {...look.page[2]!, latency: 3400};
});

// libvirt's machines.
add(
	'a machine is off',
	'machine-stopped',
	'DEGRADED: the machine SERVER2 is not running (shut off)',
	state('SERVER2', 5),
);
add(
	'a machine is shutting down',
	'machine-stopped',
	'DEGRADED: the machine SERVER2 is not running (in shutdown)',
	state('SERVER2', 4),
);
add('a machine is paused', 'machine-paused', 'DEGRADED: the machine SERVER1 is paused', state('SERVER1', 3));
add(
	'a machine is paused: the disk of the host is full',
	'machine-paused',
	'DEGRADED: the machine NFS is paused (input/output error: is the disk of the host full?)',
	state('NFS', 3, 5),
);
add('a machine has crashed', 'machine-crashed', 'DEGRADED: the machine STANDBY has crashed', state('STANDBY', 6));
add('a machine is gone', 'machine-missing', 'DEGRADED: the machine SERVER3 does not exist', look =>
	look
		.change('host', new RegExp(`^${look.cluster.webs[2]!.uuid}.*\n`, 'm'), '')
		.change('host', "Domain: 'SERVER3'\n  state.state=1\n  state.reason=1\n", ''),
);
add(
	'a machine of the user has a name that begins like ours, which is off',
	'machine-stopped',
	'DEGRADED: the machine NFS is not running (shut off)',
	look => {
		state(
			'NFS',
			5,
		)(look)
			.change('host', "Domain: 'NFS'", "Domain: 'NFS vieja'\n  state.state=1\n  state.reason=1\n\nDomain: 'NFS'")
			.change('host', '%%machines\n', '%%machines\n11111111-1111-4111-8111-111111111111 NFS vieja\n');
	},
);
add('no machine is there', 'machines-none', "DOWN: none of the cluster's machines exists", look =>
	look.change('host', /^\S{36} [A-Z\d]+\n/m, ''),
);
add(
	'a machine does not start with the host',
	'machine-autostart',
	'DEGRADED: the machine SERVER2 does not start with the host',
	look => look.change('host', new RegExp(`(%%autostart\n[^%]*)${look.cluster.webs[1]!.uuid}\n`), '$1'),
);
add(
	'libvirt does not answer',
	'cannot-tell',
	"DEGRADED: host: cannot tell the machines' state: libvirt does not answer (error: Failed to connect socket)",
	look =>
		look.change(
			'host',
			/%%machines[^]*/,
			'%%machines\nerror: failed to connect to the hypervisor\nerror: Failed to connect socket\n%%end\n',
		),
);
add('a network is not active', 'network-stopped', 'DEGRADED: the network redHeart is not active in libvirt', look =>
	look.change('host', new RegExp(`(%%networks\n[^%]*)${look.cluster.networks.heartbeat.uuid}\n`), '$1'),
);
add(
	'a network does not start with the host',
	'network-autostart',
	'DEGRADED: the network redInter does not start with the host',
	look =>
		look.change('host', new RegExp(`(%%networks-autostart\n[^%]*)${look.cluster.networks.internal.uuid}\n`), '$1'),
);

// Nodes.
add(
	'a node does not answer',
	'node-unreachable',
	'DEGRADED: server3 does not answer by SSH (there is no route to it)',
	look => look.silent.set('server3', 'No route to host'),
);
add('a node takes too long', 'node-unreachable', 'DEGRADED: nas does not answer by SSH (10 s)', look =>
	look.silent.set('nas', '10 s'),
);
add('a file system is full', 'filesystem-full', 'DEGRADED: server3: / is full (100 %)', root('server3', 1000, 0));
add('a file system is filling', 'filesystem-filling', 'DEGRADED: nas: / is 91 % full', root('nas', 910, 90));
add(
	'no inodes are left',
	'inodes-full',
	'DEGRADED: master: / has no inodes left (100 % used)',
	root('master', 10, 90, '1000 1000'),
);
add(
	'inodes run short',
	'inodes-filling',
	"DEGRADED: server1: 92 % of /'s inodes are used",
	root('server1', 10, 90, '100 92'),
);
add('the disk with the machines is full', 'filesystem-full', 'DEGRADED: host: /var/lib/libvirt is full (99 %)', look =>
	look.change('host', /^(ext4 )\d+ \d+ +\d+(.*)$/m, '$1100000000 99000000 1000000$2'),
);
add('/run is full', 'filesystem-full', 'DEGRADED: standby: /run is full (100 %)', look =>
	look.change('standby', /^tmpfs .* \/run$/m, 'tmpfs 98570240 98570240 0 819200 148 /run'),
);
add('the root file system is read-only', 'filesystem-read-only', 'DEGRADED: server2: / is read-only', look =>
	look.change('server2', ' / ext4 rw,', ' / ext4 ro,'),
);
add('memory is short', 'memory-low', 'DEGRADED: server1: only 19 MiB of memory are left', look =>
	look.change('server1', /^MemAvailable:.*$/m, 'MemAvailable: 20000 kB'),
);
add('memory is short on the host', 'memory-low', 'DEGRADED: host: only 97 MiB of memory are left', look =>
	look.change('host', /^MemAvailable:.*$/m, 'MemAvailable: 100000 kB'),
);
add('swap is full', 'swap-full', 'DEGRADED: server1: memory is short and swap is nearly full', look =>
	look
		.change('server1', /^MemAvailable:.*$/m, 'MemAvailable: 50000 kB')
		.change('server1', /^SwapFree:.*$/m, 'SwapFree: 10000 kB'),
);
add('a clock is ahead', 'clock-off', 'DEGRADED: server1: the clock is 8 s ahead', look =>
	look.clocks.set('server1', 8),
);
add('a clock is behind', 'clock-off', 'DEGRADED: standby: the clock is 4 s behind', look =>
	look.clocks.set('standby', -4),
);
add('a time service cannot synchronize', 'clock-unsynchronized', 'DEGRADED: nas: the clock is not synchronized', look =>
	look
		.change(
			'nas',
			'%%units\n',
			'%%units\nsystemd-timesyncd.service loaded active running Network Time Synchronization\n',
		)
		.change('nas', /^(%%clock\n.*\n)\S+/m, '$1900.00'),
);
add(
	"the host's clock is not synchronized",
	'clock-unsynchronized',
	'DEGRADED: host: the clock is not synchronized',
	look => look.change('host', '%%time\n', '%%time\nNTP=yes\nNTPSynchronized=no\n'),
);
add('a unit has failed', 'unit-failed', 'DEGRADED: server1: broken.service has failed', look =>
	look.change('server1', '%%units\n', '%%units\nbroken.service loaded failed failed /bin/false\n'),
);
add('Apache is stopped', 'unit-stopped', 'DEGRADED: server2: apache2 is not running', look =>
	look.change('server2', /^apache2.service.*\n/m, '').change('master', /^ +-> 10\.0\.10\.111:80.*\n/m, ''),
);
add('Corosync is stopped', 'unit-stopped', 'DEGRADED: standby: corosync is not running', look =>
	look.change('standby', /^corosync.service.*\n/m, ''),
);
add('systemd does not answer', 'cannot-tell', 'DEGRADED: server1: cannot tell what systemd says', look =>
	look.change('server1', /%%units\n[^%]*/, '%%units\n'),
);
add('df is missing', 'cannot-tell', 'DEGRADED: server1: cannot tell how full the disks are', look =>
	look.change('server1', /%%disks\n[^%]*/, '%%disks\n'),
);

// The storage.
add(
	'a disk has failed',
	'array-degraded',
	'DEGRADED: nas: the array md0 lacks 1 of 5 disks ([UU_UU])',
	mdstat(
		'vdd[2] vdc[1] vdb[0]\n      301056 blocks super 1.2 level 6, 512k chunk, algorithm 2 [5/5] [UUUUU]',
		'vdd[2](F) vdc[1] vdb[0]\n      301056 blocks super 1.2 level 6, 512k chunk, algorithm 2 [5/4] [UU_UU]',
	),
);
add(
	'three disks have failed',
	'array-failed',
	'DEGRADED: nas: the array md0 has lost more disks than it can do without ([UU___])',
	mdstat('[5/5] [UUUUU]', '[5/2] [UU___]'),
);
add(
	'the array is rebuilt',
	'array-recovering',
	'DEGRADED: nas: the array md0 is being rebuilt (recovery 12 %, 1 of 5 disks missing)',
	mdstat(
		'[5/5] [UUUUU]',
		'[5/4] [UU_UU]\n      [==>..................]  recovery = 12.6% (12800/101376) finish=0.1min speed=12800K/sec',
	),
);
add(
	'a resync waits',
	'array-pending',
	'DEGRADED: nas: the array md0 waits for its resync (PENDING)',
	mdstat('[5/5] [UUUUU]', '[5/5] [UUUUU]\n      \tresync=PENDING'),
);
add(
	'the array is auto-read-only',
	'array-read-only',
	'DEGRADED: nas: the array md0 is auto-read-only',
	mdstat('md0 : active raid6', 'md0 : active (auto-read-only) raid6'),
);
add(
	'the array is read-only',
	'array-read-only',
	'DEGRADED: nas: the array md0 is read-only',
	mdstat('md0 : active raid6', 'md0 : active (read-only) raid6'),
);
add(
	'the array is inactive',
	'array-inactive',
	'DEGRADED: nas: the array md0 is inactive',
	mdstat(/^md0 : active raid6 [^]*?\n\n/m, 'md0 : inactive vdb[0](S) vdc[1](S)\n      202752 blocks super 1.2\n\n'),
);
add(
	'the array is not there',
	'array-missing',
	'DEGRADED: nas: the array is not there',
	mdstat(/^md0 : active raid6 [^]*?\n\n/m, ''),
);
add(
	'a failed disk is still in the array',
	'array-member-failed',
	'DEGRADED: nas: the array md0 holds a failed disk (vdg)',
	mdstat('md0 : active raid6 ', 'md0 : active raid6 vdg[5](F) '),
);
add('the array is not mounted', 'mount-missing', 'DEGRADED: nas: the array is not mounted on /mnt/raid', look =>
	look.change('nas', /^\/dev\/md0 .*\n/m, ''),
);
add('the array is mounted read-only', 'mount-read-only', 'DEGRADED: nas: /mnt/raid is mounted read-only', look =>
	look.change('nas', '/mnt/raid ext4 rw,', '/mnt/raid ext4 ro,'),
);
add(
	'the array is not exported',
	'export-missing',
	'DEGRADED: nas: /mnt/raid is not exported to the web servers',
	look => look.change('nas', /^\/mnt\/raid .*\n/m, ''),
);
add(
	"a web server's NFS mount is stale",
	'storage-hangs',
	'DEGRADED: server1: /mnt/raid does not answer (stale NFS mount)',
	look => look.change('server1', /%%storage\n[^%]*/, '%%storage\nKilled\n\nexit 137\n'),
);
add(
	'a web server cannot read the array',
	'storage-unreadable',
	"DEGRADED: server1: /mnt/raid cannot be read ('/mnt/raid/health.txt': Stale file handle)",
	look =>
		look.change(
			'server1',
			/%%storage\n[^%]*/,
			"%%storage\ndd: failed to open '/mnt/raid/health.txt': Stale file handle\n\nexit 1\n",
		),
);
add(
	'a web server has not mounted the array',
	'storage-not-mounted',
	'DEGRADED: server2: /mnt/raid is not mounted over NFS',
	look => look.change('server2', /^nas:\/mnt\/raid .*\n/m, ''),
);

// The directors.
add('nobody has the VIP', 'vip-nobody', 'DOWN: no director has the VIP 192.168.1.200', look =>
	look.change('master', / inet 192\.168\.1\.200\//, ' inet 192.168.1.201/'),
);
add('both have the VIP', 'vip-both', 'DEGRADED: both directors have the VIP 10.0.10.200 (split brain)', look =>
	look.change('standby', 'inet 10.0.10.2/24', 'inet 10.0.10.200/24'),
);
add('no web server is in rotation', 'balancer-none', 'DOWN: master: no web server is in rotation', look =>
	look.change('master', /^ +-> 10\.0\.10\.11\d:80 .*\n/m, ''),
);
add('one server is out of rotation', 'server-out', 'DEGRADED: server2 is out of rotation on master', look =>
	look.change('master', /^ +-> 10\.0\.10\.111:80 .*\n/m, ''),
);
add(
	'one server has weight 0',
	'server-weight',
	'DEGRADED: server3 has weight 0 on master: it gets no new connections',
	look => look.change('master', /(-> 10\.0\.10\.112:80 +Masq +)1/, '$10'),
);
add(
	'one server is in maintenance',
	'server-maintenance',
	'DEGRADED: server1 was taken out of rotation by hand on master (maintenance)',
	look =>
		look
			.change('master', /^ +-> 10\.0\.10\.110:80 .*\n/m, '')
			.change('master', '%%maintenance\n', '%%maintenance\n10.0.10.110\n'),
);
add('ldirectord is dead', 'ldirectord-missing', 'DEGRADED: master: ldirectord does not run where the VIP is', look =>
	look.change('master', '%%ldirectord\nrunning\n', '%%ldirectord\n'),
);
add('IPVS does not answer', 'cannot-tell', 'DEGRADED: master: cannot tell who is in rotation', look =>
	look.change('master', /%%balancer\n[^%]*/, "%%balancer\nCan't initialize ipvs: Protocol not available\n"),
);
add(
	'a director is offline',
	'director-offline',
	'DEGRADED: Pacemaker: standby is offline',
	nodeLine('standby', 'online', 'false'),
);
add(
	'a director is UNCLEAN, though online',
	'director-unclean',
	'DEGRADED: Pacemaker: standby is UNCLEAN',
	nodeLine('standby', 'unclean', 'true'),
);
add(
	'a director is in standby',
	'director-standby',
	'DEGRADED: Pacemaker: standby is in standby: it would take nothing over',
	nodeLine('standby', 'standby', 'true'),
);
add(
	'a director is joining',
	'director-pending',
	'DEGRADED: Pacemaker: standby is still joining (pending)',
	nodeLine('standby', 'pending', 'true'),
);
add(
	'a director is in maintenance mode',
	'director-maintenance',
	'DEGRADED: Pacemaker: standby is in maintenance mode',
	nodeLine('standby', 'maintenance', 'true'),
);
add(
	'maintenance mode',
	'maintenance-mode',
	'DEGRADED: Pacemaker is in maintenance mode: nothing would fail over',
	both('maintenance-mode="false"', 'maintenance-mode="true"'),
);
add(
	'no quorum',
	'no-quorum',
	'DEGRADED: Pacemaker: there is no quorum',
	both('with_quorum="true"', 'with_quorum="false"'),
);
add(
	'a resource is stopped',
	'resource-stopped',
	'DEGRADED: Pacemaker: ip-external is not started (Stopped)',
	resource('ip-external', 'role', 'Stopped'),
);
add(
	'a resource has failed',
	'resource-failed',
	'DEGRADED: Pacemaker: ldirectord1 has failed',
	resource('ldirectord1', 'failed', 'true'),
);
add(
	'a resource is blocked',
	'resource-blocked',
	'DEGRADED: Pacemaker: ldirectord1 is blocked',
	resource('ldirectord1', 'blocked', 'true'),
);
add(
	'a resource is unmanaged',
	'resource-unmanaged',
	'DEGRADED: Pacemaker: ip-internal is unmanaged',
	resource('ip-internal', 'managed', 'false'),
);
add(
	'a resource runs twice',
	'resource-double',
	'DEGRADED: Pacemaker: ip-external runs on two directors (master, standby)',
	both(
		/(<resource id="ip-external"[^]*?)(<node name="master"[^>]*\/>)/,
		'$1$2<node name="standby" id="2" cached="true"/>',
	),
);
add(
	'a resource is not configured',
	'resource-missing',
	'DEGRADED: Pacemaker: the resource ip-internal is not configured',
	both(/<resource id="ip-internal"[^]*?<\/resource>/, ''),
);
add(
	'an action has failed',
	'failed-action',
	'DEGRADED: Pacemaker: monitor of ldirectord1 failed on master (not running)',
	both(
		'  <status code="0"',
		'  <failures>\n    <failure op_key="ldirectord1_monitor_30000" node="master" exitstatus="not running" exitreason="" exitcode="7" call="24" status="complete" task="monitor"/>\n  </failures>\n  <status code="0"',
	),
);
add(
	'a ban by hand is left',
	'constraint-left',
	'DEGRADED: Pacemaker: the constraint cli-ban-web-on-standby, made by hand, forbids a failover; `move master` ends it',
	both(
		'%%constraints\n',
		'%%constraints\n<rsc_location id="cli-ban-web-on-standby" rsc="web" role="Started" node="standby" score="-INFINITY"/>\n',
	),
);
add('Pacemaker does not run', 'cannot-tell', "DEGRADED: standby: cannot tell Pacemaker's state (Not connected)", look =>
	look.change(
		'standby',
		/%%pacemaker\n[^%]*/,
		'%%pacemaker\n<pacemaker-result api-version="2.25"><status code="102" message="Not connected"/></pacemaker-result>\n',
	),
);
add(
	'a link of Corosync is down',
	'link-faulty',
	"DEGRADED: master: Corosync's link 1 (hb0) to the other director is down",
	look => look.change('master', /(LINK ID 1 udp[^]*?nodeid: +2:\t)connected/, '$1disconnected'),
);

// The program itself.
add(
	'a test was cut off',
	'drill-open',
	'DEGRADED: the test apache is under way, or was cut off: `up` undoes its harm',
	look => look.openDrills.push('apache'),
);

/** All of them. */
export const injectedTroubles: readonly Injected[] = injected;
