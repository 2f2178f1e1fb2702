import {basename} from 'node:path';
import type {Cluster, Node} from '../cluster/cluster.ts';
import {sh, withLimit, type Command} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {arrayDisks, systemDisk} from './disk.ts';
import {expect} from './expect.ts';
import {phrase} from '../languages/text.ts';

/** Command that prints the libvirt definition of a node's VM, as input for `virsh define`. */
export function virtInstall(cluster: Cluster, node: Node): Command {
	const disk = (path: string, serial?: string) => [
		'--disk',
		`path=${optionValue(path)},format=raw,bus=virtio${serial ? `,serial=${serial}` : ''}`,
	];
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

/** Quotes a value for virt-install, which splits option lists at commas with shell-like quoting (Python's shlex). */
function optionValue(value: string): string {
	return /^[\w@%+:./-]*$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

/** Defines the VM with one command, so that an interruption leaves either nothing or a complete definition. */
export function machineTask(cluster: Cluster, node: Node): Task {
	const {vm, uuid} = node;
	return {
		title: phrase('Define the machine {vm}, to be started with the host', {vm}),
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
			// virt-install makes the disks' folder a storage pool, which fails if two run at once. It writes a log to the
			// user's cache folder: set to the disks' folder, so that the log is removed with the disks.
			withLimit(
				sh`virsh domuuid ${vm} > /dev/null 2>&1 || XDG_CACHE_HOME=${cluster.paths.disks} flock ${`${cluster.paths.disks}/pool.lock`} ${virtInstall(cluster, node)} | virsh define /dev/stdin`,
				300,
			),
			sh`virsh autostart ${uuid}`,
		],
		provides: [node.name],
		creates: [
			{kind: 'pool', name: basename(cluster.paths.disks)},
			{kind: 'machine', name: vm, uuid},
		],
		advice: phrase(
			'If {vm} belongs to something else, give our machine another name in the answers (vm); if it is a leftover of ours: virsh destroy {vm}; virsh undefine {vm}',
			{vm},
		),
	};
}

export function startMachine({name, vm, uuid}: Node): Task {
	return {
		provides: [name],
		title: phrase('Start {vm}', {vm}),
		check: sh`
			state=$(virsh domstate ${uuid}) || { echo 'libvirt does not answer'; exit 2; }
			[ "$(echo $state)" = running ] || { echo ${`${vm} is`} $state; exit 1; }
		`,
		apply: [
			sh`
			case $(virsh domstate ${uuid}) in
				running*) ;;
				paused*) virsh resume ${uuid} ;;
				*) virsh start ${uuid} ;;
			esac
		`,
		],
		timeout: 5,
	};
}

/**
 * Delays the start of an emulated web server until a director answers over SSH with its own host key. VMs that boot at the
 * same time share the host's processors, and the directors (the way to all other nodes) and the storage node have the
 * longest work ahead. Does not wait if the web server already runs.
 */
export function directorsFirst({directors}: Cluster, {uuid}: Node): Task {
	const addresses = directors.flatMap(({external}) => external ?? []);
	const keys = directors.map(({hostKey}) => hostKey.public.split(' ')[1] ?? '');
	return expect(
		phrase('A director, the way to the other machines, answers over SSH'),
		sh`
			! virsh list --uuid 2>/dev/null | grep -qx ${uuid} || exit 0
			found=$(ssh-keyscan -T 10 -t ed25519 ${addresses} 2>/dev/null)
			for key in ${keys}; do
				case $found in *"$key"*) exit 0 ;; esac
			done
			echo 'the directors are booting'; exit 1
		`,
		{timeout: 60},
	);
}

/** Path of a VM's console log. virtlogd keeps three older logs (max_backups): `.0` to `.2`. */
export function consoleLog({paths}: Pick<Cluster, 'paths'>, {vm}: Pick<Node, 'vm'>): string {
	return `${paths.disks}/${vm}.console.log`;
}

/**
 * Processor options of virt-install. Emulated VMs get an old model, because newer instructions make emulation slower, and a
 * limit of 256 MiB on QEMU's cache of translated code (by default up to 1 GB for each VM). With 64 MiB, the cache overflows
 * repeatedly and the same work takes 1.5 times as long.
 */
function processor({acceleration}: Cluster): readonly string[] {
	return acceleration === 'kvm'
		? ['--virt-type', 'kvm', '--cpu', 'host-passthrough']
		: [
				'--virt-type',
				'qemu',
				'--cpu',
				'qemu64',
				'--xml',
				'./features/tcg/tb-cache=256',
				'--xml',
				'./features/tcg/tb-cache/@unit=MiB',
			];
}

function attachment({networks, host}: Cluster, name: Node['nics'][number]['network']): string {
	const {label} = networks[name];
	return name === 'external' && host.external !== 'nat' ? `bridge=${label}` : `network=${label}`;
}

/** Removes libvirt's storage pool, if the pool's folder is the cluster's. */
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

/** Removes the VM with this UUID; another VM with the same name is kept. */
export function removeMachine({name, uuid}: ResourceOf<'machine'>, paths: Cluster['paths']): Removal {
	const log = consoleLog({paths}, {vm: name});
	return {
		shown: name,
		remove: sh`
			known=$(virsh list --all --uuid) || exit 2
			echo "$known" | grep -qx ${uuid} || exit 0
			! virsh list --uuid | grep -qx ${uuid} || virsh destroy ${uuid}
			virsh undefine ${uuid} && rm -f ${[log, `${log}.0`, `${log}.1`, `${log}.2`]}
		`,
		gone: sh`
			known=$(virsh list --all --uuid) || { echo 'libvirt does not answer'; exit 2; }
			! echo "$known" | grep -qx ${uuid} || { echo ${`${name} is still there`}; exit 1; }
		`,
	};
}
