import type {Language, Text} from '../languages/text.ts';
import type {DrillResult, LoadSeries, MeasuredOn, Measurements} from '../measure/result.ts';
import {documentMessages} from './document-messages.ts';
import {measurementMessages} from './measurement-messages.ts';
import {countInWords} from '../languages/quantity.ts';
import type {Block} from './document.ts';
import {formatFor} from './format.ts';
import {settingRows} from './setting-rows.ts';
import type {Report} from './report-data.ts';

const {cluster: clusterWords} = documentMessages;
const {conditions: words} = measurementMessages;

type Measured = Pick<DrillResult | LoadSeries, 'on'>;

/** The current conditions, in the form that is saved with measurements. */
function conditionsNow({cluster, program}: Report): MeasuredOn {
	const {acceleration, pace, external, guest, nodes, content, raid, settings} = cluster;
	return {
		version: program.version,
		acceleration,
		pace,
		place: external,
		guest,
		servers: nodes.filter(({role}) => role === 'web').length,
		content,
		raid,
		settings,
	};
}

/** Each condition in words, without the program's version, which is not a property of the cluster. */
function conditionRows(
	{acceleration, place, guest, servers, content, raid, settings}: MeasuredOn,
	language: Language,
): ReadonlyArray<readonly [name: string, value: string]> {
	const say = (text: Text) => text[language];
	return [
		[say(words.servers), say(countInWords.server(servers))],
		[say(clusterWords.acceleration), say(clusterWords.accelerations[acceleration])],
		[say(clusterWords.place), say(clusterWords.places[place])],
		[say(clusterWords.guest), `${guest.distribution === 'debian' ? 'Debian' : 'Ubuntu'} ${guest.release}`],
		[say(words.pages), say(words.content[content])],
		[say(words.array), say(clusterWords.raid(raid.level, raid.disks, raid.size))],
		...settingRows(settings, language),
	];
}

/** Conditions that have changed since a measurement, as sentences. */
export function changesSince({on}: Measured, report: Report, language: Language): string[] {
	if (!on) {
		return [];
	}

	const now = conditionRows(conditionsNow(report), language);
	return conditionRows(on, language).flatMap(([name, value], index) =>
		value === now[index]![1] ? [] : [words.change(name, value, now[index]![1])[language]],
	);
}

/** Notes on measurements: the cluster has changed since, or the conditions are unknown. */
export function changedConditionNotes(measured: readonly Measured[], report: Report, language: Language): Block[] {
	const changes = [...new Set(measured.flatMap(one => changesSince(one, report, language)))];
	return [
		...(changes.length > 0
			? [{kind: 'note' as const, tone: 'warning' as const, text: words.changed(changes)[language]}]
			: []),
		...(measured.some(({on}) => !on)
			? [{kind: 'note' as const, tone: 'plain' as const, text: words.unknown[language]}]
			: []),
	];
}

/** A note for the summary that lists the measurements made before the cluster was changed. */
export function changedConditionsSummary(report: Report, language: Language): Block[] {
	const {drills, load} = report.measurements;
	const hasChanged = (one: Measured) => changesSince(one, report, language).length > 0;
	const names = [
		...new Set([...drills.filter(hasChanged).map(({id}) => id), ...load.filter(hasChanged).map(({tool}) => tool)]),
	];
	return names.length === 0
		? []
		: [{kind: 'note', tone: 'warning', text: words.someChanged(formatFor(language).list(names))[language]}];
}

/** The settings in force for a test, in one line. */
export function settingsLine(
	{settings: {token, monitor, checkInterval, checkTimeout}, servers}: MeasuredOn,
	language: Language,
): string {
	const {time} = formatFor(language);
	return words.settings(
		countInWords.server(servers)[language],
		time(token),
		time(monitor * 1000),
		time(checkInterval * 1000),
		time(checkTimeout * 1000),
	)[language];
}

/**
 * Factor by which time limits were scaled if any measurement was made on emulated machines; undefined if none was.
 * Measurements without saved conditions count as made on the current cluster.
 */
export function emulationTimeoutScale({measurements, cluster}: Report): number | undefined {
	const all: readonly Measured[] = allOf(measurements);
	const known = all.length === 0 ? [cluster] : all.map(({on}) => on ?? cluster);
	return known.find(({acceleration}) => acceleration === 'tcg')?.pace;
}

function allOf({drills, load}: Measurements): readonly Measured[] {
	return [...drills, ...load];
}
