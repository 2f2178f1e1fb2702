import {dirname} from 'node:path';
import type {Cluster, Node} from '../cluster/cluster.ts';
import {lockFolder} from '../cluster/lock-folder.ts';
import type {Fault} from '../engine/drill.ts';
import {sh, withLimit, type Command} from '../shell/command.ts';
import {locksFolder} from '../engine/trip-script.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {startMachine} from './machine.ts';
import {phrase} from '../languages/text.ts';

/** Simulates a power cut of one VM: the guest gets no chance to shut down. */
export function powerCutNode(node: Node): Fault {
	const {vm, uuid} = node;
	return {
		inject: {
			on: 'host',
			task: {
				title: phrase('Switch {vm} off as by a power cut', {vm}),
				check: isOff(vm, uuid),
				apply: [sh`virsh destroy ${uuid} || (${isOff(vm, uuid)})`],
				timeout: 10,
			},
		},
		undo: {on: 'host', task: startMachine(node)},
	};
}

/** Simulates a power cut of all VMs at once. */
export function powerCutAll(nodes: readonly Node[]): Fault['inject'] {
	const uuids = nodes.map(({uuid}) => uuid);
	return {
		on: 'host',
		task: {
			title: phrase('Switch all machines off as by a power cut'),
			check: sh`
			running=$(virsh list --uuid) || { echo 'libvirt does not answer'; exit 2; }
			for uuid in ${uuids}; do
				! echo "$running" | grep -qx "$uuid" || { echo "$(virsh domname "$uuid") is running"; exit 1; }
			done
		`,
			apply: [sh`for uuid in ${uuids}; do virsh destroy "$uuid"; done; true`],
			timeout: 10,
		},
	};
}

/** Presses a VM's power button (ACPI), as the thesis did: the guest stops its services and shuts down. */
export function shutDown(cluster: Cluster, node: Node): Fault {
	const {vm, uuid} = node;
	// Until a VM is off, libvirt reports it as running. The mark tells an undo in between that a shutdown is under way.
	const mark = shutdownMark(cluster, vm);
	const start = startMachine(node);
	return {
		inject: {
			on: 'host',
			task: {
				title: phrase('Shut {vm} down in an orderly way', {vm}),
				check: isOff(vm, uuid),
				apply: [sh`mkdir -p ${dirname(mark)} && : > ${mark} && virsh shutdown ${uuid} --mode acpi`],
				timeout: 90,
			},
		},
		undo: {
			on: 'host',
			task: {
				...start,
				check: sh`[ ! -e ${mark} ] || { echo ${`${vm} was told to shut down`}; exit 1; }; ${start.check}`,
				apply: [
					withLimit(
						sh`seconds=${60 * cluster.timeoutScale}; while [ -e ${mark} ] && [ $seconds -gt 0 ] && ! (${isOff(vm, uuid)}) > /dev/null; do sleep 1; seconds=$((seconds - 1)); done`,
						90,
					),
					...start.apply!,
					sh`rm -f ${mark}`,
				],
			},
		},
	};
}

/** Path of a file that exists from a VM's shutdown command until the VM is known to be off. */
function shutdownMark(cluster: Cluster, vm: string): string {
	return `${locksFolder}/${lockFolder(cluster)}/${vm}.shutdown`;
}

/** Shuts several VMs down at once, in an orderly way (ACPI). */
export function shutDownTogether(cluster: Cluster, nodes: readonly Node[]): Task {
	const names = nodes.map(({vm}) => vm).join(', ');
	return {
		title: phrase('Shut {names} down in an orderly way', {names}),
		check: sh`
			running=$(virsh list --uuid) || { echo 'libvirt does not answer'; exit 2; }
			left=
			for uuid in ${nodes.map(({uuid}) => uuid)}; do
				! echo "$running" | grep -qx "$uuid" || left="$left $(virsh domname "$uuid" | head -n 1)"
			done
			[ -z "$left" ] || { echo "still running:$left"; exit 1; }
		`,
		apply: [
			sh`
			running=$(virsh list --uuid) || exit 1
			for machine in ${nodes.map(({uuid, vm}) => `${uuid}=${shutdownMark(cluster, vm)}`)}; do
				echo "$running" | grep -qx "\${machine%%=*}" || continue
				mark=\${machine#*=}
				mkdir -p "\${mark%/*}" && : > "$mark" && virsh -q shutdown "\${machine%%=*}" --mode acpi || exit 1
			done
		`,
		],
		timeout: 90,
		advice: phrase(
			'The system inside a machine does not end: `virsh console NAME` shows what it waits for. `virsh destroy NAME` switches that machine off as a power cut does; then run `cluster-wizard stop` again.',
		),
	};
}

/** Removes the shutdown marks of all VMs. Requires that the VMs are off. */
export function shutdownMarksRemoved(cluster: Cluster): Task {
	const marks = cluster.nodes.map(({vm}) => shutdownMark(cluster, vm));
	return {
		title: phrase('Remove the marks of the shutdown'),
		check: sh`for mark in ${marks}; do [ ! -e "$mark" ] || { echo "$mark is there"; exit 1; }; done`,
		apply: [sh`rm -f ${marks}`],
	};
}

/** Waits until a node answers by SSH. */
export function nodeReachable({name}: Node, within?: number): Task {
	return expect(phrase('{name} answers by SSH', {name}), sh`:`, {
		timeout: within,
		advice: phrase('virsh list --all shows whether it runs; virsh console what it is doing.'),
	});
}

function isOff(vm: string, uuid: string): Command {
	return sh`
		state=$(virsh domstate ${uuid}) || { echo 'libvirt does not answer'; exit 2; }
		[ "$(echo $state)" = 'shut off' ] || { echo ${`${vm} is`} $state; exit 1; }
	`;
}
