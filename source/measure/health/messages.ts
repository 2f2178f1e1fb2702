import {machineStateText} from '../../engine/resource-names.ts';
import {sshReason} from '../../engine/ssh-errors.ts';
import {spokenSize} from '../../languages/quantity.ts';
import {phrase, verbatim, type Text} from '../../languages/text.ts';

const percent = (part: number) => `${Math.floor(part * 100)} %`;

/** One sentence for each kind of trouble, without capital letter and full stop, in order of importance. */
export const troubleMessages = {
	'being-built': (pid: number, since: string): Text =>
		phrase('being built by process {pid} since {since}', {pid, since}),
	/** @param command command that starts the sandbox; undefined while another process is at work on it */
	'sandbox-stopped': (command: string | undefined): Text =>
		command === undefined
			? phrase('the sandbox does not run')
			: phrase('the sandbox does not run; `{command}` starts it', {command}),
	stopped: (since: string): Text =>
		phrase('stopped by `stop` since {since}; `cluster-wizard start` starts it', {since}),
	'machines-none': (): Text => phrase("none of the cluster's machines exists"),
	'page-sorry': (): Text => phrase('visitors get the sorry page: no web server is available'),
	'page-status': (status: number, servers: string): Text =>
		phrase('the page answers {status}{hasServers, select, true { ({servers})} other {}}', {
			status,
			hasServers: servers !== '',
			servers,
		}),
	'page-wrong': (servers: string): Text =>
		phrase('the page shows something else than it should{hasServers, select, true { ({servers})} other {}}', {
			hasServers: servers !== '',
			servers,
		}),
	'page-silent': (url: string, outcome: Text): Text =>
		phrase('the page does not answer: {url} ({outcome})', {url, outcome}),
	'vip-nobody': (address: string): Text => phrase('no director has the VIP {address}', {address}),
	'balancer-none': (director: string): Text => phrase('{director}: no web server is in rotation', {director}),
	'page-partial': (failed: number, sent: number, reasons: Text): Text =>
		phrase('{failed} of {sent} requests for the page fail: {reasons}', {failed, sent, reasons}),
	'vip-both': (address: string): Text => phrase('both directors have the VIP {address} (split brain)', {address}),
	'machine-missing': (vm: string): Text => phrase('the machine {vm} does not exist', {vm}),
	'machine-crashed': (vm: string): Text => phrase('the machine {vm} has crashed', {vm}),
	'machine-paused': (vm: string, reason: Text | undefined): Text =>
		phrase('the machine {vm} is paused{hasReason, select, true { ({reason})} other {}}', {
			vm,
			hasReason: Boolean(reason),
			reason: reason ?? '',
		}),
	'machine-stopped': (vm: string, state: string): Text =>
		phrase('the machine {vm} is not running ({state})', {vm, state: machineStateText(state)}),
	'node-unreachable': (node: string, reason: string): Text => {
		const why = sshReason(reason) ?? verbatim(reason);
		return phrase('{node} does not answer by SSH ({why})', {node, why});
	},
	'array-missing': (node: string): Text => phrase('{node}: the array is not there', {node}),
	'array-inactive': (node: string, array: string): Text =>
		phrase('{node}: the array {array} is inactive', {node, array}),
	'array-failed': (node: string, array: string, map: string): Text =>
		phrase('{node}: the array {array} has lost more disks than it can do without ([{map}])', {node, array, map}),
	'mount-missing': (node: string, path: string): Text =>
		phrase('{node}: the array is not mounted on {path}', {node, path}),
	'mount-read-only': (node: string, path: string): Text => phrase('{node}: {path} is mounted read-only', {node, path}),
	'array-read-only': (node: string, array: string, access: string): Text =>
		phrase('{node}: the array {array} is {access}', {node, array, access}),
	'array-degraded': (node: string, array: string, lost: number, wanted: number, map: string): Text =>
		phrase('{node}: the array {array} lacks {lost} of {wanted} disks ([{map}])', {node, array, lost, wanted, map}),
	'array-recovering': (
		node: string,
		array: string,
		action: string,
		progress: string,
		lost: number,
		wanted: number,
	): Text =>
		phrase(
			'{node}: the array {array} is being rebuilt ({action} {progress}{lost, plural, =0 {} other {, {lost} of {wanted} disks missing}})',
			{node, array, action, progress, lost, wanted},
		),
	'array-pending': (node: string, array: string, action: string, waiting: string): Text =>
		phrase('{node}: the array {array} waits for its {action} ({waiting})', {node, array, action, waiting}),
	'array-member-failed': (node: string, array: string, members: string): Text =>
		phrase('{node}: the array {array} holds a failed disk ({members})', {node, array, members}),
	'export-missing': (node: string, path: string): Text =>
		phrase('{node}: {path} is not exported to the web servers', {node, path}),
	'unit-stopped': (node: string, unit: string): Text => phrase('{node}: {unit} is not running', {node, unit}),
	'storage-hangs': (node: string, path: string): Text =>
		phrase('{node}: {path} does not answer (stale NFS mount)', {node, path}),
	'storage-unreadable': (node: string, path: string, detail: string): Text =>
		phrase('{node}: {path} cannot be read ({detail})', {node, path, detail}),
	'storage-not-mounted': (node: string, path: string): Text =>
		phrase('{node}: {path} is not mounted over NFS', {node, path}),
	'ldirectord-missing': (node: string): Text => phrase('{node}: ldirectord does not run where the VIP is', {node}),
	'server-out': (server: string, director: string): Text =>
		phrase('{server} is out of rotation on {director}', {server, director}),
	'server-maintenance': (server: string, director: string): Text =>
		phrase('{server} was taken out of rotation by hand on {director} (maintenance)', {server, director}),
	'server-weight': (server: string, director: string): Text =>
		phrase('{server} has weight 0 on {director}: it gets no new connections', {server, director}),
	'director-unclean': (name: string): Text => phrase('Pacemaker: {name} is UNCLEAN', {name}),
	'director-offline': (name: string): Text => phrase('Pacemaker: {name} is offline', {name}),
	'no-quorum': (): Text => phrase('Pacemaker: there is no quorum'),
	'resource-double': (resource: string, nodes: string): Text =>
		phrase('Pacemaker: {resource} runs on two directors ({nodes})', {resource, nodes}),
	'resource-blocked': (resource: string): Text => phrase('Pacemaker: {resource} is blocked', {resource}),
	'resource-failed': (resource: string): Text => phrase('Pacemaker: {resource} has failed', {resource}),
	'resource-stopped': (resource: string, role: string): Text =>
		phrase('Pacemaker: {resource} is not started ({role})', {resource, role}),
	'resource-missing': (resource: string): Text =>
		phrase('Pacemaker: the resource {resource} is not configured', {resource}),
	'maintenance-mode': (): Text => phrase('Pacemaker is in maintenance mode: nothing would fail over'),
	'director-maintenance': (name: string): Text => phrase('Pacemaker: {name} is in maintenance mode', {name}),
	'director-standby': (name: string): Text =>
		phrase('Pacemaker: {name} is in standby: it would take nothing over', {name}),
	'director-pending': (name: string): Text => phrase('Pacemaker: {name} is still joining (pending)', {name}),
	'resource-unmanaged': (resource: string): Text => phrase('Pacemaker: {resource} is unmanaged', {resource}),
	'link-faulty': (link: number, network: string, node: string): Text =>
		phrase("{node}: Corosync's link {link} ({network}) to the other director is down", {node, link, network}),
	'constraint-left': (id: string, home: string): Text =>
		phrase('Pacemaker: the constraint {id}, made by hand, forbids a failover; `move {home}` ends it', {id, home}),
	'failed-action': (resource: string, task: string, node: string, reason: string): Text =>
		phrase('Pacemaker: {task} of {resource} failed on {node} ({reason})', {task, resource, node, reason}),
	'filesystem-full': (node: string, path: string, part: number): Text =>
		phrase('{node}: {path} is full ({part})', {node, path, part: percent(part)}),
	'inodes-full': (node: string, path: string, part: number): Text =>
		phrase('{node}: {path} has no inodes left ({part} used)', {node, path, part: percent(part)}),
	'filesystem-read-only': (node: string, path: string): Text => phrase('{node}: {path} is read-only', {node, path}),
	'memory-low': (node: string, available: number): Text =>
		phrase('{node}: only {available} of memory are left', {node, available: spokenSize(available)}),
	'swap-full': (node: string): Text => phrase('{node}: memory is short and swap is nearly full', {node}),
	'clock-off': (node: string, seconds: number, isAhead = seconds > 0): Text =>
		phrase('{node}: the clock is {seconds} s {isAhead, select, true {ahead} other {behind}}', {
			node,
			seconds: Math.abs(seconds).toFixed(0),
			isAhead,
		}),
	'page-slow': (milliseconds: number): Text =>
		phrase('the page takes {seconds} s', {seconds: (milliseconds / 1000).toFixed(1)}),
	'unit-failed': (node: string, unit: string): Text => phrase('{node}: {unit} has failed', {node, unit}),
	'network-stopped': (network: string): Text => phrase('the network {network} is not active in libvirt', {network}),
	'filesystem-filling': (node: string, path: string, part: number): Text =>
		phrase('{node}: {path} is {part} full', {node, path, part: percent(part)}),
	'inodes-filling': (node: string, path: string, part: number): Text =>
		phrase("{node}: {part} of {path}'s inodes are used", {node, part: percent(part), path}),
	'drill-open': (drill: string): Text =>
		phrase('the test {drill} is under way, or was cut off: `up` undoes its harm', {drill}),
	'clock-unsynchronized': (node: string): Text => phrase('{node}: the clock is not synchronized', {node}),
	'machine-autostart': (vm: string): Text => phrase('the machine {vm} does not start with the host', {vm}),
	'network-autostart': (network: string): Text =>
		phrase('the network {network} does not start with the host', {network}),
	'cannot-tell': (where: string, what: Text, reason: string): Text =>
		phrase('{where}: cannot tell {what}{hasReason, select, true { ({reason})} other {}}', {
			where,
			what,
			hasReason: reason !== '',
			reason,
		}),
};

/** Notes, which are shown beside the troubles but are none, without capital letter and full stop. */
export const noteMessages = {
	'being-changed': (pid: number, since: string): Text =>
		phrase('being changed by process {pid} since {since}', {pid, since}),
	'being-tested': (pid: number, since: string): Text =>
		phrase('being tested by process {pid} since {since}', {pid, since}),
	'being-removed': (pid: number, since: string): Text =>
		phrase('being removed by process {pid} since {since}', {pid, since}),
	started: (since: string): Text => phrase('answered again since {since} (`start`)', {since}),
	/** @param director undefined if the constraint names no node */
	'moved-by-hand': (director: string | undefined, end: string): Text =>
		phrase(
			'a move by hand holds the VIPs{hasDirector, select, false {} other { on {director}}}; `move {end}` ends it',
			{hasDirector: director !== undefined, director: director ?? '', end},
		),
};

/** Parts of a status check, as the object of "cannot tell". */
export const partMessages = {
	machines: phrase("the machines' state: libvirt does not answer"),
	memory: phrase('how much memory is left'),
	disks: phrase('how full the disks are'),
	clock: phrase('what time it is there'),
	units: phrase('what systemd says'),
	mounts: phrase('what is mounted'),
	storage: phrase('whether the array can be read'),
	arrays: phrase("the array's state"),
	exports: phrase('what is exported'),
	pacemaker: phrase("Pacemaker's state"),
	links: phrase("the state of Corosync's links"),
	addresses: phrase('its addresses'),
	balancer: phrase('who is in rotation'),
} satisfies Record<string, Text>;

/** Messages of the health line. */
export const healthMessages = {
	states: {ok: phrase('OK'), degraded: phrase('DEGRADED'), down: phrase('DOWN')},
	answers: (status: number, milliseconds: number, servers: string): Text =>
		phrase('the page answers {status} in {milliseconds} ms ({servers})', {
			status,
			milliseconds: milliseconds.toFixed(0),
			servers,
		}),
	serverAnswers: (server: string, status: number): Text => phrase('{server} answers {status}', {server, status}),
	more: (count: number): Text => phrase('and {count} more', {count}),
	/** The pause reason of libvirt that the user can act on. */
	ioError: phrase('input/output error: is the disk of the host full?'),
	controller: phrase('the host'),
} satisfies Record<string, unknown>;
