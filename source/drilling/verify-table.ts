import type {Language} from '../languages/text.ts';
import {measured} from '../measure/judge-phase.ts';
import type {DrillResult, PhaseResult} from '../measure/result.ts';
import {distribution} from '../measure/statistics.ts';
import {verifyMessages as messages} from '../measure/verify-messages.ts';
import {wrapLine, type Columns} from '../text/wrap.ts';
import {plainTable} from '../session/plain-table.ts';

/** Formats one row per event, and the distribution of repeated runs; wraps reasons to the terminal's width. */
export function verifyText(results: readonly DrillResult[], language: Language, terminal: Columns = {}): string {
	const {columns, of, verdict} = messages;
	const rows = results.flatMap(result => {
		const phases = result.phases.length > 0 ? result.phases : [undefined];
		return phases.map((phase, index) => [
			index === 0 ? result.id : '',
			phase?.title[language] ?? result.title[language],
			phase?.prediction
				? `${of[phase.prediction.of][language]}${phase.prediction.of === 'none' ? '' : ` ${seconds(phase.prediction.seconds)}`}`
				: '-',
			phase?.effect && phase.prediction && phase.prediction.of !== 'none'
				? seconds(measured(phase.effect, phase.prediction))
				: '-',
			phase?.effect ? `${phase.effect.lost}/${phase.effect.sent}` : '-',
			verdict[phase?.verdict ?? result.verdict][language],
		]);
	});
	const reasons = results
		.filter(({reason}) => reason !== undefined)
		.map(({id, reason}) => wrapLine(`  ${id}: ${reason}`, terminal));
	return [
		plainTable(
			[columns.test, columns.event, columns.predicted, columns.measured, columns.lost, columns.verdict].map(
				text => text[language],
			),
			rows,
		),
		...held(results, language),
		...distributions(results, language),
		...(reasons.length > 0 ? ['', ...reasons] : []),
	].join('\n');
}

function held(results: readonly DrillResult[], language: Language): string[] {
	const rows = results.flatMap(({id, phases}) =>
		phases.flatMap((phase, index) =>
			(phase.held ?? []).map(({kind, survived, longestGap, reason}) => [
				`${id}.${index + 1}`,
				messages.held[kind][language],
				(survived ? messages.survived(longestGap) : messages.broke(reason ?? '', phase.verdict === 'passed'))[language],
			]),
		),
	);
	return rows.length > 0 ? ['', plainTable(['', '', ''], rows)] : [];
}

function distributions(results: readonly DrillResult[], language: Language): string[] {
	const {columns} = messages;
	const measuredPhases = results.flatMap(({id, phases}) =>
		phases.flatMap((phase, index) => {
			const value = valueOf(phase);
			return value === undefined ? [] : [{key: `${id}.${index + 1}`, value}];
		}),
	);
	const rows = [...new Set(measuredPhases.map(({key}) => key))].flatMap(key => {
		const values = measuredPhases.filter(phase => phase.key === key).map(({value}) => value);
		if (values.length < 2) {
			return [];
		}

		const {count, median, p95, worst} = distribution(values);
		return [[key, String(count), seconds(median), seconds(p95), seconds(worst)]];
	});
	return rows.length > 0
		? [
				'',
				plainTable(
					[columns.test, columns.runs, columns.median, columns.p95, columns.worst].map(text => text[language]),
					rows,
				),
			]
		: [];
}

function valueOf({effect, prediction}: PhaseResult): number | undefined {
	return effect && prediction && prediction.of !== 'none' ? measured(effect, prediction) : undefined;
}

function seconds(value: number): string {
	return `${value.toFixed(1)} s`;
}
