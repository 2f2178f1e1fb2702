import {phrase} from '../languages/text.ts';
import {sh} from '../shell/command.ts';
import {role} from './role.ts';

/**
 * ldirectord's `maintenancedir` (ldirectord(8)): a file in it that is named after a server takes that server out of
 * rotation, whatever its health. Under /run, so that a director that is started anew has all of them in again.
 */
export const maintenanceFolder = '/run/cluster-maintenance';

/** The pair in front: LVS divides requests among the web servers, Corosync and Pacemaker move the VIPs. */
export const director = role({
	id: 'director',
	label: phrase('director'),
	networks: ['external', 'heartbeat'],
	nodes: [
		{
			id: 'master',
			about: phrase('The director that serves while it is up'),
			internal: {wide: 1, narrow: 1},
			heartbeat: {wide: 1, narrow: 1},
		},
		{
			id: 'standby',
			about: phrase('The director that takes over'),
			internal: {wide: 2, narrow: 2},
			heartbeat: {wide: 2, narrow: 2},
		},
	],
	disk: 10,
	hasHome: true,
	// IPaddr2 calls arping and ip; the sorry page needs no web server of its own.
	packages: [
		'ipvsadm',
		'ldirectord',
		'corosync',
		'pacemaker',
		'pacemaker-cli-utils',
		'crmsh',
		'nftables',
		'dnsmasq',
		'nfs-common',
		'iputils-arping',
		'libxml2-utils',
	],
	// The resource agents: Ubuntu divides Debian's one package (IPaddr2 in base, ldirectord in extra).
	packagesOf: {debian: ['resource-agents'], ubuntu: ['resource-agents-base', 'resource-agents-extra']},
	unconfigured: ['corosync', 'pacemaker', 'ldirectord', 'dnsmasq', 'logd'],
	units: ['corosync', 'pacemaker', 'ipvs-sync', 'nftables', 'dnsmasq'],
	look: () => sh`
		echo %%pacemaker; crm_mon --one-shot --output-as=xml --inactive 2>/dev/null
		echo %%constraints; grep -oE '<rsc_location [^>]*id="cli-[^>]*>' /var/lib/pacemaker/cib/cib.xml
		echo %%links; corosync-cfgtool -s 2>&1
		echo %%addresses; ip -4 -o address
		echo %%balancer; ipvsadm -Ln 2>&1
		echo %%ldirectord; pid=$(cat /run/ldirectord.ldirectord.cf.pid 2>/dev/null); ! grep -aqs ldirectord "/proc/\${pid:-none}/cmdline" || echo running
		echo %%maintenance; ls -A ${maintenanceFolder}
	`,
	support: sh`crm_mon -1rfA; crm configure show; corosync-cfgtool -s; corosync-quorumtool -s; ipvsadm -Ln; nft list ruleset; journalctl -b -u corosync -u pacemaker -u ldirectord --no-pager -n 500`,
	picture: {line: 2, corners: 4},
});
