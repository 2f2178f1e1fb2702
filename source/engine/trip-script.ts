import {dirname} from 'node:path';
import {asset} from '../assets.ts';
import {render, sh, type Command} from '../shell/command.ts';
import {comparedInput, keptFiles, largestKept} from './comparison.ts';
import type {TaskRequest} from './task-request.ts';

/** Below it lies a folder for each cluster, on the host as on the nodes. */
export const locksFolder = '/run/cluster-wizard';

/**
 * The text of a round trip: the runner (assets/engine/runner.sh) and a block for each request. The shell reads all of a
 * group before it runs any of it: nothing happens if this program ends while it is sending.
 * @param mark random digits that no output holds by accident; they begin the runner's own lines
 */
export function tripScript(requests: readonly TaskRequest[], mark: string): string {
	return ['{', asset('engine/runner.sh', {mark}), ...requests.map((request, index) => blockOf(request, index)), '}', ''].join('\n');
}

/** One request as calls of the runner. Where the task does not hold in the end, the block ends the shell, except in a survey. */
export function blockOf(request: TaskRequest, index: number): string {
	const {task: {check, apply = []}, how} = request;
	if (check.input !== undefined || check.file !== undefined) {
		throw new TypeError('No check can read standard input');
	}

	const compare = comparison(request, index);
	const applyAll = [...compare, ...keeping(request, index), ...application(request, index), sh`tell_ applied ${index}`];
	const look = sh`look_ ${index}`;
	const steps = {
		compare,
		look: [look],
		survey: [look],
		apply: [...applyAll, look],
		fulfil: [look, sh`if [ "$code_" = 1 ]; then`, ...applyAll, look, sh`fi`],
	}[apply.length === 0 && (how === 'apply' || how === 'fulfil') ? 'look' : how];
	const checked = how === 'compare' ? [] : [sh`
		check_() (
		${check}
		)`];
	const end = how === 'compare' || how === 'survey' ? [] : [sh`[ "$code_" = 0 ] || exit 0`];
	return [...checked, ...steps, ...end].map(part => render(part, 'execute')).join('\n');
}

/** The commands of a task. A standard input that was compared before is in the text once. */
function application(request: TaskRequest, index: number): Command[] {
	const {task: {apply = []}} = request;
	const compared = comparedInput(request);
	return apply.map((command, part) => {
		const source = command.input === undefined ? sh`` : command.input === compared ? sh`printf %s "$input_" |` : sh`printf %s ${command.input} |`;
		const empty = command.input === undefined && command.file === undefined ? sh`< /dev/null` : sh``;
		return sh`
			tell_ start ${index} ${part}
			${source} (
			${command}
			) ${empty} || exit
			echo`;
	});
}

/** Prints what differs, if the request says so and the task can tell. */
function comparison(request: TaskRequest, index: number): Command[] {
	const {task: {compare, isSecret = false}, how, shows = false} = request;
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
	return keptFiles(request).map((path, part) => sh`keep_ ${index} ${part} ${path} ${largestKept}`);
}

/**
 * A shell that reads its text from standard input, under an exclusive lock on its machine. The lock is held by the shell
 * around it and not handed on, so that it lasts as long as the text runs, also when the program that sent it was killed,
 * and no longer: a daemon that the text starts does not keep it.
 * @param text given as an argument instead, where a file takes the standard input
 */
export function underLock(lock: string, mark: string, text?: string): string {
	const path = `${locksFolder}/${lock}.lock`;
	// `exit` keeps the outer shell alive: if the inner shell came last, the outer would exec it and drop the lock.
	return render(sh`
		[ -d ${dirname(path)} ] || (umask 077 && mkdir -p ${dirname(path)})
		exec 9> ${path}
		flock -n 9 || { echo ${mark} busy; flock 9; echo ${mark} free; }
		sh ${text === undefined ? sh`` : sh`-c ${text}`} 9>&-
		exit $?
	`, 'execute');
}
