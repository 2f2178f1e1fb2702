import {outcomeWords} from '../measure/messages.ts';
import {countInDigits} from '../languages/quantity.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Texts of `probe`. */
export const probeMessages = {
	outcomes: outcomeWords,
	began: (url: string, interval: number, limit: number): Text =>
		phrase('One request to {url} every {interval} ms, each given {limit} ms. Ctrl-C ends it.', {url, interval, limit}),
	kinds: {
		'keep-alive': phrase('the connection that is kept alive'),
		download: phrase('the slow download'),
	},
	closed: (kind: string): Text => phrase('The server ended {kind}, in order.', {kind}),
	lostConnection: (kind: string, reason: string): Text => phrase('Lost {kind}: {reason}.', {kind, reason}),
	summary: (sent: number, lost: number): Text =>
		phrase('{requests}, {lost} lost', {requests: countInDigits.request(sent), lost}),
	outage: (milliseconds: number, lost: number, isOver: boolean): Text =>
		phrase('Longest outage: {seconds} s, {requests} lost in it{isOver, select, true {} other {; it still lasts}}', {
			seconds: (milliseconds / 1000).toFixed(2),
			requests: countInDigits.request(lost),
			isOver,
			lost,
		}),
	/** Latencies in milliseconds. */
	latency: ([median, p95, worst]: readonly [median: number, p95: number, worst: number]): Text =>
		phrase('Answers took {median} ms (median), {p95} ms (95th percentile), {worst} ms (longest)', {
			median: median.toFixed(1),
			p95: p95.toFixed(1),
			worst: worst.toFixed(1),
		}),
	servers: phrase('Answers by server'),
	directors: phrase('Answers by director'),
	lateness: (milliseconds: number): Text =>
		phrase('The probe itself was up to {milliseconds} ms late (95th percentile).', {
			milliseconds: milliseconds.toFixed(1),
		}),
	isVoid: phrase('That is more than one interval, or nothing was sent: these figures say nothing of the cluster.'),
	notAnswered: (count: number): Text =>
		phrase('{requests} did not get the page from a web server: exit code 4.', {
			requests: countInDigits.request(count),
			count,
		}),
	notNumber: (option: string, value: string, least: number, most: number): Text =>
		phrase('{option} must be a number from {least} to {most}, not "{value}".', {option, least, most, value}),
	notPath: (value: string): Text => phrase('--download must be a path that begins with /, not "{value}".', {value}),
};
