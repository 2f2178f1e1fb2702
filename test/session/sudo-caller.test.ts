import {describe, expect, test} from 'vitest';
import {importCallerEnvironment, environmentOf, parseEnvironment} from '../../source/session/sudo-caller.ts';

describe('the environment of a process', () => {
	test.each([
		['nothing', '', {}],
		[
			'what is listed',
			'LANG=es_ES.UTF-8\0HOME=/home/ana\0http_proxy=http://ana:secret@proxy:3128/?a=b\0',
			{LANG: 'es_ES.UTF-8', http_proxy: 'http://ana:secret@proxy:3128/?a=b'},
		],
		[
			'what would change how root runs, or where it keeps its state',
			'PATH=/tmp\0LD_PRELOAD=x.so\0NODE_OPTIONS=--require=x\0XDG_STATE_HOME=/tmp\0XDG_CACHE_HOME=/tmp\0SUDO_UID=0\0HOME=/tmp\0',
			{},
		],
		['an empty value', 'NO_COLOR=\0', {NO_COLOR: ''}],
		['lines', 'TERM=a\nhttp_proxy=b\0', {TERM: 'a\nhttp_proxy=b'}],
		['no assignment', 'TERM\0=\0http_proxy', {}],
		['the last one counts', 'TERM=a\0TERM=b\0', {TERM: 'b'}],
	])('%s', (_, text, expected) => {
		expect(parseEnvironment(text)).toEqual(expected);
	});

	test('of a process that is not there: nothing', () => {
		expect(environmentOf(2 ** 22 + 1, process.getuid!())).toEqual({});
	});

	test('of a process of another user: nothing', () => {
		expect(environmentOf(process.pid, process.getuid!() + 1)).toEqual({});
	});
});

test.each([
	['no sudo', {CLUSTER_WIZARD_CALLER: String(process.pid)}],
	['no number', {CLUSTER_WIZARD_CALLER: '../self', SUDO_UID: '1000'}],
	['no caller', {SUDO_UID: '1000'}],
])('%s: the environment stays, and does not name a caller', (_, environment: NodeJS.ProcessEnv) => {
	const {CLUSTER_WIZARD_CALLER: caller, ...rest} = environment;
	importCallerEnvironment(environment);
	expect(environment, caller).toEqual(rest);
});
