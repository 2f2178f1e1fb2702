import type {Cluster, ConfigurationFile} from '../source/answers/cluster.ts';
import {testCluster, testFacts} from './cluster-fixture.ts';

export interface Bridged {
	readonly nic?: string;
	readonly mac?: string;
	readonly iaid?: number;
}

/** A cluster on a real host whose NIC is configured by these files and is to become the bridge's port. */
export function bridgedCluster(renderer: NonNullable<Cluster['host']['renderer']>, files: Readonly<Record<string, string>>, {nic = 'eno1', mac = '02:00:00:00:00:01', iaid}: Bridged = {}): Cluster {
	const cluster = testCluster({host: {external: 'bridge', nic}}, {sandbox: false, facts: {...testFacts, renderer: {value: renderer, source: 'test'}}});
	const list = Object.entries(files).map(([path, content]): ConfigurationFile => ({path, mode: '0600', content}));
	return {...cluster, host: {...cluster.host, uplink: {mac, ...(iaid !== undefined && {iaid}), files: list}}};
}
