import {describe, expect, test} from 'vitest';
import {sh} from '../../source/shell/command.ts';
import type {Task} from '../../source/engine/task.ts';
import type {CheckResult} from '../../source/engine/trip-message.ts';
import type {UnitEffect, UnitMessage} from '../../source/engine/unit-message.ts';
import {pollInterval, unitStart, type UnitSettings} from '../../source/engine/unit-state.ts';
import {unitStep} from '../../source/engine/unit-step.ts';
import {title, touch, unit} from './running.ts';

const made = touch('m', {creates: [{kind: 'machine', name: 'NFS', uuid: '00000000-0000-8000-8000-000000000001'}]});
const compared = touch('c', {compare: sh`diff`});
const answers: Task = {title: title('w'), check: sh`:`, timeout: 10};
const command = sh`make`;

const found = (code: CheckResult['code'], ...lines: string[]): UnitMessage => ({type: 'found', result: {code, lines}});
const gone: UnitMessage = {type: 'found', result: {code: 'unreachable', lines: ['off'], isFinal: true}};
const begin: UnitMessage = {type: 'begin'};
const started: UnitMessage = {type: 'started', request: 0, command};
const broke: UnitMessage = {type: 'failed', failure: {command, result: {code: 7, lines: ['no space']}}};
const tripEnded: UnitMessage = {type: 'trip-ended'};
const delayed: UnitMessage = {type: 'delayed'};
const decide = (decision: 'go' | 'all' | 'retry' | 'skip' | 'stop'): UnitMessage => ({type: 'decided', decision});

function short(effect: UnitEffect): string {
	switch (effect.type) {
		case 'emit': {
			const {event} = effect;
			return event.type === 'task-finished'
				? `${event.task} ${event.status}${event.reason === undefined ? '' : ` (${event.reason})`} ${event.duration} s`
				: event.type === 'waiting'
					? `waiting ${event.seconds} of ${event.limit} s: ${event.reason}`
					: event.type;
		}

		case 'record':
			return `record ${effect.resource.name}`;
		case 'wrote':
			return `wrote ${effect.path}`;
		case 'keep':
			return `keep ${effect.path}`;
		case 'trip':
			return `trip ${effect.requests.map(({task, how, shows}) => `${task.title.en} ${how}${shows ? ' shows' : ''}`).join(', ')}`;
		case 'ask':
			return `ask ${effect.question.type}`;
		case 'delay':
			return `delay ${effect.seconds} s`;
		case 'fail':
			return `fail ${effect.report.exit}: ${effect.report.lines.join('|')}`;
		case 'end':
			return 'end';
	}
}

/** The effects of a conversation, each message one second after the one before, and the unit's status at its end. */
function talk(tasks: Task[], messages: readonly UnitMessage[], settings: Partial<UnitSettings> = {}): string[] {
	const all: UnitSettings = {
		unit: unit('u', tasks),
		language: 'en',
		timeoutScale: 1,
		isKnown: false,
		keeps: false,
		asks: false,
		...settings,
	};
	let state = unitStart(all);
	const told: string[] = [];
	for (const [second, message] of messages.entries()) {
		const [after, effects] = unitStep(all, state, message, second * 1000);
		state = after;
		told.push(...effects.map(effect => short(effect)));
	}

	return told.at(-1) === 'end' ? [...told.slice(0, -1), `end ${state.status}`] : told;
}

const a = touch('a');
const b = touch('b');

describe('without an operator', () => {
	test.each<[string, Task[], UnitMessage[], string[]]>([
		[
			'all holds',
			[a, b],
			[begin, found(0), found(0), tripEnded],
			['trip a fulfil, b fulfil', 'a ok 0 s', 'b ok 0 s', 'end ok'],
		],
		[
			'one is made',
			[a, b],
			[begin, found(1, 'gone'), started, found(0), found(0), tripEnded],
			['trip a fulfil, b fulfil', 'task-started', 'a changed (gone) 2 s', 'b ok 0 s', 'end changed'],
		],
		[
			'what makes a resource is recorded first',
			[a, made],
			[begin, found(0), found(1), tripEnded, started, found(0), tripEnded],
			[
				'trip a fulfil, m look',
				'a ok 0 s',
				'record NFS',
				'trip m apply',
				'task-started',
				'm changed (exit 1) 3 s',
				'end changed',
			],
		],
		[
			'a command fails',
			[a, b],
			[begin, found(1), started, broke, tripEnded],
			['trip a fulfil, b fulfil', 'task-started', 'a failed (no space) 3 s', 'fail 7: no space'],
		],
		[
			'a check cannot tell',
			[a],
			[begin, found(2, 'foreign'), tripEnded],
			['trip a fulfil', 'a failed (foreign) 1 s', 'fail 2: foreign'],
		],
		[
			'the commands end well and the check does not hold',
			[a],
			[begin, found(1), started, found(1, 'still'), tripEnded],
			['trip a fulfil', 'task-started', 'a failed (still) 3 s', 'fail 1: still'],
		],
		[
			'the check comes to hold later',
			[touch('l', {timeout: 10}), b],
			[begin, found(1, 'gone'), started, found(1, 'late'), tripEnded, delayed, found(0), found(0), tripEnded],
			[
				'trip l fulfil, b fulfil',
				'task-started',
				'waiting 1 of 10 s: late',
				'delay 2 s',
				'trip l look, b fulfil',
				'l changed (gone) 5 s',
				'b ok 0 s',
				'end changed',
			],
		],
		[
			'an assertion waits for a machine',
			[answers],
			[begin, found('unreachable', 'refused'), tripEnded, delayed, found(0), tripEnded],
			[
				'trip w fulfil',
				'task-started',
				'waiting 0 of 10 s: refused',
				'delay 0.3 s',
				'trip w look',
				'w ok 3 s',
				'end ok',
			],
		],
		[
			'the machine is off for good',
			[answers],
			[begin, gone, tripEnded],
			['trip w fulfil', 'w failed (off) 1 s', 'fail unreachable: off'],
		],
		[
			'a task that makes something does not wait for a machine',
			[touch('l', {timeout: 10})],
			[begin, found('unreachable', 'refused'), tripEnded],
			['trip l fulfil', 'l failed (refused) 1 s', 'fail unreachable: refused'],
		],
		[
			'more answers than tasks',
			[a],
			[begin, found(0), found(1), found(0), started, broke, {type: 'busy', seconds: 1, limit: 2}, tripEnded],
			['trip a fulfil', 'a ok 0 s', 'end ok'],
		],
		[
			'lines of a command',
			[a],
			[
				begin,
				found(1),
				started,
				{type: 'line', line: 'x', stream: 'stdout', cut: undefined},
				{type: 'busy', seconds: 3, limit: 9},
				{type: 'kept', request: 0, path: '/etc/x', content: Buffer.from('')},
			],
			[
				'trip a fulfil',
				'task-started',
				'output',
				'waiting 3 of 9 s: another command of cluster-wizard is still at work there',
				'keep /etc/x',
			],
		],
	])('%s', (_, tasks, messages, effects) => {
		expect(talk(tasks, messages)).toEqual(effects);
	});

	test('gives up when the time is over, scaled by the timeout scale', () => {
		const waits = (timeoutScale: number) =>
			talk(
				[touch('l', {timeout: 2})],
				[begin, found(1), started, found(1, 'late'), tripEnded, delayed, found(1, 'late'), tripEnded],
				{timeoutScale},
			);
		expect(waits(1).slice(-2)).toEqual(['l failed (late) 6 s', 'fail 1: late']);
		expect(waits(3).slice(-2)).toEqual(['waiting 4 of 6 s: late', 'delay 4 s']);
	});
});

describe('with an operator', () => {
	test.each<[string, Task[], UnitMessage[], string[]]>([
		[
			'is asked before each task',
			[a, b],
			[begin, found(1), tripEnded, decide('go'), started, found(0), found(1), tripEnded],
			[
				'trip a look, b look',
				'ask apply',
				'trip a apply, b look',
				'task-started',
				'a changed (exit 1) 4 s',
				'ask apply',
			],
		],
		[
			'does not want to be asked again',
			[a, b],
			[begin, found(1), tripEnded, decide('all')],
			['trip a look, b look', 'ask apply', 'trip a apply, b fulfil'],
		],
		[
			'skips a task',
			[a, b],
			[begin, found(1), tripEnded, decide('skip')],
			['trip a look, b look', 'ask apply', 'a skipped 2 s', 'trip b look'],
		],
		[
			'skips the last task',
			[a],
			[begin, found(1), tripEnded, decide('skip')],
			['trip a look', 'ask apply', 'a skipped 2 s', 'end skipped'],
		],
		[
			'tries a failed task again',
			[a],
			[begin, found(2), tripEnded, decide('retry'), found(0), tripEnded],
			['trip a look', 'ask failed', 'trip a look', 'a ok 3 s', 'end ok'],
		],
		[
			'skips a failed task',
			[a],
			[begin, found(2), tripEnded, decide('skip')],
			['trip a look', 'ask failed', 'a skipped 2 s', 'end skipped'],
		],
		[
			'stops',
			[a],
			[begin, found(2, 'foreign'), tripEnded, decide('stop')],
			['trip a look', 'ask failed', 'a failed (foreign) 2 s', 'fail 2: foreign'],
		],
	])('%s', (_, tasks, messages, effects) => {
		expect(talk(tasks, messages, {asks: true})).toEqual(effects);
	});

	test('sees how what was changed by hand differs, once, before the question', () => {
		const difference: UnitMessage = {type: 'difference', request: 0, difference: {lines: ['-x'], left: 0}};
		expect(
			talk(
				[compared, b],
				[begin, found(1, 'content differs'), tripEnded, difference, found(0), tripEnded, decide('all')],
				{asks: true, isKnown: true},
			),
		).toEqual([
			'trip c look shows, b look shows',
			'trip c compare shows',
			'difference',
			'ask apply',
			'trip c apply, b fulfil shows',
		]);
	});
});

test.each([
	['at first', 0, 0, 0.3],
	['a twentieth of the time', 20, 0, 1],
	['three seconds at most', 600, 0.5, 3],
	['twice what a look takes', 600, 5, 10],
] as const)('the next look: %s', (_, waited, look, seconds) => {
	expect(pollInterval(waited, look)).toBe(seconds);
});
