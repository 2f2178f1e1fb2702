import type {Cluster, Node} from '../cluster/cluster.ts';
import {render, sh} from '../shell/command.ts';
import type {Execution, Target} from '../engine/target.ts';
import {LastLines} from '../text/kept.ts';

/** Seconds in which libvirt answers. */
const limit = 10;

/**
 * States of `virsh domstate --reason` in which a machine stays until somebody does something. QEMU pauses a machine whose
 * disk cannot be written, most often as the host's is full. Other pauses are short, or an administrator's.
 */
const stuck = /^(?:shut off|crashed|paused \((?:I\/O error|crashed|watchdog)\))/;

/**
 * A node's target that asks libvirt when the node cannot be reached: a machine that does not run is not waited for, nor one
 * behind the directors when none of those runs.
 * @param host where libvirt is asked
 */
export function withMachineState(target: Target, node: Node, {directors}: Pick<Cluster, 'directors'>, host: Target): Target {
	return {
		...target,
		async exec(text, execution = {}) {
			const exit = await target.exec(text, execution);
			if (exit.code !== 'unreachable' || execution.signal?.aborted) {
				return exit;
			}

			const [own, ways] = await Promise.all([stateOf(node, host, execution), node.external === undefined ? Promise.all(directors.map(async director => stateOf(director, host, execution))) : []]);
			const stopped = own === undefined && ways.every(way => way !== undefined) ? ways : [own];
			return stopped.length > 0 && stopped[0] !== undefined ? {code: 'unreachable', reason: `${target.name}: ${stopped.join(', ')}`, isFinal: true} : exit;
		},
		close() {
			target.close();
		},
	};
}

/** `the machine NFS is paused (I/O error)`; undefined of one that runs, or of which libvirt does not tell. */
async function stateOf({vm, uuid}: Node, host: Target, {signal}: Execution): Promise<string | undefined> {
	const said = new LastLines(5, 500);
	const {code} = await host.exec(render(sh`virsh domstate --reason ${uuid}`, 'execute'), {limit, ...(signal && {signal}), onLine(line, stream) {
		if (stream === 'stdout' && line !== '') {
			said.push(line);
		}
	}});
	const state = said.lines[0]?.trim() ?? '';
	return code === 0 && stuck.test(state) ? `the machine ${vm} is ${state}` : undefined;
}
