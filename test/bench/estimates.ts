/**
 * How well the time left is estimated: for each recorded run what was said before it and at its half-time.
 *
 *   npm run bench:estimates
 */
import {estimatedRuns} from '../recorded/estimated-runs.ts';
import {halfTime, plannedSeconds} from '../recorded/recorded-run.ts';

const rows = estimatedRuns().map(({name, origin, run, earlier}) => {
	const {first, left, ofWhole, ofLeft} = halfTime(run, earlier);
	const planned = plannedSeconds(run, earlier);
	return [
		name,
		origin,
		`${run.seconds.toFixed(1)} s`,
		planned === undefined ? '–' : `${planned.toFixed(1)} s`,
		`${first.toFixed(1)} s`,
		`${(run.seconds / 2).toFixed(1)} s`,
		`${left.toFixed(1)} s`,
		`${(ofWhole * 100).toFixed(0)} %`,
		`${(ofLeft * 100).toFixed(0)} %`,
	];
});
const table = [
	[
		'run',
		'origin',
		'took',
		'planned',
		'estimated before',
		'left at half-time',
		'estimated then',
		'error of the whole',
		'of what was left',
	],
	...rows,
];
const widths = table[0]!.map((_, column) => Math.max(...table.map(row => row[column]!.length)));
for (const row of table) {
	console.log(
		row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '),
	);
}
