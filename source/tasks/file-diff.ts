import {sh, type Command} from '../shell/command.ts';

/** Maximum size in bytes of a file that is compared line by line. */
const largestCompared = 2 ** 18;

/** Prints the difference between a file and standard input; for a large or binary file, its size and digest. */
export function compareFile(path: string, wanted: Command = sh``): Command {
	return sh`
		[ -f ${path} ] || exit 0
		if [ "$(stat -c %s ${path})" -le ${largestCompared} ] && { [ ! -s ${path} ] || grep -qI '' ${path}; }; then
			${wanted}diff -u --label ${path} --label ${path} ${path} -
		else
			echo ${path}: $(stat -c %s ${path}) bytes, SHA-256 $(sha256sum < ${path})
		fi
	`;
}

/** Prints the difference between the shell variables `found` and `wanted`. */
export function compareVariables(name: string): Command {
	return sh`
		echo "$found" | diff -u --label ${name} --label ${name} - /dev/fd/3 3<<END_OF_WANTED
		$wanted
		END_OF_WANTED
	`;
}
