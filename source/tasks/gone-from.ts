import {sh, type Command} from '../shell/command.ts';

/** 0 when nothing has this path. */
export function goneFrom(path: string): Command {
	return sh`[ ! -e ${path} ] || { echo ${`${path} is still there`}; exit 1; }`;
}
