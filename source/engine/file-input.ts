import type {TaskRequest} from './task-request.ts';
import {secretsOf} from '../shell/command.ts';
import type {Task} from './task.ts';

/** Whether one of the task's commands reads a file of this computer: such a task is applied in a round trip of its own. */
export function readsFile({apply = []}: Task): boolean {
	return apply.some(({file}) => file !== undefined);
}

/**
 * The file that an request's command reads. It takes the standard input by which the text is sent otherwise, and the text
 * becomes an argument, which lists of processes show.
 * @throws TypeError if there are several requests, or a secret in the text
 */
export function fileOf(requests: readonly TaskRequest[]): string | undefined {
	const applied = requests.filter(({how}) => how === 'apply' || how === 'fulfil');
	if (!applied.some(({task}) => readsFile(task))) {
		return undefined;
	}

	const commands = requests.flatMap(({task: {check, apply = []}}) => [check, ...apply]);
	const files = commands.flatMap(({file}) => file ?? []);
	if (requests.length > 1 || files.length > 1 || commands.some(command => secretsOf(command).length > 0)) {
		throw new TypeError('A task that reads a file has a round trip of its own, one such command, and no secrets');
	}

	return files[0];
}
