import type {Cluster, Node} from '../source/cluster/cluster.ts';
import {sh} from '../source/shell/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {definitionOf, roleIds, roles} from '../source/roles/index.ts';
import {expect} from '../source/tasks/expect.ts';
import {block} from '../source/tasks/file.ts';
import {consoleLog} from '../source/tasks/machine.ts';

/** The thesis's names of a machine: its own and, for some, one more. */
function namesOf({name, role}: Node): string {
	const alias = definitionOf(role).hosts?.alias;
	const names = alias === undefined ? [name] : [name, alias];
	return [...names, ...names.map(name => `${name}.cluster`)].join(' ');
}

function hostsOf({byRole}: Cluster): string {
	return roles
		.flatMap(({id, hosts}) => [
			`# ${hosts?.comment ?? byRole[id].map(({vm}) => vm).join(' - ')}`,
			...byRole[id].map(node => `${node.internal} ${namesOf(node)}`),
		])
		.join('\n');
}

export const names = step({
	id: 'names',
	name: phrase('Names'),
	chapter: '4.5',
	title: phrase('Every node knows the others by name'),
	on: roleIds,
	needs: ['machines'],
	mends: [833],
	tasks(cluster, subject) {
		const {name, vm} = nodeOf(subject);
		const log = consoleLog(cluster, {vm});
		const own = `^127\\.0\\.1\\.1[[:space:]]+(.*[[:space:]])?${name.replaceAll('.', '\\.')}([[:space:]]|$)`;
		return [
			expect(phrase('{name} answers by SSH, with the key it was given', {name}), sh`:`, {
				timeout: 60,
				advice: phrase(
					"Its console is written to {log}; virsh console {vm} shows what {name} is doing (Ctrl-] leaves). If it hangs, virsh reset {vm} restarts it. If it is off or paused, /var/log/libvirt/qemu/{vm}.log says why: an I/O error means that the host's disk is full or broken.",
					{log, vm, name},
				),
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
