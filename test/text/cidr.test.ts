import {describe, expect, it} from 'vitest';
import {
	contains,
	formatAddress,
	isHostOf,
	networkOf,
	overlap,
	parseAddress,
	parseCidr,
} from '../../source/text/cidr.ts';

describe('parseAddress', () => {
	it.each(['0.0.0.0', '10.0.10.1', '192.168.1.255', '255.255.255.255'])('reads %s and writes it back', text => {
		expect(formatAddress(parseAddress(text)!)).toBe(text);
	});

	it.each(['', '10.0.10', '10.0.10.256', '010.0.0.1', '10.0.10.1.1', '10.0.10.1 ', 'a.b.c.d', '::1', '-1.0.0.0'])(
		'refuses %j',
		text => {
			expect(parseAddress(text)).toBeUndefined();
		},
	);
});

describe('parseCidr', () => {
	it.each([
		['10.0.10.0/24', {base: 0x0a_00_0a_00, prefix: 24, size: 256}],
		['192.168.0.0/16', {base: 0xc0_a8_00_00, prefix: 16, size: 65_536}],
		['10.0.10.4/30', {base: 0x0a_00_0a_04, prefix: 30, size: 4}],
		['0.0.0.0/0', {base: 0, prefix: 0, size: 2 ** 32}],
	])('%s', (text, expected) => {
		expect(parseCidr(text)).toEqual(expected);
	});

	it.each(['10.0.10.1/24', '10.0.10.0', '10.0.10.0/33', '10.0.10.0/24/1', '10.0.10.0/', '/24', '10.0.10.0/x'])(
		'refuses %j',
		text => {
			expect(parseCidr(text)).toBeUndefined();
		},
	);
});

describe('networks', () => {
	it.each([
		['192.168.1.77', 24, '192.168.1.0/24'],
		['10.255.255.255', 8, '10.0.0.0/8'],
		['10.0.10.6', 30, '10.0.10.4/30'],
	])('%s with %i bits is in %s', (address, prefix, network) => {
		expect(networkOf(address, prefix)).toBe(network);
	});

	it.each([
		['10.0.0.0/16', '10.0.10.0/24', true],
		['10.0.10.0/24', '10.0.0.0/16', true],
		['10.0.10.0/24', '10.0.10.0/24', true],
		['10.0.10.0/24', '10.0.11.0/24', false],
		['10.0.10.0/25', '10.0.10.128/25', false],
	])('%s and %s overlap: %s', (one, other, expected) => {
		expect(overlap(parseCidr(one)!, parseCidr(other)!)).toBe(expected);
	});

	it.each([
		['10.0.10.0', true, false],
		['10.0.10.1', true, true],
		['10.0.10.254', true, true],
		['10.0.10.255', true, false],
		['10.0.11.1', false, false],
	])('%s in 10.0.10.0/24: inside %s, for a machine %s', (text, isInside, isForMachine) => {
		const network = parseCidr('10.0.10.0/24')!;
		expect([contains(network, parseAddress(text)!), isHostOf(network, parseAddress(text)!)]).toEqual([
			isInside,
			isForMachine,
		]);
	});
});
