import {spawnSync} from 'node:child_process';
import {expect} from 'vitest';
import {render, type Command} from '../../source/shell/command.ts';
import type {Task} from '../../source/engine/task.ts';
import {enterArguments} from '../../source/targets/sandbox.ts';

type Run = (command: Command | string, input?: string) => {code: number | null; output: string};

/** Runs it on this machine. */
export const shell: Run = (command, input) => runAs(words => words, command, input);

/** Runs it on the host of the sandbox in that folder. */
export function insideOf(folder: string): Run {
	return (command, input) => runAs(words => enterArguments(folder, words), command, input);
}

/** As the engine does: look, do, look again. */
export function fulfil(task: Task, run: Run): void {
	if (run(task.check).code !== 0) {
		for (const command of task.apply ?? []) {
			expect(run(command, command.input as string), task.title.en).toMatchObject({code: 0});
		}
	}

	expect(run(task.check), task.title.en).toMatchObject({code: 0});
}

function runAs(enter: (words: string[]) => string[], command: Command | string, input = ''): ReturnType<Run> {
	const text = typeof command === 'string' ? command : render(command, 'execute');
	// Node's pipe is a socket, which cannot be opened as /dev/stdin.
	const [program, ...words] = enter(['sh', '-c', `cat | {\n${text}\n}`]);
	const {status, stdout, stderr} = spawnSync(program!, words, {
		encoding: 'utf8',
		input,
		env: {...process.env, LC_ALL: 'C.UTF-8'},
	});
	return {code: status, output: `${stdout}${stderr}`.trim()};
}
