import {asset} from '../assets.ts';
import type {Network} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './compare.ts';
import {hostUnitInstalled, hostUnitPath, removeHostUnit, startHostUnit} from './host-unit.ts';
import {phrase} from '../languages/text.ts';

/**
 * With br_netfilter (Docker and Kubernetes load it) a bridge's packets pass through the host's NAT. libvirt's masquerading
 * of the external network then rewrites requests on their way from a director to a web server, and no page is ever
 * answered. Packets that connection tracking does not see are not rewritten. The host itself has no address on this
 * bridge, so nothing else comes in by it. Without br_netfilter the rule never matches; it is kept for a host that loads
 * the module later.
 */
export function bridgedUntracked({label}: Network): Task {
	const unit = unitOf(label);
	const path = hostUnitPath(unit);
	const table = `cluster-wizard-${label}`;
	const text = asset('host/bridge/untracked.service', {bridge: label, table});
	return {
		title: phrase('Keep the host\'s NAT away from packets on {label}', {label}),
		check: sh`
			${hostUnitInstalled(unit, text)}
			nft list chain ip ${table} bridged 2>/dev/null | grep -qF ${`iifname "${label}" notrack`} || { echo ${`the rule of ${unit} is not loaded`}; exit 1; }
		`,
		apply: startHostUnit(unit, text),
		writes: [path],
		compare: compareFile(path),
		creates: [{kind: 'untracked', name: label}],
	};
}

/** The unit, and with it the rule. */
export function removeUntracked({name}: ResourceOf<'untracked'>): Removal {
	return removeHostUnit(unitOf(name));
}

function unitOf(bridge: string): string {
	return `cluster-wizard-${bridge}-untracked.service`;
}
