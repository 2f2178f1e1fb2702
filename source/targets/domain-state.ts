import type {Cluster, Node} from '../cluster/cluster.ts';
import {render, sh} from '../shell/command.ts';
import type {Execution, Target} from '../engine/target.ts';
import {LastLines} from '../text/bounded-lines.ts';

/** Timeout of a virsh call in seconds. */
const limit = 10;

/**
 * States of `virsh domstate --reason` that a VM does not leave without help. QEMU pauses a VM whose disk cannot be written,
 * most often because the host's disk is full. Other pauses are short, or made by an administrator.
 */
const stuck = /^(?:shut off|crashed|paused \((?:I\/O error|crashed|watchdog)\))/;

/**
 * Wraps a node's target: when the node is unreachable, it queries the VM's state from libvirt. The failure is final (no
 * retry) if the VM does not run, or if the node is reached through the directors and none of them runs.
 * @param host target that runs virsh
 */
export function withDomainState(
	target: Target,
	node: Node,
	{directors}: Pick<Cluster, 'directors'>,
	host: Target,
): Target {
	return {
		...target,
		async exec(text, execution = {}) {
			const exit = await target.exec(text, execution);
			if (exit.code !== 'unreachable' || execution.signal?.aborted) {
				return exit;
			}

			const [own, ways] = await Promise.all([
				stateOf(node, host, execution),
				node.external === undefined
					? Promise.all(directors.map(async director => stateOf(director, host, execution)))
					: [],
			]);
			const stopped = own === undefined && ways.every(way => way !== undefined) ? ways : [own];
			return stopped.length > 0 && stopped[0] !== undefined
				? {code: 'unreachable', reason: `${target.name}: ${stopped.join(', ')}`, isFinal: true}
				: exit;
		},
		close() {
			target.close();
		},
	};
}

/** Text such as `the machine NFS is paused (I/O error)`; undefined if the VM runs or its state is unknown. */
async function stateOf({vm, uuid}: Node, host: Target, {signal}: Execution): Promise<string | undefined> {
	const said = new LastLines(5, 500);
	const {code} = await host.exec(render(sh`virsh domstate --reason ${uuid}`, 'execute'), {
		limit,
		...(signal && {signal}),
		onLine(line, stream) {
			if (stream === 'stdout' && line !== '') {
				said.push(line);
			}
		},
	});
	const state = said.lines[0]?.trim() ?? '';
	return code === 0 && stuck.test(state) ? `the machine ${vm} is ${state}` : undefined;
}
