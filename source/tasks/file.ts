import {createHash} from 'node:crypto';
import {sh, withInput} from '../shell/command.ts';
import {Secret} from '../shell/secret.ts';
import type {Task} from '../engine/task.ts';
import {compareFile} from './file-diff.ts';
import {phrase, type Text} from '../languages/text.ts';

export interface FileOptions {
	/** Octal, for instance `0400`. */
	readonly mode?: string;
	readonly owner?: string;
	readonly group?: string;
	/** The content is base64 and is decoded on the target. */
	readonly base64?: boolean;
	readonly title?: Text;
}

/**
 * A file with exactly this content, mode and owner.
 * The check compares the SHA-256 of the whole content, so it detects a half-written file.
 */
export function file(path: string, content: string | Secret, options: FileOptions = {}): Task {
	const {mode = '0644', owner = 'root', group = owner, base64 = false} = options;
	const text = content instanceof Secret ? content.reveal() : content;
	const hash = createHash('sha256')
		.update(base64 ? Buffer.from(text, 'base64') : text)
		.digest('hex');
	const wanted = `${mode.replace(/^0/, '')} ${owner}:${group}`;
	const install = sh`install -D -o ${owner} -g ${group} -m ${mode} /dev/stdin ${path}`;
	return {
		title: options.title ?? phrase('Write {path}', {path}),
		check: sh`
			[ -f ${path} ] || { echo ${`${path}: missing`}; exit 1; }
			echo ${`${hash}  ${path}`} | sha256sum -c --status || { echo ${`${path} differs from what the wizard writes`}; exit 1; }
			found=$(stat -c '%a %U:%G' ${path}); [ "$found" = ${wanted} ] || { echo ${`${path}: ${wanted} wanted, found`} "$found"; exit 1; }
		`,
		apply: [withInput(base64 ? sh`base64 -d | ${install}` : install, content)],
		writes: [path],
		...(content instanceof Secret ? {isSecret: true} : {compare: compareFile(path, base64 ? sh`base64 -d | ` : sh``)}),
	};
}

/** awk program that prints the lines outside the marks. Without an end mark, the lines after the begin mark are kept. */
const withoutBlock =
	'$0==b {on=1; held=""; next} on && $0==e {on=0; next} on {held=held $0 ORS; next} {print} END {if (on) printf "%s", held}';

/** A block of our lines between two marks, in a file that others write to as well. */
export function block(path: string, name: string, lines: string, title: Text): Task {
	const begin = `# BEGIN cluster-wizard ${name}`;
	const end = `# END cluster-wizard ${name}`;
	const text = `${begin}\n${lines.trimEnd()}\n${end}`;
	const aside = `${path}.cluster-wizard`;
	return {
		title,
		check: sh`
			[ -f ${path} ] || { echo ${`${path}: missing`}; exit 1; }
			[ "$(awk -v b=${begin} -v e=${end} '$0==b {on=1} on {print} $0==e {on=0}' ${path})" = ${text} ] ||
				{ echo ${`${path}: the lines between the marks of cluster-wizard differ from what the wizard writes`}; exit 1; }
		`,
		apply: [
			withInput(
				sh`
			touch ${path} &&
			{ awk -v b=${begin} -v e=${end} ${withoutBlock} ${path} && cat; } > ${aside} &&
			chmod --reference=${path} ${aside} && mv ${aside} ${path}
		`,
				`${text}\n`,
			),
		],
		writes: [path],
		compare: compareFile(path, sh`{ awk -v b=${begin} -v e=${end} ${withoutBlock} ${path} && cat; } | `),
	};
}
