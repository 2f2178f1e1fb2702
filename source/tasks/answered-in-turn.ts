import {pagePath} from '../cluster/page-path.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import type {Text} from '../languages/text.ts';

/** Number of requests that each server must answer. */
export const requestsEach = 4;

/**
 * Checks from the host that the web servers answer requests to an external address in turn (round robin). Servers are told
 * apart by the address on the test page, as in the thesis, or by the header X-Served-By if the pages are the user's own.
 * @param errors `count`: an error of the pages (5xx) also proves that requests reach the server
 * @param spread `any`: each server must answer, but in no fixed order, because other clients send requests as well
 */
export function answeredInTurn(
	cluster: Cluster,
	address: string,
	title: Text,
	within: number,
	{spread = 'even', errors = 'fail'}: {spread?: 'even' | 'any'; errors?: 'fail' | 'count'} = {},
): Task {
	const {content, directors, webs} = cluster;
	const own = content.kind === 'own';
	const url = `http://${address}${pagePath(cluster)}`;
	const servers = webs.map(({name, internal}) => (own ? name : internal));
	const check = sh`sh -c ${asset('host/requests.sh')} requests.sh ${url} ${requestsEach * webs.length} ${own ? 'X-Served-By: ' : 'Soy el servidor '} ${spread} ${errors} ${servers}`;
	return {...expect(title, check, {timeout: within}), uses: [...directors, ...webs].map(({name}) => name)};
}
