import type {Cluster} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import type {ProbeRequest} from './result.ts';

/** An HTTP response. */
export interface Answer {
	readonly status: number;
	/** The header X-Served-By, which Apache adds to every response. */
	readonly servedBy?: string;
	/** Beginning of the body, at most `longestBody` bytes (request.ts). */
	readonly body: string;
	/** The response was longer than `longestAnswer` bytes and was not read to its end. */
	readonly isCut?: boolean;
}

/** Highest HTTP status of a right answer: the user's own pages may begin with a redirection (3xx). */
export function lastRightStatus({content}: Cluster): number {
	return content.kind === 'own' ? 399 : 200;
}

/** Verdict on one probe request. `server` is also set when a known server gave a wrong answer. */
export type Judgement = Pick<ProbeRequest, 'outcome' | 'server' | 'status'>;

/**
 * Returns a function that classifies an answer. A right answer names a known web server in X-Served-By and has a
 * status from 200 to `lastRightStatus`. The test page must also contain the server's address, which is missing when PHP fails
 * and Apache sends the page's source.
 */
export function answerClassifier(cluster: Cluster): (answer: Answer) => Judgement {
	const {content, webs} = cluster;
	const last = lastRightStatus(cluster);
	const sorry = asset('director/usr/local/share/cluster/sorry.html').trim();
	return ({status, servedBy, body, isCut = false}) => {
		const error = status >= 400 ? {status} : {};
		const server = webs.find(({name}) => name === servedBy);
		if (!server) {
			return servedBy === undefined && status === 503 && body.trim() === sorry
				? {outcome: 'sorry'}
				: {outcome: 'wrong-content', ...error};
		}

		const isRight =
			status >= 200 &&
			status <= last &&
			(content.kind === 'own' || (!isCut && body.includes(`Soy el servidor ${server.internal}<`)));
		return isRight
			? {outcome: 'answered', server: server.name}
			: {outcome: 'wrong-content', server: server.name, ...error};
	};
}
