import {expect, test} from 'vitest';
import {failureReport} from '../../source/engine/unit-events.ts';
import {knownCauses} from '../../source/engine/causes.ts';
import {runMessages} from '../../source/engine/messages.ts';
import {sh} from '../../source/shell/command.ts';
import type {Task} from '../../source/engine/task.ts';
import {both} from '../both.ts';

const task: Task = {title: both('Install', 'Instalar'), check: sh`true`};
const own = both('Ask the author.', 'Pregunte al autor.');
const full = "cp: error writing 'x': No space left on device";
const disk = knownCauses.find(({id}) => id === 'disk')!.advice;

test.each([
	['nothing known', task, 1, ['cp: it broke'], runMessages.adviceFailed.en],
	[
		'a full disk',
		task,
		1,
		[full, 'E: Sub-process /usr/bin/dpkg returned an error code (1)'],
		`${disk.en} ${runMessages.again.en}`,
	],
	['a full disk, and the task has advice of its own', {...task, advice: own}, 1, [full], `${disk.en} ${own.en}`],
	['a full disk until the time limit', task, 'limit', [full], `${disk.en} ${runMessages.again.en}`],
	['a time limit', task, 'limit', ['…'], runMessages.adviceLimit.en],
	[
		'SSH to a machine that is off',
		task,
		'unreachable',
		['ssh: connect to host 10.0.10.10 port 22: No route to host'],
		runMessages.adviceUnreachable.en,
	],
] as const)('%s', (_, task, code, lines, advice) => {
	expect(failureReport(task, sh`false`, {code, lines: [...lines]}, 'en').advice).toBe(advice);
});
