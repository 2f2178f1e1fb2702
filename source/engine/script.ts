import {dirname} from 'node:path';
import type {TaskRequest} from './task-request.ts';
import {render, sh, type Command} from '../shell/command.ts';
import {comparedInput, keptFiles, largestKept} from './comparison.ts';

/** Below it lies a folder for each cluster, on the host as on the nodes. */
export const locksFolder = '/run/cluster-wizard';

/**
 * An request as shell text that tells with marks what it is about to do and what it found. It ends the shell where the
 * task does not hold, except in a survey.
 */
export function scriptOf(request: TaskRequest, index: number, mark: string): string {
	const {task: {check, apply = []}, how} = request;
	if (check.input !== undefined || check.file !== undefined) {
		throw new TypeError('No check can read standard input');
	}

	const comparing = comparison(request, index, mark);
	if (how === 'compare') {
		return comparing.map(part => render(part, 'execute')).join('\n');
	}

	const looking = sh`
		check_() (
		${check}
		) < /dev/null 2>&1
		look_() { check_; code_=$?; echo; echo ${mark} found ${index} $code_; }`;
	const applying = [...comparing, ...keeping(request, index, mark), ...application(request, index, mark), sh`echo ${mark} applied ${index}`];
	const steps = {
		look: ['look_'],
		survey: ['look_'],
		apply: [...applying, 'look_'],
		fulfil: ['look_', 'if [ $code_ = 1 ]; then', ...applying, 'look_', 'fi'],
	}[apply.length === 0 && how !== 'survey' ? 'look' : how];
	return [looking, ...steps, ...(how === 'survey' ? [] : ['[ $code_ = 0 ] || exit 0'])].map(part => typeof part === 'string' ? part : render(part, 'execute')).join('\n');
}

/** The commands of a task. What they are given as standard input is in the text once, also when it was compared before. */
function application(request: TaskRequest, index: number, mark: string): Command[] {
	const {task: {apply = []}} = request;
	const compared = comparedInput(request);
	return apply.map((command, part) => {
		const source = command.input === undefined ? sh`` : command.input === compared ? sh`printf %s "$input_" |` : sh`printf %s ${command.input} |`;
		const empty = command.input === undefined && command.file === undefined ? sh`< /dev/null` : sh``;
		return sh`
			echo ${mark} start ${index} ${part}
			${source} (
			${command}
			) ${empty} || exit
			echo`;
	});
}

/** Prints what differs, if the request says so and the task can tell. */
function comparison(request: TaskRequest, index: number, mark: string): Command[] {
	const {task: {compare, isSecret = false}, how, shows = false} = request;
	if (!compare || isSecret || !(shows || how === 'compare')) {
		return [];
	}

	const input = comparedInput(request);
	return [
		...(input === undefined ? [] : [sh`input_=${input}`]),
		sh`
			echo ${mark} compare ${index}
			${input === undefined ? sh`` : sh`printf %s "$input_" |`} (
			${compare}
			) 2>&1 ${input === undefined ? sh`< /dev/null` : sh``}
			echo`,
	];
}

/** Prints the regular files that the commands overwrite, with their size, unless they are large. */
function keeping(request: TaskRequest, index: number, mark: string): Command[] {
	return keptFiles(request).map((path, part) => sh`
		if [ -f ${path} ] && [ ! -h ${path} ] && size_=$(stat -c %s ${path}) && [ "$size_" -le ${largestKept} ]; then
			echo ${mark} keep ${index} ${part} "$size_"
			base64 ${path}
		fi`);
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
