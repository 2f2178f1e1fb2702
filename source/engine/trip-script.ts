import {dirname} from 'node:path';
import {asset} from '../assets.ts';
import {render, sh, type Command} from '../shell/command.ts';
import {comparedInput, backedUpFiles, largestBackup, overwrittenFiles} from './comparison.ts';
import type {TaskRequest} from './task-request.ts';

/** Folder of the locks, on the host and on the nodes; it contains one folder per cluster. */
export const locksFolder = '/run/cluster-wizard';

/**
 * Returns the script of a round trip: the runner (assets/engine/runner.sh) and a block per request. The shell reads the
 * whole `{ … }` group before running any of it: nothing happens if this program dies while sending it.
 * @param mark random digits that begin the runner's own lines and do not occur in other output by accident
 */
export function tripScript(requests: readonly TaskRequest[], mark: string): string {
	return [
		'{',
		asset('engine/runner.sh', {mark}),
		...requests.map((request, index) => blockOf(request, index)),
		'}',
		'',
	].join('\n');
}

/**
 * Returns a request as calls of the runner. The block exits the shell if the task's check does not pass in the end,
 * except in a survey.
 */
export function blockOf(request: TaskRequest, index: number): string {
	const {
		task: {check, apply = []},
		how,
	} = request;
	if (check.input !== undefined || check.file !== undefined) {
		throw new TypeError('No check can read standard input');
	}

	const compare = comparison(request, index);
	const applyAll = [
		...compare,
		...keeping(request, index),
		...application(request, index),
		sh`tell_ applied ${index}`,
		...digests(request, index),
	];
	const look = sh`look_ ${index}`;
	const steps = {
		compare,
		look: [look],
		survey: [look],
		apply: [...applyAll, look],
		fulfil: [look, sh`if [ "$code_" = 1 ]; then`, ...applyAll, look, sh`fi`],
	}[apply.length === 0 && (how === 'apply' || how === 'fulfil') ? 'look' : how];
	const checked =
		how === 'compare'
			? []
			: [
					sh`
		check_() (
		${check}
		)`,
				];
	const end = how === 'compare' || how === 'survey' ? [] : [sh`[ "$code_" = 0 ] || exit 0`];
	return [...checked, ...steps, ...end].map(part => render(part, 'execute')).join('\n');
}

/** Returns a task's commands. An input that was already sent for a comparison is not repeated. */
function application(request: TaskRequest, index: number): Command[] {
	const {
		task: {apply = []},
	} = request;
	const compared = comparedInput(request);
	return apply.map((command, part) => {
		const source =
			command.input === undefined
				? sh``
				: command.input === compared
					? sh`printf %s "$input_" |`
					: sh`printf %s ${command.input} |`;
		const empty = command.input === undefined && command.file === undefined ? sh`< /dev/null` : sh``;
		return sh`
			tell_ start ${index} ${part}
			${source} (
			${command}
			) ${empty} || exit
			echo`;
	});
}

/** Returns the command that prints a diff, if the request asks for one and the task has it. */
function comparison(request: TaskRequest, index: number): Command[] {
	const {
		task: {compare, isSecret = false},
		how,
		shows = false,
	} = request;
	if (!compare || isSecret || !(shows || how === 'compare')) {
		return [];
	}

	const input = comparedInput(request);
	return [
		...(input === undefined ? [] : [sh`input_=${input}`]),
		sh`
			tell_ compare ${index}
			${input === undefined ? sh`` : sh`printf %s "$input_" |`} (
			${compare}
			) 2>&1 ${input === undefined ? sh`< /dev/null` : sh``}
			echo`,
	];
}

function keeping(request: TaskRequest, index: number): Command[] {
	const {keeps} = request.task;
	return backedUpFiles(request).map((path, part) =>
		path === keeps?.path
			? sh`
		kept_=$( (
		${keeps.content}
		) < /dev/null 2> /dev/null | base64)
		[ -z "$kept_" ] || { tell_ keep ${index} ${part} "$(printf %s "$kept_" | base64 -d | wc -c)"; echo "$kept_"; }`
			: sh`keep_ ${index} ${part} ${path} ${largestBackup}`,
	);
}

function digests({task}: TaskRequest, index: number): Command[] {
	return overwrittenFiles(task).map((path, part) => sh`wrote_ ${index} ${part} ${path}`);
}

/**
 * Returns a shell command that runs a script under an exclusive lock on its machine. The lock is held by the outer
 * shell and is not inherited: it lasts exactly as long as the script runs, even if the program that sent it was killed,
 * and a daemon that the script starts does not keep it.
 * @param text script passed as an argument if a file occupies standard input; otherwise the script comes from standard
 * input
 */
export function lockedShell(lock: string, mark: string, text?: string): string {
	const path = `${locksFolder}/${lock}.lock`;
	// `exit` keeps the outer shell alive: if the inner shell came last, the outer would exec it and release the lock.
	return render(
		sh`
		[ -d ${dirname(path)} ] || (umask 077 && mkdir -p ${dirname(path)})
		exec 9> ${path}
		flock -n 9 || { echo ${mark} busy; flock 9; echo ${mark} free; }
		sh ${text === undefined ? sh`` : sh`-c ${text}`} 9>&-
		exit $?
	`,
		'execute',
	);
}
