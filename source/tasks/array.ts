import {sh, withLimit, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

export interface ArrayOptions {
	/** Device node of the array, for instance `/dev/md0`. */
	readonly device: string;
	readonly level: number;
	/** Links to the disks by serial number, in order. */
	readonly disks: readonly string[];
	/** Size of each disk in MiB; determines the timeout of a resync. */
	readonly size: number;
	/** UUID in mdadm's form, four groups of eight digits. An array or disk with another UUID is refused. */
	readonly uuid: string;
}

/** A software RAID of whole disks with every member active. Failed or removed members are added again. */
export function array({device, level, disks, size, uuid}: ArrayOptions): Task {
	const link = `/dev/disk/by-id/md-uuid-${uuid}`;
	return {
		title: phrase('Make the RAID {level} of {disks} disks, {device}, with every member active', {
			level,
			disks: disks.length,
			device,
		}),
		check: sh`
			uuid=${uuid.replaceAll(':', '')}
			if [ -e ${link} ]; then
				name=$(readlink -f ${link}); name=\${name##*/}; md=/sys/block/$name/md
				read -r level < $md/level; read -r members < $md/raid_disks; read -r degraded < $md/degraded
				[ "$level/$members" = ${`raid${level}/${disks.length}`} ] || { echo "the array is $level of $members disks, which is not changed"; exit 2; }
				[ "$degraded" != 0 ] || exit 0
				sed -n "/^$name /{n;s/^ *//;p;}" /proc/mdstat
			else
				echo ${`${device}: no array with our UUID is running`}
			fi
			${refuseForeign(disks)}
			exit 1
		`,
		apply: [
			withLimit(
				sh`
			udevadm settle
			[ -e ${link} ] || {
				${releaseDisks(disks)}
				events=$(mdadm --examine ${disks} 2>/dev/null | awk '$1=="Events" && $3>0 {n=$3} END {print n+0}')
				if [ "$events" = 0 ]; then
					mdadm --create ${device} --run --metadata=1.2 --level=${level} --raid-devices=${disks.length} \\
						--bitmap=internal --homehost=any --name=${device.replace(/\D/g, '')} --uuid=${uuid} ${disks}
				else
					mdadm --assemble ${device} --run --uuid=${uuid} ${disks}
				fi
			}
		`,
				120,
			),
			withLimit(
				sh`
			udevadm settle
			name=$(readlink -f ${link}); name=\${name##*/}; md=/sys/block/$name/md
			mdadm /dev/$name --fail detached --remove detached --remove failed
			read -r degraded < $md/degraded
			[ "$degraded" = 0 ] || for disk in ${disks}; do
				disk=$(readlink -f "$disk")
				[ -d "$md/dev-\${disk##*/}" ] || mdadm /dev/$name --add "$disk" ||
					{ mdadm --zero-superblock "$disk" && mdadm /dev/$name --add "$disk"; } || exit 1
			done
		`,
				120,
			),
		],
		supplies: [device],
		timeout: 60 + Math.ceil(size / 10),
		advice: phrase(
			'cat /proc/mdstat shows the array; a disk that holds something else must be emptied by hand (wipefs) or replaced.',
		),
	};
}

/** Stops before anything is written if a disk is neither empty nor a member of our array. */
function refuseForeign(disks: readonly string[]): Command {
	return sh`
		for disk in ${disks}; do
			[ -b "$disk" ] || { echo "$disk is not attached"; exit 2; }
			found=$(blkid -p -o export "$disk"); result=$?
			[ $result = 2 ] && continue
			case $found in
				*TYPE=linux_raid_member*) [ "$(echo "$found" | sed -n 's/^UUID=//p' | tr -d -)" = "$uuid" ] && continue ;;
			esac
			echo "$disk holds something that is not ours:" $found; exit 2
		done
	`;
}

/** Stops a half-assembled array that holds the disks, as an interrupted creation or assembly leaves behind. */
function releaseDisks(disks: readonly string[]): Command {
	return sh`
		for disk in ${disks}; do
			disk=$(readlink -f "$disk")
			for holder in "/sys/block/\${disk##*/}/holders/"md*; do
				[ ! -e "$holder" ] || mdadm --stop "/dev/\${holder##*/}"
			done
		done
	`;
}
