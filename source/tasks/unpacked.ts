import {sh, withInput, withLimit} from '../engine/command.ts';
import type {Task} from '../engine/task.ts';
import type {Text} from '../messages/text.ts';

/**
 * A folder with the files of an archive (a gzipped tar in base64), named after the archive's digest by the caller.
 * What was unpacked is written down beside it as a list of names, sizes and times, so that a later change is seen
 * without reading every file; the list comes last, so a folder without it was cut off.
 */
export function unpacked(folder: string, archive: string, title: Text): Task {
	const aside = `${folder}.unpacking`;
	const list = `${folder}.list`;
	const listing = sh`find . -mindepth 1 '(' -type d -printf '%P %y %m\\n' ')' -o -printf '%P %y %m %s %T@ %l\\n' | sort`;
	return {
		title,
		check: sh`
			[ -f ${list} ] || { echo ${`${folder}: not unpacked`}; exit 1; }
			cd ${folder} || exit 1
			changed=$(${listing} | diff ${list} - | sed -n '2,4s/^[<>] //p')
			[ -z "$changed" ] || { echo ${`${folder}: differs from what was unpacked:`} "$changed"; exit 1; }
		`,
		apply: [withLimit(withInput(sh`
			rm -rf ${aside} ${folder} ${list} && mkdir ${aside} && cd ${aside} &&
			base64 -d | tar -xz --no-same-owner --no-same-permissions &&
			chmod -R a+rX . && mv ${aside} ${folder} && cd ${folder} && ${listing} > ${`${list}.new`} && mv ${`${list}.new`} ${list}
		`, archive), 300)],
	};
}
