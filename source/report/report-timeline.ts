import type {Language, Text} from '../languages/text.ts';
import {measurementMessages} from './measurement-messages.ts';
import type {DrillResult, ProbeRecord} from '../measure/result.ts';
import {timelineOf, type Lane} from '../measure/timeline.ts';
import {textTimeline} from './charts/text-timeline.ts';
import {timelineChart, timelineResolution} from './charts/timeline-chart.ts';
import {lossesAllowed, timelineLabels} from './charts/timeline-labels.ts';
import type {Figure} from './document.ts';
import {formatFor} from './format.ts';

const {drills: words} = measurementMessages;

/** Columns of the text timeline. */
const columns = 96;

/** Number of intervals for which the latency is drawn; more could not be told apart. */
const stretches = 180;

/** The figure of a test: its requests over time. */
export function drillFigure(
	name: string,
	{title, phases}: DrillResult,
	probe: ProbeRecord,
	language: Language,
): Figure {
	const format = formatFor(language);
	const say = (text: Text) => text[language];
	const isAllowed = lossesAllowed(phases);
	const rowWords = timelineLabels(language, isAllowed);
	const exact = timelineOf(probe, phases);
	const ofKind = (kind: Lane['kind']) => exact.lanes.filter(lane => lane.kind === kind);
	const description = say(
		words.timelineAbout(
			say(words.answeredBy(format.list(ofKind('server').map(({name, count}) => `${name} ${format.number(count)}`)))),
			phases.length > 0
				? say(
						words.markAt(
							format.list(
								phases.map(({title, injected}, index) => `${index + 1} ${say(title)} (${format.time(injected)})`),
							),
						),
					)
				: '',
			say(words.gapAt(format.list(exact.gaps.map(({from, to}) => format.time(to - from))))),
		),
	);
	const figure = {id: `${name}-timeline`, title: `${say(words.timeline)}: ${say(title)}`, description};
	return {
		kind: 'figure',
		...figure,
		lines: textTimeline(exact, {columns, words: rowWords}).map(({text}) => text),
		svg: () =>
			timelineChart({
				...figure,
				areLossesAllowed: isAllowed,
				timeline: timelineOf(probe, phases, timelineResolution(exact.end)),
				latencies: latenciesOf(probe, exact.end),
				words: {
					...rowWords,
					number: value => format.number(value, 1),
					seconds: say(words.seconds),
					latency: say(words.latency),
				},
			}),
	};
}

/** The longest latency of answered requests per interval: its start, and the latency, both in milliseconds. */
function latenciesOf({requests}: ProbeRecord, end: number): Array<readonly [number, number | undefined]> {
	const longest: Array<number | undefined> = Array.from({length: stretches});
	for (const {at, latency, outcome} of requests) {
		const stretch = Math.min(stretches - 1, Math.floor((at / end) * stretches));
		if (outcome === 'answered' || outcome === 'sorry') {
			longest[stretch] = Math.max(longest[stretch] ?? 0, latency);
		}
	}

	// If the probe is slower than one request per interval, intervals without a request are left out.
	const asked = new Set(requests.map(({at}) => Math.min(stretches - 1, Math.floor((at / end) * stretches))));
	return longest.flatMap((latency, stretch) =>
		asked.has(stretch) ? [[(stretch / stretches) * end, latency] as const] : [],
	);
}
