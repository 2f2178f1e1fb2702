import {sh, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

const locks = [
	'/var/lib/dpkg/lock-frontend',
	'/var/lib/dpkg/lock',
	'/var/lib/apt/lists/lock',
	'/var/cache/apt/archives/lock',
];

/**
 * Waits while another program holds a lock of apt or dpkg, and names that program.
 * @param missing prints the packages that are still to be installed; if there are none, the task does not wait
 */
export function aptLockReleased(missing: Command): Task {
	return {
		title: phrase('No other program installs packages'),
		check: sh`
			[ -n "$(${missing})" ] || exit 0
			for lock in ${locks}; do
				[ -e "$lock" ] || continue
				inode=$(stat -c %i "$lock")
				# proc(5): number, kind, mandatory, access, process, device and inode, range. Another file system has the
				# same inodes, and says its device otherwise than stat (btrfs, overlayfs), so the process's files decide.
				while read -r number kind mandatory access pid where range; do
					case $where in *:"$inode") ;; *) continue ;; esac
					ls -l "/proc/$pid/fd" 2>/dev/null | grep -qF -- "-> $lock" || continue
					echo "$lock is held by $(cat /proc/"$pid"/comm 2>/dev/null || echo 'a program') (process $pid)"; exit 1
				done < /proc/locks
			done
		`,
		timeout: 900,
		advice: phrase('Often it is the daily upgrade: let it finish, then run again'),
	};
}
