import {createServer, type RequestListener} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {asset} from '../../../source/assets.ts';
import {judgePage} from '../../../source/measure/health/judge-page.ts';
import {askForPage} from '../../../source/measure/health/page.ts';
import {testCluster} from '../../cluster-fixture.ts';

const own = {kind: 'own', digest: 'd', archive: '/a', size: 1} as const;
const sorry = asset('director/usr/local/share/cluster/sorry.html');

/** Result of a look at a web server on 127.0.0.1. */
async function judged(listener: RequestListener, content?: typeof own) {
	const server = createServer(listener).listen(0, '127.0.0.1');
	onTestFinished(() => {
		server.close();
	});
	await new Promise(resolve => server.once('listening', resolve));
	const base = testCluster({}, {...(content && {content})});
	const cluster = {...base, vip: {...base.vip, external: '127.0.0.1'}};
	const page = await askForPage(cluster, {port: (server.address() as AddressInfo).port});
	return {page, troubles: judgePage(cluster, page).map(({text}) => text.en)};
}

/** Answers in turn as server1, server2 and server3. */
const inTurn = (
	answer: (index: number) => {status?: number; body?: string; headers?: Record<string, string>},
): RequestListener => {
	let count = 0;
	return (_, response) => {
		const index = count++ % 3;
		const {status = 200, body = `Soy el servidor 10.0.10.11${index}<br>`, headers = {}} = answer(index);
		response.writeHead(status, {'X-Served-By': `server${index + 1}`, ...headers}).end(body);
	};
};

test('the test page of every server', async () => {
	const {page, troubles} = await judged(inTurn(() => ({})));
	expect(troubles).toEqual([]);
	expect(page.answers.map(({status, server}) => `${status} ${server}`).toSorted()).toEqual([
		'200 server1',
		'200 server2',
		'200 server3',
	]);
});

test.each([
	[
		"the user's PHP answers 500 to everything",
		inTurn(() => ({status: 500, body: ''})),
		own,
		['the page answers 500 (server1, server2, server3)'],
	],
	[
		'one server answers 500',
		inTurn(index => (index === 1 ? {status: 500} : {})),
		own,
		['1 of 3 requests for the page fail: server2 answers 500'],
	],
	['a redirection', inTurn(() => ({status: 302, headers: {location: '/shop/'}})), own, []],
	[
		"a server's PHP is off",
		inTurn(() => ({body: '<?php echo $_SERVER'})),
		undefined,
		['the page shows something else than it should (server1, server2, server3)'],
	],
	[
		'the sorry page',
		(_, response) => response.writeHead(503).end(sorry),
		own,
		['visitors get the sorry page: no web server is available'],
	],
	[
		'a page of somebody else',
		(_, response) => response.end('It works!'),
		own,
		['the page shows something else than it should'],
	],
	[
		'connections are closed without an answer',
		(_, response) => response.destroy(),
		own,
		['the page does not answer: http://127.0.0.1/ (reset)'],
	],
] satisfies Array<[string, RequestListener, typeof own | undefined, string[]]>)(
	'%s',
	async (_, listener, content, expected) => {
		expect((await judged(listener as RequestListener, content)).troubles).toEqual(expected);
	},
);
