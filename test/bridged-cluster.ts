import type {Cluster} from '../source/cluster/cluster.ts';
import {applyEdits} from '../source/host/uplink/edits.ts';
import {reduceUplink} from '../source/host/uplink/reduce.ts';
import type {BridgeChange} from '../source/tasks/bridge-configuration.ts';
import {testCluster, testFacts} from './cluster-fixture.ts';

export interface Bridged {
	readonly nic?: string;
	readonly mac?: string;
	readonly iaid?: number;
}

/** The files of a host's network configuration: their texts by their paths. */
export type HostFiles = Readonly<Record<string, string>>;

/** A cluster on a real host whose NIC is configured by these files and is to become the bridge's port. */
export function bridgedCluster(
	renderer: NonNullable<Cluster['host']['renderer']>,
	files: HostFiles,
	{nic = 'eno1', mac = '02:00:00:00:00:01', iaid}: Bridged = {},
): Cluster {
	const whole = Object.entries(files).map(([path, content]) => ({path, content: Buffer.from(content)}));
	const uplinks =
		renderer === 'networkmanager' || renderer === 'none'
			? {}
			: {[nic]: reduceUplink({renderer, nic, mac, ...(iaid !== undefined && {iaid}), files: whole})};
	return testCluster(
		{host: {external: 'bridge', nic}},
		{
			sandbox: false,
			facts: {...testFacts, renderer: {value: renderer, source: 'test'}, uplinks: {value: uplinks, source: 'test'}},
		},
	);
}

/** The files that a change writes, as they are afterwards. */
export function afterwards({edited, added}: BridgeChange, files: HostFiles): Record<string, string> {
	return Object.fromEntries([
		...edited.map(({path, edits}) => [path, applyEdits(Buffer.from(files[path]!), edits).toString()]),
		...added.map(({path, content}) => [path, content]),
	]);
}
