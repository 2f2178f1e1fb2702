import {expect, test} from 'vitest';
import {sh, withLimit} from '../../source/shell/command.ts';
import type {Exit} from '../../source/engine/target.ts';
import type {Task} from '../../source/engine/task.ts';
import type {TaskRequest} from '../../source/engine/task-request.ts';
import {tripEnd, tripLine, tripStart} from '../../source/engine/trip-output.ts';
import {touch} from './running.ts';

const slow: Task = touch('b', {
	apply: [sh`first`, withLimit(sh`second`, 900)],
	writes: ['/etc/b', '/etc/c'],
	compare: sh`diff`,
});
const requests: readonly TaskRequest[] = [
	{task: touch('a'), how: 'fulfil'},
	{task: slow, how: 'fulfil', shows: true, keeps: true},
];

/** The effects of a machine's lines in short: messages, limits of time, and the end. `!` begins a line of the runner, `2>` one of standard error. */
function read(lines: readonly string[], exit: Exit, isInterrupted = false): string[] {
	let [state, effects] = tripStart;
	const told = effects.map(effect => `limit ${'seconds' in effect ? effect.seconds : ''}`);
	for (const line of lines) {
		[state, effects] = tripLine(
			state,
			requests,
			'mark',
			line.replace(/^!/, 'mark ').replace(/^2>/, ''),
			line.startsWith('2>') ? 'stderr' : 'stdout',
		);
		told.push(
			...effects.map(effect =>
				effect.type === 'message' ? short(effect.message) : `${effect.type} ${effect.seconds}`,
			),
		);
	}

	return [...told, ...tripEnd(state, requests, exit, isInterrupted).map(message => short(message))].slice(1);
}

function short(message: ReturnType<typeof tripEnd>[number]): string {
	switch (message.type) {
		case 'started':
			return `started ${message.request} ${message.command.strings[0]}`;
		case 'line':
			return `line ${message.stream} ${message.line}`;
		case 'difference':
			return `difference ${message.request} ${message.difference.lines.join('|')}`;
		case 'kept':
			return `kept ${message.path} ${message.content.toString()}`;
		case 'wrote':
			return `wrote ${message.path} ${message.digest}`;
		case 'found':
			return `found ${message.result.code} ${message.result.lines.join('|')}`;
		case 'failed':
			return `failed ${message.failure.command.strings[0]} ${message.failure.result.code} ${message.failure.result.lines.join('|')}`;
		case 'busy':
			return 'busy';
	}
}

const done = {code: 0} as const;

test.each<[string, string[], Exit, string[]]>([
	['a check that holds', ['', '!found 0 0'], done, ['limit 120', 'found 0 ']],
	['a check says what differs', ['it is', ' ', 'missing', '!found 0 1'], done, ['limit 120', 'found 1 it is|missing']],
	[
		'a command, its lines, and the check again',
		['!found 0 1', '!start 0 0', 'making', '2>a warning', '', '!applied 0', '!found 0 0'],
		done,
		[
			'limit 120',
			'found 1 ',
			'limit 300',
			'started 0 echo making ',
			'line stdout making',
			'line stderr a warning',
			'limit 120',
			'limit 120',
			'found 0 ',
		],
	],
	[
		"empty lines of a command stay, but for the last, which is the runner's",
		['!start 1 0', '', '', 'x', '', '!applied 1'],
		done,
		['limit 300', 'started 1 first', 'line stdout ', 'line stdout ', 'line stdout x', 'limit 120'],
	],
	["a command's own limit of time", ['!start 1 1'], done, ['limit 900', 'started 1 second']],
	[
		'a command that fails',
		['!start 1 0', 'no space left'],
		{code: 7},
		['limit 300', 'started 1 first', 'line stdout no space left', 'failed first 7 no space left'],
	],
	[
		'a command that takes too long',
		['!start 1 1', 'so far'],
		{code: 'aborted'},
		['limit 900', 'started 1 second', 'line stdout so far', 'failed second limit so far'],
	],
	['a check that takes too long', ['so far'], {code: 'aborted'}, ['found limit so far']],
	['the machine does not answer', [], {code: 'unreachable', reason: 'refused'}, ['found unreachable refused']],
	[
		'the machine is lost during a command',
		['!start 1 0', 'x'],
		{code: 'unreachable', reason: 'lost'},
		['limit 300', 'started 1 first', 'line stdout x', 'failed first unreachable lost'],
	],
	[
		'what differs, and a file that is kept',
		['!compare 1', '-old', '', '+new', '!keep 1 1 3', 'YWJj', '!start 1 0'],
		done,
		['limit 120', 'difference 1 -old|+new', 'limit 120', 'kept /etc/c abc', 'limit 300', 'started 1 first'],
	],
	[
		'a file that did not arrive whole is given up',
		['!keep 1 0 3', 'YWI=', '!keep 1 0 3', 'KEY', '!found 1 0'],
		done,
		['limit 120', 'limit 120', 'limit 120', 'found 0 '],
	],
	[
		'a file that was written',
		[
			'!start 1 0',
			'!applied 1',
			'!wrote 1 1 0123456789abcdef',
			'!wrote 1 2 0123456789abcdef',
			'!wrote 1 0 x',
			'!found 1 0',
		],
		done,
		[
			'limit 300',
			'started 1 first',
			'limit 120',
			'wrote /etc/c 0123456789abcdef',
			'limit 120',
			'found 0 mark wrote 1 2 0123456789abcdef|mark wrote 1 0 x',
		],
	],
	['nothing differs', ['!compare 1', '!start 1 0'], done, ['limit 120', 'limit 300', 'started 1 first']],
	[
		'the lock is held, then free',
		['!busy', '!free', '!found 0 0'],
		done,
		['busy 1620', 'limit 120', 'limit 120', 'found 0 '],
	],
	['the lock is held for too long', ['!busy'], {code: 'aborted'}, ['busy 1620', 'found limit ']],
	['the shell itself complains', ['2>sh: syntax error'], {code: 2}, ['line stderr sh: syntax error', 'found 2 ']],
	[
		"lines that only look like the runner's",
		[
			'!start 0 0',
			'!start 9 9',
			'!start 0 7',
			'!found 0 x',
			'!found',
			'!found 9 0',
			'!applied',
			'!applied 9',
			'!evil 0 0',
			'!keep 0 0 3',
			'2>!found 0 0',
		],
		done,
		[
			'limit 300',
			'started 0 echo making ',
			...[
				'start 9 9',
				'start 0 7',
				'found 0 x',
				'found',
				'found 9 0',
				'applied',
				'applied 9',
				'evil 0 0',
				'keep 0 0 3',
			].map(text => `line stdout mark ${text}`),
			'line stderr !found 0 0',
		],
	],
])('%s', (_, lines, exit, told) => {
	expect(read(lines, exit)).toEqual(told);
});

test('an interrupted command has not failed', () => {
	expect(read(['!start 1 0', 'x'], {code: 'aborted'}, true)).toEqual(['limit 300', 'started 1 first', 'line stdout x']);
});

test('a bounded part of the lines is kept: 20 of a command, 200 of a check', () => {
	const many = Array.from({length: 1000}, (_, index) => String(index));
	expect(read(['!start 1 0', ...many], {code: 1}).at(-1)).toBe(`failed first 1 ${many.slice(-20).join('|')}`);
	expect(read([...many, '!found 0 1'], done).at(-1)).toBe(`found 1 ${many.slice(-200).join('|')}`);
});
