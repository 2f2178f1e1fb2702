import type {Cluster, Node} from '../source/cluster/cluster.ts';
import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {compareVariables} from '../source/tasks/file-diff.ts';
import {file} from '../source/tasks/file.ts';
import {service} from '../source/tasks/service.ts';

const modules = '/etc/modules-load.d/cluster.conf';
const settings = '/etc/sysctl.d/60-cluster.conf';
const rules = '/etc/nftables.conf';
const names = '/etc/dnsmasq.d/cluster.conf';

export const forwarding = step({
	id: 'forwarding',
	name: phrase('Forwarding'),
	chapter: '4.5',
	title: phrase('The directors are the way out, and a firewall'),
	on: 'director',
	needs: ['names'],
	mends: [637, 877],
	tasks(cluster, subject) {
		return [
			file(modules, asset('director/etc/modules-load.d/cluster.conf')),
			file(settings, asset('director/etc/sysctl.d/60-cluster.conf')),
			{
				title: phrase('Forward packets, and load IPVS'),
				check: sh`
					[ -d /sys/module/ip_vs_rr ] || { echo 'ip_vs_rr is not loaded'; exit 1; }
					read -r forward < /proc/sys/net/ipv4/ip_forward; read -r expire < /proc/sys/net/ipv4/vs/expire_nodest_conn; read -r promote < /proc/sys/net/ipv4/conf/all/promote_secondaries
					[ "$forward$expire$promote" = 111 ] || { echo "ip_forward=$forward expire_nodest_conn=$expire promote_secondaries=$promote"; exit 1; }
				`,
				apply: [sh`modprobe -a ip_vs ip_vs_rr`, sh`sysctl -q -p ${settings}`],
			},
			file(rules, ruleset(cluster, nodeOf(subject)), {mode: '0755'}),
			firewall,
			file(
				names,
				asset('director/etc/dnsmasq.d/cluster.conf', {
					servers: cluster.nameservers.map(address => `server=${address}`).join('\n'),
				}),
			),
			service('dnsmasq', {reads: [names, '/etc/hosts']}),
		];
	},
});

function ruleset({networks, directors}: Cluster, node: Node): string {
	const other = directors.find(({name}) => name !== node.name)!;
	return asset('director/etc/nftables.conf', {
		external: networks.external.cidr,
		internal: networks.internal.cidr,
		otherInternal: other.internal,
		otherHeartbeat: other.heartbeat!,
	});
}

/** Compares the loaded ruleset with the ruleset file, which the check loads into a temporary network namespace. */
const firewall: Task = {
	title: phrase('Load the firewall, now and at every boot'),
	check: sh`
		found=$(nft list table inet cluster 2> /dev/null) || { echo 'no rules are loaded'; exit 1; }
		wanted=$(unshare -n sh -c ${`nft -f ${rules} && nft list table inet cluster`}) || exit 2
		[ "$found" = "$wanted" ] || { echo 'the rules that are loaded are not those of the file'; exit 1; }
		state=$(systemctl is-enabled nftables); [ "$state" = enabled ] || { echo "nftables is $state"; exit 1; }
	`,
	apply: [sh`nft -f ${rules}`, sh`systemctl enable --quiet --no-reload --now nftables`],
	reads: [rules],
	compare: sh`
		found=$(nft list table inet cluster 2> /dev/null) || exit 0
		wanted=$(unshare -n sh -c ${`nft -f ${rules} && nft list table inet cluster`}) || exit 0
		[ "$found" = "$wanted" ] || {
		${compareVariables('nftables')}
		}
	`,
};
