import type {Cluster} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import type {ProbeRequest} from './result.ts';

/** A whole answer of HTTP. */
export interface Answer {
	readonly status: number;
	/** Its header X-Served-By, which Apache adds to whatever it says. */
	readonly servedBy?: string;
	/** Its beginning, where it is long. */
	readonly body: string;
	/** It is longer than any page of ours, and was not read to its end. */
	readonly isCut?: boolean;
}

/** The highest status of a right answer: the user's own pages may begin with a redirection. */
export function lastRightStatus({content}: Cluster): number {
	return content.kind === 'own' ? 399 : 200;
}

/** What a request of the probe came to. `server` is named as well where a known one gave a wrong answer. */
export type Judgement = Pick<ProbeRequest, 'outcome' | 'server' | 'status'>;

/**
 * Says of an answer whose it is. A web server's is right with its name in the header and status 200, or a redirection,
 * as the user's own pages may begin with one; the test page also says the server's address, which it does not when PHP
 * fails and Apache hands out the page's source.
 */
export function answerJudge(cluster: Cluster): (answer: Answer) => Judgement {
	const {content, webs} = cluster;
	const last = lastRightStatus(cluster);
	const sorry = asset('director/usr/local/share/cluster/sorry.html').trim();
	return ({status, servedBy, body, isCut = false}) => {
		const error = status >= 400 ? {status} : {};
		const server = webs.find(({name}) => name === servedBy);
		if (!server) {
			return servedBy === undefined && status === 503 && body.trim() === sorry ? {outcome: 'sorry'} : {outcome: 'wrong-content', ...error};
		}

		const isRight = status >= 200 && status <= last && (content.kind === 'own' || (!isCut && body.includes(`Soy el servidor ${server.internal}<`)));
		return isRight ? {outcome: 'answered', server: server.name} : {outcome: 'wrong-content', server: server.name, ...error};
	};
}
