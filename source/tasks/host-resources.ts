import type {Cluster} from '../cluster/cluster.ts';
import {definitionOf} from '../roles/index.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {spokenSize} from '../languages/quantity.ts';
import {phrase} from '../languages/text.ts';

/** MiB that QEMU needs in addition to a VM's memory (measured); under emulation, mostly for translated code. */
const besideMemory = {kvm: 64, tcg: 320};
/** MiB of the role images and their sources. */
const images = 3072;
/** MiB downloaded for the images: packages and package lists, measured for Debian 12 from an empty cache. */
export const imagesDownload = 150;
/** MiB that a VM's system disk, a sparse copy of its role's image, takes after the build. */
const firstGrowth = 1024;

/** MiB that the machines and QEMU take. */
export function neededMemory({nodes, acceleration}: Pick<Cluster, 'nodes' | 'acceleration'>): number {
	return sum(nodes.map(({memory}) => memory)) + nodes.length * besideMemory[acceleration];
}

/** MiB of disk space for the images and for the VMs' disks after the build. */
export function neededDisk({nodes, raid}: Cluster): number {
	return images + nodes.length * firstGrowth + raid.disks * raid.size;
}

/**
 * Additional MiB of disk space for new VMs: after the build, and when their disks are full.
 * @param areImagesMade whether the images must be made as well
 */
export function addedDisk(
	{raid}: Pick<Cluster, 'raid'>,
	nodes: Cluster['nodes'],
	areImagesMade: boolean,
): {first: number; full: number} {
	const fixed =
		(areImagesMade ? images : 0) + (nodes.some(({role}) => definitionOf(role).hasArray) ? raid.disks * raid.size : 0);
	return {first: fixed + nodes.length * firstGrowth, full: fixed + sum(nodes.map(({disk}) => disk * 1024))};
}

export function enoughMemory(cluster: Cluster): Task {
	const {nodes} = cluster;
	const machines = sum(nodes.map(({memory}) => memory));
	const needed = neededMemory(cluster);
	return {
		title: phrase('{needed} of memory for {nodes} machines', {
			needed: spokenSize(needed),
			nodes: nodes.length,
		}),
		// What our machines have already got is theirs.
		check: sh`
			available=$(awk '$1 == "MemAvailable:" {print int($2 / 1024)}' /proc/meminfo)
			ours=$(for machine in $(grep -lsaF ${nodes.flatMap(({uuid}) => ['-e', uuid])} /proc/[0-9]*/cmdline); do
				case $(tr '\\0' ' ' < "$machine" 2>/dev/null) in *qemu-system*) awk '$1 == "VmRSS:" {print $2}' "\${machine%/cmdline}/status" 2>/dev/null ;; esac
			done | awk '{sum += $1} END {print int(sum / 1024)}')
			[ $((available + ours)) -ge ${needed} ] || { room=$((available + ours)); echo ${`${atLeast(needed)} GiB are needed (${atLeast(machines)} for ${nodes.length} machines and what QEMU needs beside), and`} "$((room / 1024)).$((room % 1024 * 10 / 1024)) GiB are available"; exit 1; }
		`,
		advice: phrase(
			'End other programs, or give the machines less memory (nodes.….memory, web.memory), or have fewer web servers (web.count)',
		),
	};
}

export function enoughDisk({nodes, raid, paths}: Cluster): Task {
	const array = raid.disks * raid.size;
	const disks = nodes.length * firstGrowth + array;
	const full = sum(nodes.map(({disk}) => disk * 1024)) + array;
	const forImages = `images ${atLeast(images)}`;
	const forDisks = `${nodes.length} machines ${atLeast(nodes.length * firstGrowth)} at first, up to ${atLeast(full)} when their disks are full, array ${atLeast(array)}`;
	return {
		title: phrase('Room for the images and the disks'),
		// Existing files in the folders count as free space. Both folders may be on one file system.
		check: sh`
			look() {
				folder=$1
				while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
				# One column alone: a share's name may hold blanks.
				device=$(df --output=target "$folder" | tail -n 1)
				room=$(($(df -BM --output=avail "$folder" | tail -n 1 | tr -d ' M') + $(du -sm "$1" 2>/dev/null | cut -f 1) + 0))
			}
			short() { echo "$1 GiB are needed in $2 ($4), and $(($3 / 1024)).$(($3 % 1024 * 10 / 1024)) GiB are free there"; exit 1; }
			look ${paths.cache}; first=$device; cache=$room
			look ${paths.disks}; disks=$room
			if [ "$device" = "$first" ]; then
				[ "$disks" -ge ${images + disks} ] || short ${atLeast(images + disks)} ${paths.disks} "$disks" ${`${forImages}, ${forDisks}`}
			else
				[ "$cache" -ge ${images} ] || short ${atLeast(images)} ${paths.cache} "$cache" ${forImages}
				[ "$disks" -ge ${disks} ] || short ${atLeast(disks)} ${paths.disks} "$disks" ${forDisks}
			fi
		`,
		advice: phrase('Make room, or put the state elsewhere (--state-dir) and the images too (--cache-dir)'),
	};
}

/** GiB for a reason, rounded up, as the shell rounds down: what is short of it never reads as the same figure. */
function atLeast(mebibytes: number): string {
	return (Math.ceil((mebibytes * 10) / 1024) / 10).toFixed(1);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
