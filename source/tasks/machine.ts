import {basename} from 'node:path';
import type {Cluster, Node} from '../answers/cluster.ts';
import {sh, withLimit, type Command} from '../engine/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {arrayDisks, systemDisk} from './disk.ts';
import {expect} from './expect.ts';

/** Prints the definition of a node's machine, which `virsh define` reads. */
export function virtInstall(cluster: Cluster, node: Node): Command {
	const disk = (path: string, serial?: string) => ['--disk', `path=${optionValue(path)},format=raw,bus=virtio${serial ? `,serial=${serial}` : ''}`];
	return sh`
		virt-install --import --name ${node.vm} --uuid ${node.uuid} --memory ${node.memory} --vcpus ${node.vcpus} \\
			--machine pc ${processor(cluster)} --osinfo detect=off,require=off \\
			${[...disk(systemDisk(cluster, node)), ...arrayDisks(cluster, node).flatMap(({path, serial}) => disk(path, serial))]} \\
			${node.nics.flatMap(nic => ['--network', `${attachment(cluster, nic.network)},model=virtio,mac=${nic.mac}`])} \\
			--graphics none --serial ${`pty,log.file=${optionValue(consoleLog(cluster, node))},log.append=off`} \\
			--rng /dev/urandom --memballoon none --controller usb,model=none \\
			--noautoconsole --print-xml
	`;
}

/** A value among virt-install's options, which it divides at commas as a shell divides at blanks (Python's shlex). */
function optionValue(value: string): string {
	return /^[\w@%+:./-]*$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Defined in one go, so that an interruption leaves either nothing or the whole of it. */
export function machineTask(cluster: Cluster, node: Node): Task {
	const {vm, uuid} = node;
	return {
		title: {en: `Define the machine ${vm}, to be started with the host`, es: `Definir la máquina ${vm}, que arrancará con el anfitrión`},
		check: sh`
			known=$(virsh list --all --uuid) || { echo 'libvirt does not answer'; exit 2; }
			found=$(virsh domuuid ${vm} 2>/dev/null) || {
				echo "$known" | grep -qx ${uuid} && { echo ${`${vm} is there under another name:`} "$(virsh domname ${uuid})"; exit 2; }
				echo ${`${vm}: missing`}; exit 1
			}
			[ "$(echo $found)" = ${uuid} ] || { echo ${`a machine ${vm} is there that is not ours (its UUID is`} $found')'; exit 2; }
			virsh dominfo ${uuid} | grep -q '^Autostart: *enable' || { echo ${`${vm} does not start with the host`}; exit 1; }
		`,
		apply: [
			// virt-install makes the disks' folder a storage pool of libvirt, which two at once cannot. It writes a log into the
			// cache of whoever runs it: here, where it is removed with the disks.
			withLimit(sh`virsh domuuid ${vm} > /dev/null 2>&1 || XDG_CACHE_HOME=${cluster.paths.disks} flock ${`${cluster.paths.disks}/pool.lock`} ${virtInstall(cluster, node)} | virsh define /dev/stdin`, 300),
			sh`virsh autostart ${uuid}`,
		],
		creates: [{kind: 'pool', name: basename(cluster.paths.disks)}, {kind: 'machine', name: vm, uuid}],
		advice: {
			en: `If ${vm} belongs to something else, give our machine another name in the answers (vm); if it is a leftover of ours: virsh destroy ${vm}; virsh undefine ${vm}`,
			es: `Si ${vm} pertenece a otra cosa, dé otro nombre a nuestra máquina en las respuestas (vm); si es un resto de una construcción anterior: virsh destroy ${vm}; virsh undefine ${vm}`,
		},
	};
}

export function startMachine({vm, uuid}: Node): Task {
	return {
		title: {en: `Start ${vm}`, es: `Arrancar ${vm}`},
		check: sh`
			state=$(virsh domstate ${uuid}) || { echo 'libvirt does not answer'; exit 2; }
			[ "$(echo $state)" = running ] || { echo ${`${vm} is`} $state; exit 1; }
		`,
		apply: [sh`
			case $(virsh domstate ${uuid}) in
				running*) ;;
				paused*) virsh resume ${uuid} ;;
				*) virsh start ${uuid} ;;
			esac
		`],
		within: 5,
	};
}

/**
 * The machine has booted. Its console is read, because each try over SSH, for most of them through a director, would
 * take processor time from the boot itself; that it answers is the first thing the next step looks at.
 */
export function hasBooted(cluster: Cluster, {name, vm}: Node): Task {
	const log = consoleLog(cluster, {vm});
	return expect(
		{en: `${name} has booted`, es: `${name} ha arrancado`},
		sh`
			! [ -e ${log} ] || ${asksForLogin(cluster, [{vm}])} || { echo ${`${vm} is booting`}; exit 1; }
		`,
		{
			within: 60,
			advice: {
				en: `Its console is written to ${log}; virsh console ${vm} shows it (Ctrl-] leaves).`,
				es: `Su consola se escribe en ${log}; virsh console ${vm} la muestra (Ctrl-] para salir).`,
			},
		},
	);
}

/**
 * Emulated machines that boot together share the host's processors. The directors, which are the way to all the others,
 * and the storage are at the beginning of the longest chains of work: a web server waits for them.
 */
export function directorsFirst(cluster: Cluster): Task {
	return expect(
		{en: 'A director has booted, the way to the other machines', es: 'Un director ha arrancado: es el camino a las demás máquinas'},
		sh`
			${asksForLogin(cluster, cluster.directors)} || { echo 'the directors are booting'; exit 1; }
		`,
		{within: 60},
	);
}

/** One of them asks who logs in, or has written so much since that virtlogd has dropped what it wrote first. */
function asksForLogin(cluster: Cluster, machines: ReadonlyArray<Pick<Node, 'vm'>>): Command {
	const logs = machines.map(machine => consoleLogs(cluster, machine));
	return sh`{ grep -qas 'login:' ${logs.flat()} || ls ${logs.map(those => those.at(-1)!)} 2>/dev/null | grep -q .; }`;
}

function consoleLog({paths}: Cluster, {vm}: Pick<Node, 'vm'>): string {
	return `${paths.disks}/${vm}.console.log`;
}

/** What a machine writes to its console, and the older parts: virtlogd keeps three of them (max_backups). */
function consoleLogs(cluster: Cluster, machine: Pick<Node, 'vm'>): string[] {
	const log = consoleLog(cluster, machine);
	return [log, ...[0, 1, 2].map(age => `${log}.${age}`)];
}

/**
 * Emulated: an old processor model, because each newer instruction makes emulation slower, and a bound on the
 * memory that QEMU keeps translated code in (by default up to 1 GB for each machine): with 64 MiB it fills up again and
 * again, and the same work takes half as long again.
 */
function processor({acceleration}: Cluster): readonly string[] {
	return acceleration === 'kvm'
		? ['--virt-type', 'kvm', '--cpu', 'host-passthrough']
		: ['--virt-type', 'qemu', '--cpu', 'qemu64', '--xml', './features/tcg/tb-cache=256', '--xml', './features/tcg/tb-cache/@unit=MiB'];
}

function attachment({networks, host}: Cluster, name: Node['nics'][number]['network']): string {
	const {label} = networks[name];
	return name === 'external' && host.external !== 'nat' ? `bridge=${label}` : `network=${label}`;
}

/** Known to be ours by its folder. */
export function removePool({name}: ResourceOf<'pool'>, {disks}: Cluster['paths']): Removal {
	const ours = sh`virsh pool-dumpxml ${name} 2>/dev/null | grep -qF ${`<path>${disks}</path>`}`;
	return {
		shown: name,
		remove: sh`
			${ours} || exit 0
			! virsh pool-info ${name} | grep -q '^State: *running' || virsh pool-destroy ${name}
			virsh pool-undefine ${name}
		`,
		gone: sh`! ${ours} || { echo ${`the pool ${name} is still there`}; exit 1; }`,
	};
}

/** Known to be ours by its UUID: another machine of this name is left alone. */
export function removeMachine({name, uuid}: ResourceOf<'machine'>): Removal {
	return {
		shown: name,
		remove: sh`
			known=$(virsh list --all --uuid) || exit 2
			echo "$known" | grep -qx ${uuid} || exit 0
			! virsh list --uuid | grep -qx ${uuid} || virsh destroy ${uuid}
			virsh undefine ${uuid}
		`,
		gone: sh`
			known=$(virsh list --all --uuid) || { echo 'libvirt does not answer'; exit 2; }
			! echo "$known" | grep -qx ${uuid} || { echo ${`${name} is still there`}; exit 1; }
		`,
	};
}
