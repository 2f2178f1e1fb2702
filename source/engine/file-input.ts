import type {TaskRequest} from './task-request.ts';
import {secretsOf} from '../shell/command.ts';
import type {Task} from './task.ts';

/** Whether one of the task's commands reads a file from this computer. Such a task is applied in its own round trip. */
export function readsFile({apply = []}: Task): boolean {
	return apply.some(({file}) => file !== undefined);
}

/**
 * Returns the file that the request streams to its command. The file occupies standard input, which otherwise carries
 * the script, so the script becomes an argument, which process lists show.
 * @throws TypeError if there is more than one request or file, or a secret in a command
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
