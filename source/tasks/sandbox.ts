import type {Cluster} from '../cluster/cluster.ts';
import {sh} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';

/** Folder with all files of the sandbox on this computer. */
export function sandboxFolder({state}: Cluster['paths']): string {
	return `${state}/sandbox`;
}

/** Removes the sandbox with all its processes, and its folder. */
export function removeSandbox(_: ResourceOf<'sandbox'>, paths: Cluster['paths']): Removal {
	const folder = sandboxFolder(paths);
	const control = `${folder}/control`;
	return {
		shown: folder,
		remove: sh`if [ -x ${control} ]; then ${control} remove; else rm -rf --one-file-system ${folder}; fi`,
		gone: sh`
			[ ! -e ${folder} ] || { echo ${`${folder} is still there`}; exit 1; }
			mark=cluster-wizard-$(printf %s "$(realpath -m ${folder})" | sha256sum | cut -c1-16)
			left=$(grep -lsF " $mark " /proc/[0-9]*/mountinfo) || exit 0
			echo 'processes of the sandbox are left:' $left; exit 1
		`,
	};
}
