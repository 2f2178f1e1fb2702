import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {loadLines, scalingLines, timelineLines, type ChartSize} from '../../source/ui/components/charts.ts';
import {toAscii, withoutColor} from '../../source/ui/plain-terminal.ts';
import {testCluster} from '../cluster-fixture.ts';
import {testMeasurements} from '../report/measurements-fixture.ts';
import {longNames} from '../report/report-fixture.ts';

const {drills, load} = testMeasurements(testCluster());
const long = testMeasurements(testCluster(longNames));
const drill = (id: string, of = drills) => of.find(one => one.id === id)!;
const timeline = (id: string, room: ChartSize, of = drills) =>
	timelineLines(drill(id, of).probe!, drill(id, of).phases, room);
const plain = (lines: readonly string[]) => lines.map(line => stripVTControlCharacters(line));

test('a crash: who had the VIP, who answered, how requests were lost, the gap, what was done', () => {
	expect(plain(timeline('2-crash', {columns: 80, height: 20, language: 'en'})).join('\n')).toMatchSnapshot();
});

test('without Unicode and without colours it says the same', () => {
	const lines = timeline('2-crash', {columns: 80, height: 20, language: 'es'});
	const ascii = lines.map(line => toAscii(withoutColor(line)));
	expect(ascii.map(line => stripVTControlCharacters(line)).join('\n')).toMatchSnapshot();
	expect(ascii.join('')).not.toMatch(/[^\u0000-\u007F]|\?/);
	// Each kind of row has a sign of its own there, too.
	const signs = (label: RegExp) =>
		new Set(
			plain(ascii)
				.find(line => label.test(line))!
				.replace(label, '')
				.replaceAll(/[ |.]/g, ''),
		);
	expect([...signs(/^VIP en master/), ...signs(/^server1/), ...signs(/^x sin respuesta/)]).toEqual(['=', '#', 'x']);
});

const rooms = [
	[20, 5],
	[40, 8],
	[79, 23],
	[118, 39],
	[200, 60],
	[9, 3],
	[0, 0],
] as const;
const charts: Array<[string, (room: ChartSize) => string[]]> = [
	...['1', '2-crash', '3', 'nfs', 'all-servers', 'split'].flatMap(
		(id): Array<[string, (room: ChartSize) => string[]]> => [
			[`timeline ${id}`, room => timeline(id, room)],
			[`timeline ${id}, long names`, room => timeline(id, room, long.drills)],
		],
	),
	['bars ab', room => loadLines(load, 'ab', room)],
	['bars siege', room => loadLines(load, 'siege', room)],
	['line ab', room => scalingLines(load, 'ab', room)],
];

describe.each(charts)('%s', (_, draw) => {
	test.each(rooms)('fits %i×%i in both languages', (columns, height) => {
		for (const language of ['en', 'es'] as const) {
			const lines = plain(draw({columns, height, language}));
			expect(lines.length).toBeLessThanOrEqual(height);
			expect(Math.max(0, ...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(columns);
			expect(lines.map(line => toAscii(line)).join('')).not.toMatch(/[^\u0000-\u007F]/);
		}
	});

	test('there is something in 79×23', () => {
		expect(draw({columns: 79, height: 23, language: 'en'}).length).toBeGreaterThan(4);
	});
});

test('where rows are few, those of the servers and of what was lost stay', () => {
	expect(
		plain(timeline('2-crash', {columns: 60, height: 5, language: 'en'})).map(line => line.slice(0, 11).trim()),
	).toEqual(['server1', 'server2', 'server3', '× refused', '× no answer']);
});

test("bars say their values, ours and the thesis's, and how they are spread", () => {
	const lines = plain(loadLines(load, 'ab', {columns: 90, height: 20, language: 'en'}));
	expect(lines).toHaveLength(7);
	const [, direct, one, , , thesis] = lines;
	expect(direct).toMatch(/^direct, here +█+░* 6,800 \(6,596–7,208\)$/);
	expect(one).toMatch(/^1 server, here +█+░* 5,200 \(/);
	expect(thesis).toMatch(/^1 server, thesis +█+ 5,516$/);
	const length = (line: string) => line.replaceAll(/[^█]/g, '').length;
	expect(length(direct!) / length(one!)).toBeCloseTo(6800 / 5200, 1);
});

test('lost requests of a test that failed are faults', () => {
	const {probe, phases} = drill('2-crash');
	const failed = phases.map((phase, index) => (index === 0 ? {...phase, verdict: 'failed' as const} : phase));
	expect(timelineLines(probe!, failed, {columns: 60, height: 5, language: 'en'}).at(-1)).toMatch(
		/^\u001B\[31m✖ no answer/,
	);
	expect(timelineLines(probe!, phases, {columns: 60, height: 5, language: 'en'}).at(-1)).toMatch(
		/^\u001B\[33m× no answer/,
	);
});

test('one number of servers is no line', () => {
	expect(
		scalingLines(
			load.filter(({servers}) => servers === 1),
			'ab',
			{columns: 60, height: 12, language: 'en'},
		),
	).toEqual([]);
});

test('an event that has only begun is drawn', () => {
	const {requests, interval} = drill('2-crash').probe!;
	expect(
		timelineLines({requests: requests.slice(0, 3), interval}, [], {columns: 60, height: 10, language: 'en'}).length,
	).toBeGreaterThan(3);
	expect(timelineLines({requests: [], interval}, [], {columns: 60, height: 10, language: 'en'})).toEqual([]);
});
