import {sh, withLimit} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** Label during creation. A file system that still has this label was interrupted, is empty and is created again. */
const unfinished = 'unfinished';

/** An ext4 file system with the given UUID. A device with any other content is refused. */
export function filesystem(device: string, uuid: string, label: string): Task {
	return {
		title: phrase('Make the file system ext4 on {device}', {device}),
		check: sh`
			[ -b ${device} ] || { echo ${`${device}: missing`}; exit 1; }
			found=$(blkid -p -o export ${device}); result=$?
			[ $result != 2 ] || { echo ${`${device}: empty`}; exit 1; }
			case $found in
				*${`LABEL=${unfinished}`}*) echo ${`${device}: mkfs was cut off`}; exit 1 ;;
				*UUID=${uuid}*) exit 0 ;;
				*) echo ${`${device} holds something that is not ours:`} $found; exit 2 ;;
			esac
		`,
		apply: [withLimit(sh`mkfs.ext4 -q -F -L ${unfinished} -U ${uuid} ${device}`, 300), sh`e2label ${device} ${label}`],
		uses: [device],
		supplies: [`UUID=${uuid}`],
		timeout: 10,
	};
}
