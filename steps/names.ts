import type {Cluster, Node} from '../source/cluster/cluster.ts';
import {sh} from '../source/shell/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {expect} from '../source/tasks/expect.ts';
import {block} from '../source/tasks/file.ts';
import {consoleLog} from '../source/tasks/machine.ts';

/** Names of a node in /etc/hosts: its own name, and the additional names used in the thesis. */
function namesOf(node: Node): string {
	const names = node.role === 'storage' ? [node.name, 'nfsserver'] : [node.name];
	return [...names, ...names.map(name => `${name}.cluster`)].join(' ');
}

function hostsOf(cluster: Cluster): string {
	const lines = (nodes: readonly Node[]) => nodes.map(node => `${node.internal} ${namesOf(node)}`);
	return [
		'# NFS SERVER', ...lines([cluster.storage]),
		`# ${cluster.directors.map(({vm}) => vm).join(' - ')}`, ...lines(cluster.directors),
		'# GRANJA', ...lines(cluster.webs),
	].join('\n');
}

export const names = step({
	id: 'names',
	name: phrase('Names'),
	chapter: '4.5',
	title: phrase('Every node knows the others by name'),
	on: ['storage', 'director', 'web'],
	needs: ['machines'],
	mends: [833],
	tasks(cluster, subject) {
		const {name, vm} = nodeOf(subject);
		const log = consoleLog(cluster, {vm});
		const own = `^127\\.0\\.1\\.1[[:space:]]+(.*[[:space:]])?${name.replaceAll('.', '\\.')}([[:space:]]|$)`;
		return [
			expect(phrase('{name} answers by SSH, with the key it was given', {name}), sh`:`, {
				within: 60,
				advice: phrase('Its console is written to {log}; virsh console {vm} shows what {name} is doing (Ctrl-] leaves). If it hangs, virsh reset {vm} restarts it. If it is off or paused, /var/log/libvirt/qemu/{vm}.log says why: an I/O error means that the host\'s disk is full or broken.', {log, vm, name}),
			}),
			block('/etc/hosts', 'names', hostsOf(cluster), phrase('Name every node in /etc/hosts')),
			{
				title: phrase('Let {name} be its address on the internal network, not 127.0.1.1', {name}),
				check: sh`! grep -Eq ${own} /etc/hosts || { echo ${`/etc/hosts: 127.0.1.1 is called ${name}`}; exit 1; }`,
				apply: [sh`sed -i -E ${`/${own}/d`} /etc/hosts`],
				writes: ['/etc/hosts'],
			},
		];
	},
});
