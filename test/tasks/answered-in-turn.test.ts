import {expect, test} from 'vitest';
import {answeredInTurn} from '../../source/tasks/answered-in-turn.ts';
import {lvsProof} from '../../steps/lvs-proof.ts';
import {verification} from '../../steps/verification.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {runWith} from '../steps/check.ts';

const title = both('a');
const cluster = testCluster({web: {count: 2}});
const check = (
	content: typeof cluster.content = {kind: 'test-page'},
	more: Parameters<typeof answeredInTurn>[4] = {},
) => answeredInTurn({...cluster, content}, '192.168.1.200', title, 10, more).check;

/** A server of pages that takes its turns from a counter in a file. */
const curl = (turns: readonly string[], answer: string) => `
	count=$(cat "$0.count" 2>/dev/null || echo 0); echo $((count + 1)) > "$0.count"
	set -- ${turns.join(' ')}; shift $((count % $#)); server=$1
	[ "$server" != refused ] || { echo 'curl: (7) Connection refused'; exit 7; }
	printf ${answer} "$server"
`;
const page = String.raw`'HTTP/1.1 200 OK\r\n\r\n<br>Soy el servidor %s<br></body>\n'`;
const header = String.raw`'HTTP/1.1 200 OK\r\nX-Served-By: %s\r\n\r\nhello\n'`;

test.each([
	['in turn', ['10.0.10.110', '10.0.10.111'], 0, '10.0.10.110: 4\n10.0.10.111: 4'],
	['one server only', ['10.0.10.110'], 1, '10.0.10.110: 8\n10.0.10.111: 0'],
	['unevenly', ['10.0.10.110', '10.0.10.110', '10.0.10.111', '10.0.10.110'], 1, '10.0.10.110: 6\n10.0.10.111: 2'],
	[
		'somebody else',
		['10.0.10.110', '10.0.10.111', '10.0.10.1', '10.0.10.11'],
		1,
		'10.0.10.1: 2, which is not one of them',
	],
	['refused', ['refused'], 1, 'Connection refused'],
])('the test page, %s', (_, turns, code, said) => {
	const result = runWith(check(), {programs: {curl: curl(turns, page)}});
	expect(result.output).toContain(said);
	expect(result.code).toBe(code);
});

test("pages of the user's own say by a header who served them", () => {
	const own = {kind: 'own', archive: '', digest: '', size: 0} as const;
	const broken = header.replace('200 OK', '500 Internal Server Error');
	expect(runWith(check(own), {programs: {curl: curl(['server1', 'server2'], broken)}})).toEqual({
		code: 1,
		output: 'http://192.168.1.200/: server1 answers HTTP/1.1 500 Internal Server Error',
	});
	expect(runWith(check(own, {errors: 'count'}), {programs: {curl: curl(['server1', 'server2'], broken)}})).toEqual({
		code: 0,
		output: 'server1: 4\nserver2: 4',
	});
	expect(runWith(check(own, {errors: 'count'}), {programs: {curl: curl(['server1'], broken)}})).toMatchObject({
		code: 1,
	});
	expect(
		runWith(check(own), {programs: {curl: curl(['server1', 'server2'], header.replace('200 OK', '403 Forbidden'))}}),
	).toMatchObject({code: 0});
	expect(runWith(check(own), {programs: {curl: curl(['server1', 'server2'], header)}})).toEqual({
		code: 0,
		output: 'server1: 4\nserver2: 4',
	});
	expect(runWith(check(own), {programs: {curl: curl(['server1', 'server2'], page)}}).output).toContain(
		"no 'X-Served-By: ' in the answer",
	);
});

test('pages that answer 500 fail the last chapter, with advice, and do not keep the cluster from being built', () => {
	const own = {...cluster, content: {kind: 'own', archive: '', digest: '', size: 0} as const};
	const broken = {
		programs: {curl: curl(['server1', 'server2'], header.replace('200 OK', '500 Internal Server Error'))},
	};
	const [proof] = lvsProof.tasks(own, {});
	const [last] = verification.tasks(own, {});
	expect(runWith(proof!.check, broken).code).toBe(0);
	expect(runWith(last!.check, broken).code).toBe(1);
	expect(last!.advice!.en).toContain('the cluster is built and the fault is in your pages');
	expect(verification.tasks(cluster, {})[0]!.advice).toBeUndefined();
});
