import {pagePath} from '../cluster/page-path.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import type {Text} from '../languages/text.ts';

/** How many requests each server is to answer. */
export const requestsEach = 4;

/**
 * Requests to an address of the external network are answered by every web server in turn; asked from the host.
 * The test page says the server's address, as in the thesis; with pages of the user's own, Apache's header says its name.
 * @param errors `count` where an error of the pages (5xx) shows as well as any answer that requests reach the server
 * @param spread `any` where others send requests meanwhile, so that turns cannot be counted: each server answers, and nobody else
 */
export function answeredInTurn(cluster: Cluster, address: string, title: Text, within: number, {spread = 'even', errors = 'fail'}: {spread?: 'even' | 'any'; errors?: 'fail' | 'count'} = {}): Task {
	const {content, directors, webs} = cluster;
	const own = content.kind === 'own';
	const url = `http://${address}${pagePath(cluster)}`;
	const servers = webs.map(({name, internal}) => own ? name : internal);
	const check = sh`sh -c ${asset('host/requests.sh')} requests.sh ${url} ${requestsEach * webs.length} ${own ? 'X-Served-By: ' : 'Soy el servidor '} ${spread} ${errors} ${servers}`;
	return {...expect(title, check, {within}), uses: [...directors, ...webs].map(({name}) => name)};
}
