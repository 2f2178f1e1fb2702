import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase} from '../languages/text.ts';

/** What the pages were, kept until the drill is over. */
const kept = '/run/cluster-pages.sha256';

/** Read from the disks, not from memory. A file that cannot be read makes it fail. The folder may be a link; links below it end inside and are not followed, as one can lead back into its own folder. */
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
		apply: [sh`
			${digest(folder)}
			echo "$digest" > ${`${kept}.new`} && mv ${`${kept}.new`} ${kept}
		`],
	};
}

export function pagesUnchanged(folder: string): Task {
	return expect(phrase('Every page is still what it was (SHA-256)'), sh`
		${digest(folder)}
		[ "$digest" = "$(cat ${kept})" ] || { echo 'the pages have changed'; exit 1; }
	`);
}

export function pagesForgotten(): Task {
	return {
		title: phrase('Forget the SHA-256 of the pages'),
		check: sh`[ ! -e ${kept} ] || { echo ${`${kept} is there`}; exit 1; }`,
		apply: [sh`rm -f ${kept} ${`${kept}.new`}`],
	};
}
