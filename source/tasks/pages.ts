import {asset} from '../assets.ts';
import {largestBackup} from '../engine/comparison.ts';
import {sh, type Command} from '../shell/command.ts';

/** Ends the name of the archive in which pages that were changed by hand are kept. */
export const changedPages = '.changed.tar.gz';

/** The names, sizes and times of a folder's pages, to be run in it. */
export const pagesListing = sh`find . -mindepth 1 '(' -type d -printf '%P %y %m\\n' ')' -o -printf '%P %y %m %s %T@ %l\\n' | LC_ALL=C sort`;

/** Says how the pages of a folder differ from its list, to be run in it; nothing where they do not. */
export function differingPages(list: Command, mode: 'say' | 'names' = 'say'): Command {
	return sh`${pagesListing} | diff -a ${list} - | awk -v mode=${mode} -v limit=${largestBackup} ${asset('storage/differing-pages.awk')}`;
}

/** Runs a command in each of these folders that has its list beside it; the command finds the folder's path in `folder`. */
function inEach(folders: Command, command: Command): Command {
	return sh`
		for folder in ${folders}; do
			[ -d "$folder" ] && [ -f "$folder.list" ] && cd "$folder" || continue
			${command}
		done
	`;
}

/**
 * Says that pages which were changed since they were unpacked would be removed without a copy; nothing where all that
 * differ are kept.
 * @param folders words of a shell: absolute paths, each with its list beside it
 */
export function unkeptPagesOf(folders: Command): Command {
	return inEach(
		folders,
		sh`${differingPages(sh`"$folder.list"`)} | grep -F 'no copy is kept' | sed "s|^|$folder: differs from what was unpacked |"`,
	);
}

/**
 * Prints an archive of the pages that were changed or added in folders since they were unpacked; nothing where there are
 * none, or where they are too large together with those of the same folder.
 * @param folders words of a shell: absolute paths, each with its list beside it
 */
export function changedPagesOf(folders: Command): Command {
	return sh`
		names=$(${inEach(folders, sh`${differingPages(sh`"$folder.list"`, 'names')} | sed "s|^[.]/|.$folder/|"`)})
		[ -z "$names" ] || printf '%s\\n' "$names" | tr '\\n' '\\0' | tar -cz -C / --null --no-recursion -T -
	`;
}
