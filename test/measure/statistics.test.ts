import {expect, test} from 'vitest';
import {distribution, median, quantile} from '../../source/measure/statistics.ts';

/** NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.6.2. */
const gauge = [
	95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.061, 95.1591, 95.1195, 95.1065, 95.0925, 95.199, 95.1682,
];

/** What R's quantile(), NumPy's percentile() and Python's statistics.quantiles(method='inclusive') give. */
test.each([
	[gauge, 0.9, 95.195_68],
	[gauge, 0.95, 95.197_295],
	[gauge, 0.5, 95.1579],
	[gauge, 0.05, 95.078_325],
	[[15, 20, 35, 40, 50], 0.05, 16],
	[[15, 20, 35, 40, 50], 0.4, 29],
	[[15, 20, 35, 40, 50], 0.95, 48],
	[[1, 2, 3, 4], 0.25, 1.75],
	[[1, 2, 3, 4], 0.99, 3.97],
	[[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.95, 9.55],
	[[3.5, 1.25], 0.75, 2.9375],
	[[7], 0.95, 7],
	[[2, 10, 1], 0, 1],
	[[2, 10, 1], 1, 10],
])('of %j the part %d lies below %d', (samples, part, expected) => {
	expect(quantile(samples, part)).toBeCloseTo(expected, 9);
});

test('without samples there is no number, and samples keep their order', () => {
	const samples = [3, 1, 2];
	expect(median(samples)).toBe(2);
	expect(samples).toEqual([3, 1, 2]);
	expect(quantile([], 0.5)).toBeNaN();
});

test('several runs are put together first: an average of their percentiles is another number', () => {
	const quick = Array.from({length: 95}, (_, index) => index + 1);
	const slow = [1000, 1001, 1002, 1003, 1004];
	const all = distribution(quick, slow);
	expect(all).toEqual({count: 100, best: 1, median: 50.5, p95: quantile([...quick, ...slow], 0.95), worst: 1004});
	expect(all.p95).toBeCloseTo(95 + 0.05 * (1000 - 95), 9);
	expect((quantile(quick, 0.95) + quantile(slow, 0.95)) / 2).toBeGreaterThan(all.p95 + 400);
});
