import xterm from '@xterm/headless';
import {expect, test, vi} from 'vitest';
import {noHistory} from '../../source/engine/estimate.ts';
import {chapterReporter} from '../../source/output/chapter-reporter.ts';
import {LiveLine} from '../../source/output/live-line.ts';
import {at, testTime} from '../screens/fake-backend.ts';

/** A terminal as the program sees it, and what it shows. */
function terminal(columns = 80) {
	const screen = new xterm.Terminal({cols: columns, rows: 24, allowProposedApi: true});
	const written: string[] = [];
	return {
		screen,
		written,
		get columns() {
			return screen.cols;
		},
		write(text: string) {
			written.push(text);
			screen.write(text.replaceAll('\n', '\r\n'));
		},
		async text() {
			await new Promise<void>(resolve => {
				screen.write('', resolve);
			});
			const {active} = screen.buffer;
			return Array.from({length: active.length}, (_, row) => active.getLine(row)!.translateToString(true))
				.join('\n')
				.trimEnd();
		},
	};
}

test('the line is redrawn in place, below what is printed, and leaves nothing', async () => {
	const output = terminal();
	const line = new LiveLine(output);
	line.draw('raid:nas 1 s: Create /dev/md0', '10 %');
	line.print('✔ host 0.1 s');
	line.draw('raid:nas 2 s: Create /dev/md0', '20 %');
	expect(await output.text()).toBe('✔ host 0.1 s\nraid:nas 2 s: Create /dev/md0  20 %');
	line.print('✔ raid on nas 2.0 s');
	line.clear();
	expect(await output.text()).toBe('✔ host 0.1 s\n✔ raid on nas 2.0 s');
	line.print('end');
	expect(await output.text()).toBe('✔ host 0.1 s\n✔ raid on nas 2.0 s\nend');
});

test.each([20, 40, 80, 200])('it never wraps in %i columns', async columns => {
	const output = terminal(columns);
	const line = new LiveLine(output);
	line.draw(`raid:nas: ${'日本語 a long reason '.repeat(20)}`, '42 %  1:05 of about 2:40');
	const text = await output.text();
	expect(text.split('\n')).toHaveLength(1);
	expect(text).toContain('…');
	expect(text.includes('42 %')).toBe(columns >= 60);
});

test.each([
	[80, 30],
	[120, 25],
	[80, 79],
	[60, 100],
])('a terminal that goes from %i to %i columns keeps no rest of it', async (from, to) => {
	const output = terminal(from);
	const line = new LiveLine(output);
	line.print('first');
	line.draw('x'.repeat(300), '');
	await output.text();
	output.screen.resize(to, 24);
	line.draw('machines:nas', '3 %');
	line.print('second');
	line.clear();
	expect(await output.text()).toBe('first\nsecond');
});

test('a run shows what it does, where, since when and how far of what is estimated', async () => {
	vi.useFakeTimers({now: testTime, toFake: ['Date', 'setInterval', 'clearInterval', 'performance']});
	try {
		const output = terminal();
		const units = [
			{id: 'raid:nas', step: 'raid', needs: []},
			{id: 'nfs:nas', step: 'nfs', needs: ['raid:nas']},
		];
		const forecast = {
			units,
			history: {
				...noHistory,
				work: new Map([
					['raid:nas', 100],
					['nfs:nas', 60],
				]),
			},
			expected: new Map(),
			acceleration: 'tcg' as const,
		};
		const reporter = chapterReporter({
			output,
			language: 'en',
			color: false,
			unicode: true,
			units,
			forecast,
			started: testTime,
			isLive: true,
		});
		const label = {unit: 'raid:nas', step: 'raid', host: 'nas'};
		reporter.report(at(0, {type: 'step-started', ...label, title: 'The array'}));
		reporter.report(at(1, {type: 'task-started', ...label, task: 'Create /dev/md0', index: 0, command: 'mdadm'}));
		vi.advanceTimersByTime(40_000);
		expect(await output.text()).toBe('▶ raid:nas 40 s: Create /dev/md0  25 %  40 s of about 2:40');
		reporter.report(
			at(41, {type: 'waiting', ...label, task: 'Create /dev/md0', reason: 'resync 40 %', seconds: 1, limit: 60}),
		);
		vi.advanceTimersByTime(1000);
		expect(await output.text()).toMatch(/^▶ raid:nas 41 s: waiting: resync 40 % {2}25 % {2}41 s of about 2:40$/);
		reporter.report(at(100, {type: 'step-finished', ...label, status: 'changed', duration: 100}));
		await reporter.close!();
		expect(await output.text()).toBe('✚ raid on nas: 0 changes, 1 min 40 s');
		const {length} = output.written;
		vi.advanceTimersByTime(10_000);
		expect(output.written).toHaveLength(length);
	} finally {
		vi.useRealTimers();
	}
});
