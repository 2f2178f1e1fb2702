import {describe, expect, test} from 'vitest';
import {anyOf, regExp} from '../source/regexp.ts';

describe('a value stands for itself', () => {
	test.each([
		['eth0.1', 'eth0x1'],
		['br+0', 'brr0'],
		['a|b', 'a'],
		['(x)', 'x'],
		['[ab]', 'a'],
		['a{2}', 'aa'],
		['^a$', 'a'],
		['a*', 'aa'],
		['a?', ''],
		[String.raw`\d`, '7'],
		['/a/', 'a'],
		['$&', '&'],
	])('%s is not %s', (value, other) => {
		const found = regExp()`^${value}$`;
		expect(found.test(value)).toBe(true);
		expect(found.test(other)).toBe(false);
	});

	test.each(['-', ']', '^', String.raw`\\`])('%s inside a character class', value => {
		const found = regExp()`^[a${value}z]$`;
		expect(found.test(value.at(0)!)).toBe(true);
		expect(found.test('m')).toBe(false);
	});
});

test('the rest of the template keeps its meaning, numbers and flags included', () => {
	expect(regExp('gm')`^\s{0,${2}}${'x'}\s`).toEqual(/^\s{0,2}x\s/gm);
});

describe('any of several texts', () => {
	test.each([
		[['a', 'ab', 'a.b'], 'ab axb a.b', '* *xb *'],
		[[], 'ab', 'ab'],
		[['(', '+'], '(1+2)', '*1*2)'],
	])('%j in %s', (texts, text, expected) => {
		expect(text.replaceAll(anyOf(texts), '*')).toBe(expected);
	});
});
