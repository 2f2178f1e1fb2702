import {describe, expect, test} from 'vitest';
import type {Target} from '../../source/engine/target.ts';
import {withDomainState} from '../../source/targets/domain-state.ts';
import {testCluster} from '../cluster-fixture.ts';

const cluster = testCluster();
const [node, master] = ['server1', 'master'].map(name => cluster.nodes.find(node => node.name === name)!) as [
	(typeof cluster.nodes)[0],
	(typeof cluster.nodes)[0],
];
const away: Target = {
	name: 'server1',
	exec: async () => ({code: 'unreachable', reason: 'server1: No route to host'}),
	close() {},
};

/** A host whose libvirt says this of each machine; `running` otherwise. */
function host(states: Record<string, string>): Target & {asked: number} {
	return {
		name: 'host',
		asked: 0,
		async exec(text, {onLine} = {}) {
			this.asked++;
			const {vm} = cluster.nodes.find(({uuid}) => text === `virsh domstate --reason ${uuid}`)!;
			const state = states[vm] ?? 'running (booted)';
			onLine?.(state, state.startsWith('error:') ? 'stderr' : 'stdout');
			onLine?.('', 'stdout');
			return {code: state.startsWith('error:') ? 1 : 0};
		},
		close() {},
	};
}

describe('a node that cannot be reached', () => {
	test.each<[state: string, isFinal: boolean]>([
		['shut off (crashed)', true],
		['shut off (destroyed)', true],
		['shut off (failed)', true],
		['crashed (panicked)', true],
		['paused (I/O error)', true],
		['paused (watchdog)', true],
		['running (booted)', false],
		['paused (starting up)', false],
		['paused (user)', false],
		['paused (migrating)', false],
		['in shutdown (user)', false],
		['error: failed to get domain', false],
		['error: failed to connect to the hypervisor', false],
	])('%s: final %s', async (state, isFinal) => {
		expect(await withDomainState(away, node, cluster, host({SERVER1: state})).exec('true')).toEqual(
			isFinal
				? {code: 'unreachable', reason: `server1: the machine SERVER1 is ${state}`, isFinal: true}
				: {code: 'unreachable', reason: 'server1: No route to host'},
		);
	});

	test('behind directors of which none runs is not waited for; one of them is enough', async () => {
		const reach = async (states: Record<string, string>, of = node) =>
			withDomainState(away, of, cluster, host(states)).exec('true');
		expect(await reach({MASTER: 'shut off (crashed)', STANDBY: 'paused (I/O error)'})).toMatchObject({
			isFinal: true,
			reason: 'server1: the machine MASTER is shut off (crashed), the machine STANDBY is paused (I/O error)',
		});
		expect(await reach({MASTER: 'shut off (crashed)'})).not.toHaveProperty('isFinal');
		// A director is reached without the other.
		expect(await reach({STANDBY: 'shut off (crashed)'}, master)).not.toHaveProperty('isFinal');
		expect(await reach({MASTER: 'shut off (crashed)'}, master)).toHaveProperty('isFinal');
	});
});

test('libvirt is not asked about a node that answers', async () => {
	const libvirt = host({});
	const target = withDomainState({...away, exec: async () => ({code: 1})}, node, cluster, libvirt);
	expect(await target.exec('false')).toEqual({code: 1});
	expect(libvirt.asked).toBe(0);
});
