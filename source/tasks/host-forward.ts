import {asset} from '../assets.ts';
import type {Cluster} from '../answers/cluster.ts';
import {sh, withInput} from '../engine/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './compare.ts';
import {goneFrom} from './gone-from.ts';

/**
 * Docker drops what the host forwards, and where bridged packets go through the host's filter that cuts off the
 * machines on the bridge. One rule lets through what stays on it; nothing of Docker's is changed.
 */
export function bridgedThroughFilter({networks}: Cluster): Task {
	const bridge = networks.external.label;
	const {unit, path} = unitOf(bridge);
	return {
		title: {en: `Let the machines on ${bridge} through the host's packet filter`, es: `Dejar pasar a las máquinas de ${bridge} por el filtro de paquetes del anfitrión`},
		check: sh`
			[ "$(cat /proc/sys/net/bridge/bridge-nf-call-iptables 2>/dev/null || echo 0)" = 1 ] && command -v iptables >/dev/null || exit 0
			rules=$(iptables -w -S FORWARD) || { echo 'the packet filter cannot be read'; exit 2; }
			echo "$rules" | grep -qx -e '-P FORWARD DROP' || exit 0
			echo "$rules" | grep -qx -e ${`-A FORWARD -i ${bridge} -o ${bridge} -j ACCEPT`} || { echo ${`the policy of FORWARD is DROP (Docker sets it) and bridged packets are filtered (bridge-nf-call-iptables=1): machines on ${bridge} could not talk`}; exit 1; }
			systemctl is-enabled --quiet ${unit} || { echo ${`${unit} does not start with the host`}; exit 1; }
		`,
		apply: [
			withInput(sh`install -m 0644 /dev/stdin ${path}`, asset('host/bridge/forward.service', {bridge})),
			sh`systemctl daemon-reload && systemctl enable --quiet ${unit} && systemctl restart ${unit}`,
		],
		writes: [path],
		compare: compareFile(path),
		creates: [{kind: 'forwarding', name: bridge}],
		advice: {
			en: 'Or switch the filter off for bridges: sysctl net.bridge.bridge-nf-call-iptables=0',
			es: 'O quite el filtro para los puentes: sysctl net.bridge.bridge-nf-call-iptables=0',
		},
	};
}

/** The unit, and with it the rule. */
export function removeForwarding({name}: ResourceOf<'forwarding'>): Removal {
	const {unit, path} = unitOf(name);
	return {
		shown: path,
		remove: sh`[ ! -e ${path} ] || { systemctl disable --quiet --now ${unit}; rm -f ${path}; systemctl daemon-reload; }`,
		gone: goneFrom(path),
	};
}

function unitOf(bridge: string): {unit: string; path: string} {
	const unit = `cluster-wizard-${bridge}-forward.service`;
	return {unit, path: `/etc/systemd/system/${unit}`};
}
