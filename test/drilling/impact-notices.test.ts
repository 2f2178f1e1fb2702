import {expect, test} from 'vitest';
import {usualSeconds} from '../../source/drilling/bench-request.ts';
import {drillOverview, applicableDrills} from '../../source/drilling/drill-overview.ts';
import {drillNotices, loadNotices} from '../../source/drilling/impact-notices.ts';
import {testCluster} from '../cluster-fixture.ts';

const overviews = (answers = {}) => {
	const cluster = testCluster(answers);
	return applicableDrills(cluster).map(drill => drillOverview(drill, cluster));
};

test('each test that breaks something is named, with the longest that clients notice', () => {
	const drills = overviews();
	const lines = drillNotices(drills, 'en');
	expect(lines).toHaveLength(drills.length);
	expect(lines[0]).toContain('on purpose');
	expect(lines.some(line => line.startsWith('  1:'))).toBe(false);
	for (const {id, phases} of drills.filter(({isHarmful}) => isHarmful)) {
		const line = lines.find(line => line.startsWith(`  ${id}: `))!;
		const longest = Math.max(0, ...phases.map(({prediction}) => prediction?.seconds ?? 0));
		expect(line).toMatch(longest === 0 ? /\(nothing\)$/ : /for up to [\d.,]+ s/);
		expect(line).toContain(
			longest === 0 ? 'nothing' : new Intl.NumberFormat('en', {maximumFractionDigits: 1}).format(longest),
		);
	}
});

test('the seconds are those of the cluster at hand', () => {
	const seconds = (answers: object) =>
		drillNotices(
			overviews(answers).filter(({id}) => id === '2-crash'),
			'en',
		)[1];
	expect(seconds({})).toContain('8.5 s');
	expect(seconds({ha: {token: 10_000}})).not.toContain('8.5 s');
});

test('what breaks nothing is not asked about', () => {
	expect(
		drillNotices(
			overviews().filter(({isHarmful}) => !isHarmful),
			'en',
		),
	).toEqual([]);
});

test('the benchmarks say how long they load the cluster at least', () => {
	expect(loadNotices(usualSeconds('kvm', 3), 'en')[0]).toContain('at least 4 min');
	expect(loadNotices(usualSeconds('tcg', 3), 'es')[0]).toContain('al menos 1 min');
});
