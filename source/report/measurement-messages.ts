import {phrase, type Text} from '../languages/text.ts';
import type {HeldConnection} from '../measure/result.ts';
import type {Prediction} from '../engine/prediction.ts';

/** Texts of the report's sections on tests and benchmarks. */
export const measurementMessages = {
	drills: {
		title: phrase('Tests'),
		about: phrase(
			'Each test does harm to the cluster on purpose, while a probe asks for the page at a steady rhythm, on a new connection each time, whatever became of the requests before. So it shows what clients would have seen.',
		),
		howToRead: phrase(
			'In the pictures time goes from left to right. The numbered lines are the phases of the test, what was done; a dashed line is where all that was expected of the phase held. The upper rows show which director had the floating address, then when each server answered; rows with ✖ are requests that were lost, with × where the test passed: it allows that many. Shaded is the time without any answer. Below is how long answers took.',
		),
		/** @param chapter the section and, after a comma, the test */
		thesis(chapter: string): Text {
			const [section = '', test] = chapter.split(', ');
			return phrase('thesis {section}{hasTest, select, true {, test {test}} other {}}', {
				section,
				hasTest: Boolean(test),
				test: test ?? '',
			});
		},
		ours: phrase('not in the thesis'),
		run: (index: number, count: number): Text => phrase('run {index} of {count}', {index, count}),
		notRestored: phrase('The cluster was not brought back to how it had been.'),
		voidProbe: (lateness: string): Text =>
			phrase(
				'The probe itself was late ({lateness} at the 95th percentile), so its figures say nothing of the cluster: the host had too much to do.',
				{lateness},
			),
		facts: {
			began: phrase('Began'),
			duration: phrase('Took'),
			requests: phrase('Requests'),
			requestsEvery: (count: string, interval: string, limit: string): Text =>
				phrase('{count}, one every {interval}, each {limit} at most', {count, interval, limit}),
			outcomes: phrase('What became of them'),
			lateness: phrase('Lateness of the probe (95th percentile)'),
		},
		timeline: phrase('Requests over time'),
		timelineAbout: (servers: string, marks: string, gap: string): Text =>
			phrase(
				'One row for each director (when the floating address was its), each server (when it answered) and each way of losing a request. {servers} {marks} {gap}',
				{servers, marks, gap},
			),
		answeredBy: (list: string): Text => (list ? phrase('Answers: {list}.', {list}) : phrase('Nobody answered.')),
		markAt: (list: string): Text => phrase('The numbered lines are the phases: {list}.', {list}),
		gapAt: (list: string): Text => (list ? phrase('Shaded: without an answer for {list}.', {list}) : phrase('No gap.')),
		gap: (duration: string): Text => phrase('gap {duration}', {duration}),
		lane: {director: phrase('VIP on'), lost: phrase('lost')},
		latency: phrase('latency, ms'),
		seconds: phrase('seconds since the probe began'),
		phases: phrase('Phases'),
		columns: {
			phase: phrase('Phase'),
			test: phrase('Test'),
			at: phrase('At'),
			settled: phrase('All well after'),
			sent: phrase('Sent'),
			lost: phrase('Lost'),
			measured: phrase('Measured'),
			predicted: phrase('Predicted, at most'),
			latency: phrase('Longest latency'),
			verdict: phrase('Verdict'),
			reason: phrase('Why'),
		},
		never: phrase('not in its time'),
		measured: (of: Prediction['of'], time: string, lost: string): Text =>
			({
				outage: phrase('{time} of outage', {time}),
				affected: phrase('some lost for {time}', {time}),
				none: phrase('{lost} lost', {lost, lost2: Number(lost)}),
			})[of],
		predicted: (of: Prediction['of'], time: string): Text =>
			({
				outage: phrase('{time} of outage', {time}),
				affected: phrase('some lost for {time}', {time}),
				none: phrase('none lost'),
			})[of],
		notOver: phrase('and not over'),
		parts: phrase('How the predictions add up'),
		times: (count: number): Text => (count === 1 ? phrase('1 run') : phrase('{count} runs', {count})),
		part: phrase('Part'),
		time: phrase('Time'),
		sum: phrase('Worst case'),
		who: phrase('Who answered'),
		held: phrase('Connections that were kept open'),
		heldRow: (
			kind: HeldConnection['kind'],
			survived: boolean,
			gap: string,
			{reason, isAllowed}: {readonly reason?: string; readonly isAllowed: boolean},
		): Text => {
			const connection = kind === 'download' ? phrase('the slow download') : phrase('the kept-alive connection');
			return survived
				? phrase('{connection} survived; its longest silence was {gap}', {connection, gap})
				: phrase(
						'{connection} did not survive{isAllowed, select, true {, which the test allows} other {}}{hasReason, select, true {: {reason}} other {}} (longest silence {gap})',
						{connection, isAllowed, hasReason: Boolean(reason), reason: reason ?? '', gap},
					);
		},
		phase: (index: number, title: string): Text => phrase('Phase {index}, {title}', {index, title}),
		repeated: phrase('Over all runs'),
		runs: phrase('Runs'),
		median: phrase('Median'),
		p95: phrase('95th percentile'),
		worst: phrase('Worst'),
	},
	conditions: {
		servers: phrase('Web servers'),
		pages: phrase('Pages'),
		content: {'test-page': phrase('the test page'), own: phrase("the user's own")},
		array: phrase('Array'),
		inForce: phrase('Settings then'),
		settings: (servers: string, token: string, monitor: string, interval: string, timeout: string): Text =>
			phrase(
				'{servers}; token {token}, resources every {monitor}, web servers every {interval}, {timeout} each at most',
				{servers, token, monitor, interval, timeout},
			),
		change: (name: string, then: string, now: string): Text => phrase('{name}: {then}, now {now}', {name, then, now}),
		changed: (changes: readonly string[]): Text =>
			phrase('The cluster has changed since this was measured. {changes}.', {changes: changes.join('. ')}),
		someChanged: (names: string): Text =>
			phrase('The cluster has changed since these were measured: {names}. Each says below what was in force then.', {
				names,
			}),
		unknown: phrase(
			'An earlier version of the program measured this and did not keep the settings in force then: they may not be those of the cluster now.',
		),
	},
	load: {
		title: phrase('Benchmarks'),
		none: phrase('No benchmark has been run: `cluster-wizard bench`.'),
		about: phrase(
			"The thesis's two benchmarks against 1, 2 … N servers in rotation, each several times, and against one server without a director.",
		),
		shared: (vcpus: number, cpus: number): Text =>
			phrase(
				'All machines and the load generator share this one host: {vcpus} virtual processors on {cpus} real ones. When those are all busy, one more server adds nothing but more switching between them, so the scaling below says little about servers that are computers of their own.',
				{vcpus, cpus},
			),
		busy: (share: string): Text =>
			phrase("The host's processors were {share} busy at the heaviest load: it was the host that was measured.", {
				share,
			}),
		command: (command: string, isScaled: boolean): Text =>
			isScaled
				? phrase('Run as `{command}`: not as much as in the thesis, so compare ratios.', {command})
				: phrase('Run as `{command}`, as in the thesis.', {command}),
		abChart: phrase("ab: time for all requests (the thesis's image 29)"),
		siegeChart: phrase("siege: requests served in its time (the thesis's image 32)"),
		chartAbout: phrase(
			"Left the thesis's figures, right ours, each with its own scale. Bars are medians; the thin line goes from the lowest to the highest run.",
		),
		speedup: phrase('How many times as fast as one server'),
		speedupAbout: phrase(
			'Median rate divided by that of one server. The dotted line is what it would be if each server added as much as the first.',
		),
		ideal: phrase('ideal'),
		thesis: phrase('thesis'),
		here: phrase('here'),
		perSecond: phrase('requests/s'),
		seconds: phrase('seconds'),
		requests: phrase('requests'),
		servers: (count: number): Text =>
			count === 0 ? phrase('direct') : count === 1 ? phrase('1 server') : phrase('{count} servers', {count}),
		active: phrase('active servers'),
		table: (tool: string): Text => phrase('Results of {tool}', {tool}),
		columns: {
			servers: phrase('Servers'),
			where: phrase('Measured'),
			runs: phrase('Runs'),
			requests: phrase('Requests'),
			time: phrase('Time'),
			rate: phrase('Requests/s'),
			reach: phrase('Lowest to highest'),
			failed: phrase('Failed'),
			median: phrase('Latency, median'),
			longest: phrase('Longest'),
		},
		ratio: (tool: string, ratio: string): Text =>
			phrase(
				'{tool}: through the director, one server gave {ratio} of what it gives when it is asked directly. The rest is the price of the director.',
				{tool, ratio},
			),
		cpu: (tool: string): Text => phrase('Processors used during {tool}', {tool}),
		cpuAbout: phrase(
			'How many processors each machine, and the host with all of them, used (median): 1 is one processor kept busy all the time.',
		),
		machine: phrase('Machine'),
		host: phrase('host'),
		thesisSays: phrase(
			'The thesis concludes from two points that each server makes the cluster noticeably faster. Its own figures disagree (ab +14 %, siege +89 %): the load generator and the director can be the limit as well, which is why their processors stand here beside the rates.',
		),
	},
} as const;
