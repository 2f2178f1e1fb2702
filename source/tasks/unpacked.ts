import type {OwnContent} from '../cluster/cluster.ts';
import {sh, withFile, withLimit} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {changedPages, changedPagesOf, differingPages, pagesListing} from './pages.ts';
import {phrase, type Text} from '../languages/text.ts';

/**
 * Owner of the pages: a UID that Debian reserves and nobody has. A symbolic link that leads out of the pages thus has
 * another owner than its target, and Apache's SymLinksIfOwnerMatch refuses to follow it.
 */
const pagesUser = 65_533;

/** Minimum bytes per second that a VM receives and unpacks; timeouts are scaled for emulated VMs. */
const leastRate = 2 ** 20;

/** Seconds added to the timeout. */
const leastLimit = 300;

/**
 * A folder with the user's own pages; the caller names it after their digest.
 * A list next to the folder records names, sizes and times, so that the check detects changes without reading every file.
 * The list is written last: a folder without a list was not unpacked completely.
 */
export function unpacked(folder: string, {archive, size}: OwnContent, title: Text): Task {
	const aside = `${folder}.unpacking`;
	const list = `${folder}.list`;
	const needed = Math.ceil(size / 1024);
	return {
		title,
		check: sh`
			[ -f ${list} ] || { echo ${`${folder}: not unpacked`}; exit 1; }
			cd ${folder} || exit 1
			changed=$(${differingPages(sh`${list}`)}) || exit 2
			[ -z "$changed" ] || { echo ${`${folder}: differs from what was unpacked`} "$changed"; exit 1; }
		`,
		apply: [
			withLimit(
				withFile(
					sh`
			rm -rf ${aside} ${folder} ${list} && mkdir ${aside} && cd ${aside} || exit
			free=$(df -Pk . | awk 'NR == 2 { print $4 }')
			[ "$free" -ge ${needed} ] || { echo ${`${folder}: ${needed} KiB are needed, and there are`} "$free"; exit 1; }
			umask 022
			tar -xz --no-same-owner --no-same-permissions &&
			chown -hR ${`${pagesUser}:${pagesUser}`} . && chmod -R a+rX . && mv ${aside} ${folder} && cd ${folder} &&
			${pagesListing} > ${`${list}.new`} && mv ${`${list}.new`} ${list}
		`,
					archive,
				),
				leastLimit + Math.ceil(size / leastRate),
			),
		],
		keeps: {path: `${folder}${changedPages}`, content: changedPagesOf(sh`${folder}`)},
		advice: phrase(
			"If the archive is missing, run the same command again: it packs the pages anew. If there is no room, make the array's disks larger (raid.size) or the site smaller.",
		),
	};
}
