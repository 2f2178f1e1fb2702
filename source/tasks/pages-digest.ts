import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase} from '../languages/text.ts';

/** File with the digest of the pages, kept until the drill is over. */
const kept = '/run/cluster-pages.sha256';

/**
 * Sets the shell variable `digest` to a SHA-256 over all pages, read from the disks and not from the page cache. Fails if a
 * file cannot be read. The folder itself may be a symbolic link; links inside it are not followed, because they could loop.
 */
function digest(folder: string) {
	return sh`
		sync; echo 3 > /proc/sys/vm/drop_caches
		list=$(find ${`${folder}/`} -type f -exec sha256sum {} +) || { echo 'not every page can be read'; exit 1; }
		digest=$(printf '%s\\n' "$list" | LC_ALL=C sort | sha256sum)
	`;
}

export function pagesRemembered(folder: string): Task {
	return {
		title: phrase('Take the SHA-256 of all pages'),
		check: sh`[ -s ${kept} ] || { echo 'not taken yet'; exit 1; }`,
		apply: [
			sh`
			${digest(folder)}
			echo "$digest" > ${`${kept}.new`} && mv ${`${kept}.new`} ${kept}
		`,
		],
	};
}

export function pagesUnchanged(folder: string): Task {
	return expect(
		phrase('Every page is still what it was (SHA-256)'),
		sh`
		${digest(folder)}
		[ "$digest" = "$(cat ${kept})" ] || { echo 'the pages have changed'; exit 1; }
	`,
	);
}

export function pagesForgotten(): Task {
	return {
		title: phrase('Forget the SHA-256 of the pages'),
		check: sh`[ ! -e ${kept} ] || { echo ${`${kept} is there`}; exit 1; }`,
		apply: [sh`rm -f ${kept} ${`${kept}.new`}`],
	};
}
