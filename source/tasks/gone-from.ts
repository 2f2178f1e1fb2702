import {sh, type Command} from '../shell/command.ts';

/** Command that exits with 0 if the path does not exist. */
export function goneFrom(path: string): Command {
	return sh`[ ! -e ${path} ] || { echo ${`${path} is still there`}; exit 1; }`;
}
