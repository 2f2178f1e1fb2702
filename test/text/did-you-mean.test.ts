import {expect, test} from 'vitest';
import {closestWord} from '../../source/text/did-you-mean.ts';

const commands = ['up', 'plan', 'exec', 'move', 'open', 'verify', 'status', 'report'];

test.each([
	['exce', 'exec'],
	['mvoe', 'move'],
	['verfiy', 'verify'],
	['stauts', 'status'],
	['pu', 'up'],
	['opne', 'open'],
	['reprot', 'report'],
])('suggests a command for two letters in the wrong order: %s', (typed, meant) => {
	expect(closestWord(typed, commands)).toBe(meant);
});

test('suggests nothing for a word that is unlike all commands', () => {
	expect(closestWord('xyzzy', commands)).toBeUndefined();
	expect(closestWord('ecxe', commands)).toBeUndefined();
});
