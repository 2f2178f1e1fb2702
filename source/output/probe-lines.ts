import {styleText} from 'node:util';
import type {Language, Text} from '../languages/text.ts';
import {clientImpact, isLost} from '../measure/client-impact.ts';
import type {Observer} from '../measure/observe.ts';
import type {ProbeRecord} from '../measure/result.ts';
import {distribution} from '../measure/statistics.ts';
import {probeMessages} from './probe-messages.ts';

/** An observer that also writes a summary at the end. */
export interface ProbeReporter extends Observer {
	ended(record: ProbeRecord): void;
}

/** Writes one JSON object per line: `began`, then `request` and `held` as they happen, at the end `summary`. */
export function probeJson(output: NodeJS.WritableStream): ProbeReporter {
	const print = (type: string, more: object) => {
		output.write(`${JSON.stringify({type, ...more})}\n`);
	};

	return {
		began({began, origin, interval, limit}) {
			print('began', {began, origin, interval, limit});
		},
		request(request) {
			print('request', request);
		},
		held(event) {
			print('held', event);
		},
		ended({requests, isVoid, lateness}) {
			print('summary', {...clientImpact(requests), isVoid, lateness});
		},
	};
}

/** Writes one line for each request, and a summary at the end. */
export function probeText(
	output: NodeJS.WritableStream,
	{url, language, color}: {url: string; language: Language; color: boolean},
): ProbeReporter {
	const say = (text: Text) => text[language];
	const print = (text: string) => {
		output.write(`${text}\n`);
	};

	const width = Math.max(...Object.values(probeMessages.outcomes).map(text => say(text).length));
	const counts = (title: Text, of: Readonly<Record<string, number>>) => {
		if (Object.keys(of).length > 0) {
			print(
				`${say(title)}: ${Object.entries(of)
					.sort(([one], [other]) => one.localeCompare(other, 'en', {numeric: true}))
					.map(([name, count]) => `${name} ${count}`)
					.join(', ')}`,
			);
		}
	};

	let start = 0;
	return {
		began({began, interval, limit}) {
			start = Date.parse(began);
			print(say(probeMessages.began(url, interval, limit)));
		},
		request(request) {
			const {at, late, latency, outcome, status, server = '-', director = '-'} = request;
			const outcomeText = (status === undefined ? say(probeMessages.outcomes[outcome]) : `HTTP ${status}`).padEnd(
				width,
			);
			const line = `${clock(start + at + late)}  ${latency.toFixed(1).padStart(7)} ms  ${outcomeText}  ${server}  ${director}`;
			print(color && isLost(request) ? styleText('red', line) : line);
		},
		held({kind, event, reason}) {
			if (event !== 'progress') {
				const connection = say(probeMessages.kinds[kind]);
				print(
					say(
						event === 'closed'
							? probeMessages.closed(connection)
							: probeMessages.lostConnection(connection, say(probeMessages.outcomes[reason!])),
					),
				);
			}
		},
		ended({requests, lateness, isVoid}) {
			const {sent, lost, outage, servers, directors} = clientImpact(requests);
			print(`\n${say(probeMessages.summary(sent, lost))}`);
			if (outage) {
				print(say(probeMessages.outage(outage.duration, outage.lost, outage.to !== undefined)));
			}

			const {count, median, p95, worst} = distribution(
				requests.filter(request => !isLost(request)).map(({latency}) => latency),
			);
			if (count > 0) {
				print(say(probeMessages.latency([median, p95, worst])));
			}

			counts(probeMessages.servers, servers);
			counts(probeMessages.directors, directors);
			print(say(probeMessages.lateness(lateness)));
			if (isVoid) {
				print(say(probeMessages.isVoid));
			}

			const wrong = requests.filter(({outcome}) => outcome !== 'answered').length;
			if (wrong > 0) {
				print(say(probeMessages.notAnswered(wrong)));
			}
		},
	};
}

/** `20:41:03.250` */
function clock(milliseconds: number): string {
	const date = new Date(milliseconds);
	return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
