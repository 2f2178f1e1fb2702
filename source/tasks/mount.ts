import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {block} from './file.ts';
import {phrase, type Text} from '../languages/text.ts';

/** A mount in /etc/fstab, for instance `UUID=…` at `/mnt/raid`. */
export interface Mount {
	readonly source: string;
	readonly at: string;
	readonly type: string;
	readonly options: readonly string[];
	/** Order of fsck at boot: 2 for a local file system, 0 for no check. */
	readonly pass?: number;
}

/** Writes the line in /etc/fstab, from which systemd mounts the file system at every boot. */
export function fstab(name: string, {source, at, type, options, pass = 0}: Mount): Task {
	const title: Text = phrase('Mount {at} at every boot (/etc/fstab)', {at});
	return block('/etc/fstab', name, `${source} ${at} ${type} ${options.join(',')} 0 ${pass}`, title);
}

/** Mounts a local file system from the device that fstab names. */
export function mounted({source, at}: Mount): Task {
	return {
		title: phrase('Mount {at}', {at}),
		check: sh`
			found=$(findmnt -n -o ${source.startsWith('UUID=') ? 'UUID' : 'SOURCE'} --mountpoint ${at})
			[ "$found" = ${source.replace(/^UUID=/, '')} ] || { echo ${`${at} is not mounted from ${source}`} "$found"; exit 1; }
		`,
		apply: [sh`mkdir -p ${at}`, sh`mount ${at}`],
		uses: [source],
		timeout: 10,
	};
}
