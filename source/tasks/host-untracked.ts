import {asset} from '../assets.ts';
import type {Network} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './file-diff.ts';
import {hostUnitInstalled, hostUnitPath, removeHostUnit, startHostUnit} from './host-unit.ts';
import {phrase} from '../languages/text.ts';

/**
 * Exempts packets on the bridge from connection tracking, and so from NAT. With br_netfilter (loaded by Docker and
 * Kubernetes), bridged packets pass through the host's NAT. libvirt's masquerading of the external network would then rewrite
 * requests between a director and a web server, and clients would never get a page. The host has no address on this bridge,
 * so no other traffic is affected. Without br_netfilter the rule never matches; the module may be loaded later.
 */
export function bridgeWithoutConntrack({label}: Network): Task {
	const unit = unitOf(label);
	const path = hostUnitPath(unit);
	const table = `cluster-wizard-${label}`;
	const text = asset('host/bridge/untracked.service', {bridge: label, table});
	return {
		title: phrase("Keep the host's NAT away from packets on {label}", {label}),
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

/** Removes the unit, which also removes its rule. */
export function removeUntracked({name}: ResourceOf<'untracked'>): Removal {
	return removeHostUnit(unitOf(name));
}

function unitOf(bridge: string): string {
	return `cluster-wizard-${bridge}-untracked.service`;
}
