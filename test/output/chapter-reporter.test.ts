import {readFileSync} from 'node:fs';
import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {noHistory, type Expected} from '../../source/engine/estimate.ts';
import type {Event} from '../../source/engine/event.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {chapterReporter, type ChapterOptions} from '../../source/output/chapter-reporter.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

/** Events of a real build in a sandbox (2026-11-29, emulated, two processors); commands are cut, and so are most waits. */
const firstRun = readFileSync(new URL('../recorded/first-run.jsonl', import.meta.url), 'utf8')
	.trim()
	.split('\n')
	.map(line => JSON.parse(line) as Event);

const plan = makePlan({...testCluster(), sandbox: true}, steps);
const units = plan.map(({id, step}) => ({id, step: step.id}));
const estimated = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));

/** The same run a second time: all checks hold. */
const secondRun = firstRun
	.filter(({type}) => !['task-started', 'waiting'].includes(type))
	.map((event): Event =>
		(event.type === 'task-finished' || event.type === 'step-finished') && event.status === 'changed'
			? {...event, status: 'ok', duration: 0.2}
			: event,
	);

function printed(events: readonly Event[], expected: Expected, options: Partial<ChapterOptions> = {}): string[] {
	const output = new PassThrough({highWaterMark: 2 ** 24});
	const forecast = {
		units: estimated,
		history: noHistory,
		expected: new Map(units.map(({id}) => [id, expected])),
		acceleration: 'tcg' as const,
	};
	const reporter = chapterReporter({output, language: 'en', color: false, unicode: true, units, forecast, ...options});
	for (const event of events) {
		reporter.report(event);
	}

	void reporter.close!();
	const text = String(output.read() ?? '');
	expect(text === '' || text.endsWith('\n')).toBe(true);
	return text.split('\n').slice(0, -1);
}

const count = new Set(firstRun.flatMap(event => (event.type === 'step-started' ? event.step : []))).size;

test('a first build prints a line a chapter', () => {
	const lines = printed(firstRun, 'work');
	expect(lines).toHaveLength(count);
	expect(lines).toContain('✚ raid on nas: 5 changes, 11.8 s');
	expect(lines).toContain('✚ images for storage, director, web: 3 changes, 23.1 s');
	expect(lines).toContain('✔ verification 0.3 s');
	// Not the time in which it waited for the machines.
	expect(lines.find(line => line.startsWith('✚ names'))).toMatch(/: 6 changes, 21\.4 s$/);
	expect(lines.find(line => line.startsWith('✚ ldirectord'))).toMatch(
		/^✚ ldirectord on master, standby: \d+ changes, 21\.3 s$/,
	);
});

test('a second run that changes nothing prints at most 25 lines with its end', () => {
	const lines = printed(secondRun, 'check');
	expect(lines.length).toBeLessThanOrEqual(25);
	expect(lines.every(line => line.startsWith('✔ '))).toBe(true);
});

test('one change is printed with its task and reason, and nothing else beside the chapters', () => {
	const unit = {unit: 'ldirectord:master', step: 'ldirectord', host: 'master'};
	const isChanged = (event: Event) => event.type === 'task-finished' && event.unit === unit.unit && event.index === 2;
	const changed = secondRun.map((event): Event =>
		isChanged(event)
			? {
					...(event as Event & {type: 'task-finished'}),
					status: 'changed',
					reason: '/etc/ha.d/ldirectord.cf: content differs',
				}
			: event.type === 'step-finished' && event.unit === unit.unit
				? {...event, status: 'changed'}
				: event,
	);
	const {task} = secondRun.find(event => isChanged(event)) as Event & {type: 'task-finished'};
	const lines = printed(changed, 'check');
	expect(lines.filter(line => !line.startsWith('✔ '))).toEqual([
		expect.stringMatching(/^✚ ldirectord on master, standby: 1 change, /) as string,
		`    ✚ master: ${task} (/etc/ha.d/ldirectord.cf: content differs)`,
	]);
});

test('a failure is printed with its reason also with --quiet, and what could not begin in one line', () => {
	const at = firstRun.findIndex(event => event.type === 'step-finished' && event.unit === 'raid:nas');
	const label = {time: firstRun[at]!.time, unit: 'raid:nas', step: 'raid', host: 'nas'};
	const failed: Event[] = [
		...firstRun.slice(0, at),
		{
			...label,
			type: 'task-finished',
			task: 'Create /dev/md0',
			index: 3,
			status: 'failed',
			duration: 2,
			reason: 'No space left on device',
		},
		{...label, type: 'step-finished', status: 'failed', duration: 4},
		...plan.slice(plan.findIndex(({id}) => id === 'raid:nas') + 1).map((unit): Event => ({
			time: label.time,
			type: 'step-finished',
			unit: unit.id,
			step: unit.step.id,
			host: unit.place,
			status: 'blocked',
			duration: 0,
		})),
	];
	const lines = printed(failed, 'work');
	expect(lines).toContain('    ✖ nas: Create /dev/md0: failed (No space left on device)');
	expect(lines.at(-1)).toMatch(
		/^■ not started: something it needs is not done: content, nfs, nfs-clients, apache, lvs, lvs-proof, /,
	);
	expect(printed(failed, 'work', {quiet: true})).toEqual([
		expect.stringMatching(/^✖ raid on nas: failed, /) as string,
		'    ✖ nas: Create /dev/md0: failed (No space left on device)',
		lines.at(-1),
	]);
});

test('--quiet prints nothing of a run in which all goes well', () => {
	expect(printed(firstRun, 'work', {quiet: true})).toEqual([]);
	expect(printed(secondRun, 'check', {quiet: true, isLive: true})).toEqual([]);
});

test('what was interrupted is told at the end', () => {
	const lines = printed(
		[
			...firstRun.filter(
				({type, ...event}) => type !== 'step-finished' || !('unit' in event) || event.unit !== 'verification',
			),
			{
				time: firstRun.at(-1)!.time,
				type: 'step-finished',
				unit: 'verification',
				step: 'verification',
				host: 'host',
				status: 'interrupted',
				duration: 1,
			},
		],
		'work',
	);
	expect(lines.at(-1)).toBe('■ interrupted: verification');
});

test('of many nodes only some are named', () => {
	const many = Array.from({length: 50}, (_, index) => ({id: `apache:server${index + 1}`, step: 'apache'}));
	const events = many.map(({id, step}): Event => ({
		time: firstRun[0]!.time,
		type: 'step-finished',
		unit: id,
		step,
		host: id.split(':')[1]!,
		status: 'ok',
		duration: 1,
	}));
	expect(printed(events, 'check', {units: many})).toEqual([
		'✔ apache on server1, server2, server3, server4, server5, and 45 more',
	]);
});

test('parts of a verification are chapters of their own, with their titles', () => {
	const label = {unit: '2-crash:1', step: '2-crash:1', host: 'host'};
	const time = firstRun[0]!.time;
	expect(
		printed(
			[
				{time, type: 'step-started', ...label, title: 'MASTER is switched off as by a power cut'},
				{time, type: 'task-finished', ...label, task: 'Switch it off', index: 0, status: 'changed', duration: 1},
				{time, type: 'step-finished', ...label, status: 'changed', duration: 62},
			],
			'work',
			{units: undefined, forecast: undefined, language: 'es'},
		),
	).toEqual(['✚ 2-crash:1  MASTER is switched off as by a power cut: 1 cambio, 1 min 02 s']);
});

test('what is overwritten by hand-made changes is shown as a diff, equal ones once, and where it is kept', () => {
	const time = '2026-01-01T00:00:00.000Z';
	const events = ['master', 'standby'].flatMap((host): Event[] => {
		const unit = {unit: `ldirectord:${host}`, step: 'ldirectord', host};
		return [
			{time, type: 'step-started', ...unit, title: 'ldirectord'},
			{
				time,
				type: 'difference',
				...unit,
				task: 'Write /etc/ha.d/ldirectord.cf',
				index: 5,
				lines: ['--- a', '+++ a', '@@ -1 +1 @@', ` name=${host}`, '-checkinterval=60', '+checkinterval=10'],
				left: 2,
			},
			{
				time,
				type: 'kept',
				...unit,
				path: '/etc/ha.d/ldirectord.cf',
				copy: `/logs/r/backup/${host}/etc/ha.d/ldirectord.cf`,
			},
			{
				time,
				type: 'task-finished',
				...unit,
				task: 'Write /etc/ha.d/ldirectord.cf',
				index: 5,
				status: 'changed',
				duration: 1,
				reason: '/etc/ha.d/ldirectord.cf differs from what the wizard writes',
			},
			{time, type: 'step-finished', ...unit, status: 'changed', duration: 1},
		];
	});
	expect(printed(events, 'check')).toEqual([
		'✚ ldirectord on master, standby: 2 changes, 1.0 s',
		'    ✚ master, standby: Write /etc/ha.d/ldirectord.cf',
		...[
			'--- a',
			'+++ a',
			'@@ -1 +1 @@',
			' name=master',
			'-checkinterval=60',
			'+checkinterval=10',
			'… 2 more lines',
			'/etc/ha.d/ldirectord.cf as it was is kept in /logs/r/backup/master/etc/ha.d/ldirectord.cf',
		].map(line => `        ${line}`),
		'        /etc/ha.d/ldirectord.cf as it was is kept in /logs/r/backup/standby/etc/ha.d/ldirectord.cf',
	]);
});

test('a part that is repeated is told anew', () => {
	const label = {unit: '1:1', step: '1:1', host: 'host'};
	const time = firstRun[0]!.time;
	const once = (status: 'failed' | 'changed'): Event[] => [
		{time, type: 'step-started', ...label, title: 'Every server answers'},
		{time, type: 'task-finished', ...label, task: 'Look', index: 0, status, duration: 1, reason: 'no answer'},
		{time, type: 'step-finished', ...label, status, duration: 2},
	];
	const lines = printed([...once('failed'), ...once('changed')], 'work', {units: undefined, forecast: undefined});
	expect(lines).toEqual([
		'✖ 1:1  Every server answers: failed, 2.0 s',
		'    ✖ host: Look: failed (no answer)',
		'✚ 1:1  Every server answers: 1 change, 2.0 s',
	]);
});

test.each([60, 80])(
	'on a terminal of %i columns sentences are broken at blanks and hang; a diff is not broken',
	columns => {
		const output = Object.assign(new PassThrough({highWaterMark: 2 ** 24}), {columns});
		const reporter = chapterReporter({output, language: 'es', color: false, unicode: true, units});
		const label = {unit: 'ldirectord:master', step: 'ldirectord', host: 'master', time: '2026-01-02T12:00:00.000Z'};
		const reason =
			'the storage does not answer, so the pages that ldirectord asks for on each of the web servers cannot be read';
		const added = `+${'x '.repeat(60)}`;
		reporter.report({type: 'step-started', ...label, title: 'ldirectord'});
		reporter.report({type: 'difference', ...label, task: 'Write', index: 0, lines: [added], left: 0} as Event);
		reporter.report({type: 'task-finished', ...label, task: 'Write', index: 0, status: 'failed', reason, duration: 1});
		reporter.report({type: 'step-finished', ...label, status: 'failed', duration: 1});
		void reporter.close!();
		const lines = String(output.read()).split('\n');
		expect(lines).toContain(`        ${added}`);
		const sentences = lines.filter(line => !line.includes('x x x'));
		expect(Math.max(...sentences.map(({length}) => length))).toBeLessThan(columns);
		expect(sentences.map(line => line.trim()).join(' ')).toContain(reason);
	},
);
