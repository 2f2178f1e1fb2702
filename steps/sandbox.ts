import {formatAddress, isHostOf, overlap, parseAddress, parseCidr} from '../source/text/cidr.ts';
import type {Cluster} from '../source/cluster/cluster.ts';
import {asset} from '../source/assets.ts';
import {quote, sh, withLimit} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {file} from '../source/tasks/file.ts';
import {sandboxNic} from '../source/tasks/bridge-in-sandbox.ts';
import {sandboxFolder} from '../source/tasks/sandbox.ts';

/** Starts a host made of namespaces, with its own NIC, router and libvirt. Does not use the computer's libvirt daemon. */
export const sandbox = step({
	id: 'sandbox',
	name: phrase('Sandbox'),
	chapter: '4.2',
	title: phrase('Start the sandbox that plays the host'),
	on: 'machine',
	needs: ['packages', 'acceleration'],
	when: cluster => cluster.sandbox,
	tasks(cluster) {
		const folder = sandboxFolder(cluster.paths);
		const control = `${folder}/control`;
		const program = (name: string) => file(`${folder}/${name}`, asset(`sandbox/${name}`), {mode: '0755'});
		const settings = (name: string) => file(`${folder}/${name}`, asset(`sandbox/${name}`));
		return [
			{...program('control'), creates: [{kind: 'sandbox', name: 'sandbox'}]},
			...['holder', 'uplink', 'host', 'rootfs', 'services', 'kvm'].map(program),
			settings('libvirtd.conf'),
			settings('qemu.conf'),
			file(`${folder}/parameters`, parameters(cluster)),
			{
				title: phrase('Start the sandbox and its libvirt'),
				check: sh`[ -x ${control} ] || { echo 'the sandbox is not there'; exit 1; }; ${control} check`,
				apply: [withLimit(sh`${control} start`, 240)],
				timeout: 20,
				reads: [`${folder}/parameters`],
				provides: ['host', ...cluster.nodes.map(({name}) => name)],
				advice: phrase('Its log is {folder}/log.', {folder}),
			},
		];
	},
});

/** Address of the sandbox's host on the external network: the highest one that the cluster does not use. */
export function sandboxHostAddress(cluster: Cluster): string {
	const network = parseCidr(cluster.networks.external.cidr)!;
	const taken = new Set(
		[cluster.gateway, cluster.vip.external, ...cluster.nodes.map(node => node.external)].flatMap(address =>
			address ? [parseAddress(address)] : [],
		),
	);
	let address = network.base + network.size - 2;
	while (taken.has(address)) {
		address--;
	}

	if (!isHostOf(network, address)) {
		throw new RangeError(`${cluster.networks.external.cidr} has no address left for the host`);
	}

	return formatAddress(address);
}

/** Text of the file `parameters`: shell assignments that the scripts in assets/sandbox read. */
function parameters(cluster: Cluster): string {
	const uplink = uplinkBeside(cluster.networks.external.cidr);
	return Object.entries({
		NAME: cluster.name,
		NIC: sandboxNic,
		ADDRESS: sandboxHostAddress(cluster),
		PREFIX: cluster.networks.external.prefix,
		GATEWAY: cluster.gateway,
		UPLINK: `${formatAddress(uplink)}/24`,
		// slirp4netns answers DNS queries at the third address of its network.
		NAMESERVER: formatAddress(uplink + 3),
		KVM: cluster.acceleration === 'kvm' ? 'shown' : 'hidden',
	})
		.map(([name, value]) => `${name}=${quote(value)}\n`)
		.join('');
}

/** Network between the router and slirp4netns: slirp's default, or a range of RFC 2544 if the cluster overlaps that. */
function uplinkBeside(external: string): number {
	const usual = parseCidr('10.0.2.0/24')!;
	return overlap(usual, parseCidr(external)!) ? parseAddress('198.18.0.0')! : usual.base;
}
