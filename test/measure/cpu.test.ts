import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {cpuBetween, parseCpu} from '../../source/measure/cpu.ts';

const names = new Map([
	['NFS', 'nas'],
	['MASTER', 'master'],
	['SERVER1', 'server1'],
]);
const text = readFileSync(new URL('fixtures/cpu.txt', import.meta.url), 'utf8');

test("the host's and each machine's own time, by the nodes' names", () => {
	expect(parseCpu(text, names)).toMatchInlineSnapshot(`
		{
		  "at": 13947.09,
		  "processors": 2,
		  "used": {
		    "host": 20339.23,
		    "master": 204.04,
		    "nas": 40.5,
		    "server1": 32.92,
		  },
		}
	`);
});

test('other machines of the host, and those that do not run, are left out', () => {
	expect(
		Object.keys(
			parseCpu(
				text,
				new Map([
					['MASTER', 'master'],
					['GONE', 'gone'],
				]),
			).used,
		),
	).toEqual(['host', 'master']);
});

test('without /proc/stat nothing is said', () => {
	expect(() => parseCpu('1.0 1.0\n100\n', names)).toThrow('/proc/stat');
});

test.each([
	[
		'half a processor',
		{at: 0, used: {host: 10, master: 5}},
		{at: 10, used: {host: 25, master: 10}},
		{host: 1.5, master: 0.5},
	],
	[
		'a machine that was started in between is not known',
		{at: 0, used: {host: 0}},
		{at: 1, used: {host: 1, master: 1}},
		{host: 1},
	],
	['one that was started anew counts from nothing', {at: 0, used: {master: 100}}, {at: 1, used: {master: 1}}, {}],
	['no time has passed', {at: 1, used: {host: 1}}, {at: 1, used: {host: 1}}, {}],
])('between two looks: %s', (_, before, after, expected) => {
	expect(cpuBetween({processors: 2, ...before}, {processors: 2, ...after})).toEqual(expected);
});
