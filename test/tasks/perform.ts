import {spawnSync} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {render, type Command} from '../../source/shell/command.ts';
import type {Task} from '../../source/engine/task.ts';
import {Secret} from '../../source/shell/secret.ts';

/** Runs a command for real, as it would run on a machine. */
export function perform(command: Command): {code: number | null; output: string} {
	const file = command.file === undefined ? 'ignore' : openSync(command.file, 'r');
	const input = command.input instanceof Secret ? command.input.reveal() : (command.input ?? '');
	const {status, stdout, stderr} = spawnSync('sh', ['-c', render(command, 'execute')], {
		...(file === 'ignore' ? {input} : {stdio: [file, 'pipe', 'pipe']}),
		encoding: 'utf8',
	});
	if (file !== 'ignore') {
		closeSync(file);
	}

	return {code: status, output: (stdout + stderr).trim()};
}

/** Applies a task and looks whether it then holds. */
export function fulfil(task: Task): {code: number | null; output: string} {
	for (const command of task.apply ?? []) {
		const result = perform(command);
		if (result.code !== 0) {
			return result;
		}
	}

	return perform(task.check);
}
