import {asset} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './file-diff.ts';
import {hostUnitPath, removeHostUnit, startHostUnit} from './host-unit.ts';
import {phrase} from '../languages/text.ts';

/**
 * Docker sets the host's FORWARD policy to DROP. If br_netfilter sends bridged packets through the packet filter, this cuts
 * off VMs on the bridge. One added rule accepts packets that stay on the bridge; Docker's rules are not changed.
 */
export function iptablesAcceptsBridge({networks}: Cluster): Task {
	const bridge = networks.external.label;
	const unit = unitOf(bridge);
	const path = hostUnitPath(unit);
	return {
		title: phrase("Let the machines on {bridge} through the host's packet filter", {bridge}),
		check: sh`
			[ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null || echo 0)" = 1 ] && command -v iptables >/dev/null || exit 0
			rules=$(iptables -w -S FORWARD) || { echo 'the packet filter cannot be read'; exit 2; }
			# The first line that decides: our rule, or one that could drop what it lets through.
			first=$(echo "$rules" | grep -nxE -e ${`-A FORWARD -i ${bridge} -o ${bridge} -j ACCEPT`} -e '-A FORWARD .*-j \(DROP\|REJECT\).*' | head -n 1)
			case $first in
				*'-j ACCEPT') ;;
				'') ! echo "$rules" | grep -qx -e '-P FORWARD DROP' || { echo ${`the policy of FORWARD is DROP (Docker sets it) and bridged packets are filtered (bridge-nf-call-iptables=1): machines on ${bridge} could not talk`}; exit 1; }
					exit 0 ;;
				*) echo ${`a rule of FORWARD drops or rejects, and bridged packets are filtered (bridge-nf-call-iptables=1): machines on ${bridge} could not talk:`} "\${first#*:}"; exit 1 ;;
			esac
			systemctl is-enabled --quiet ${unit} || { echo ${`${unit} does not start with the host`}; exit 1; }
		`,
		apply: startHostUnit(unit, asset('host/bridge/forward.service', {bridge})),
		writes: [path],
		compare: compareFile(path),
		creates: [{kind: 'forwarding', name: bridge}],
		advice: phrase('Or switch the filter off for bridges: sysctl net.bridge.bridge-nf-call-iptables=0'),
	};
}

/**
 * Checks that nftables tables other than iptables' own (firewalld's, the user's) let VMs on the bridge talk. A rule of ours
 * cannot repair this, because every table must accept a packet. Succeeds without nft, which is installed with the packages.
 */
export function nftablesAcceptsBridge({networks}: Cluster): Task {
	const bridge = networks.external.label;
	return {
		title: phrase("See that the host's packet filter lets machines on {bridge} talk", {bridge}),
		check: sh`
			filtered=$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null || echo 0)
			dropping=$(nft --stateless list ruleset 2>/dev/null | awk -v bridge=${bridge} -v filtered="$filtered" ${asset('host/bridge/forward-verdict.awk')})
			[ -z "$dropping" ] || { echo ${`the packet filter cuts off machines on ${bridge}:`} "$dropping"; exit 2; }
		`,
		advice: phrase(
			'With firewalld: `firewall-cmd --permanent --add-interface={bridge} && firewall-cmd --reload`. In a table of your own accept `iifname {bridge} oifname {bridge}` before that rule. Or choose `external: nat`',
			{bridge},
		),
	};
}

/** Removes the unit, which also removes its rule. */
export function removeForwarding({name}: ResourceOf<'forwarding'>): Removal {
	return removeHostUnit(unitOf(name));
}

function unitOf(bridge: string): string {
	return `cluster-wizard-${bridge}-forward.service`;
}
