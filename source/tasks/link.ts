import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {phrase} from '../languages/text.ts';

/** A symbolic link; an existing link is replaced atomically. */
export function link(path: string, target: string): Task {
	const aside = `${path}.cluster-wizard`;
	return {
		title: phrase('Let {path} lead to {target}', {path, target}),
		check: sh`found=$(readlink ${path}); [ "$found" = ${target} ] || { echo ${`${path}: leads to`} "\${found:-nothing}"; exit 1; }`,
		apply: [sh`ln -sfn ${target} ${aside} && mv -T ${aside} ${path}`],
		writes: [path],
	};
}
