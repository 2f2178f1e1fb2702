import {stripVTControlCharacters} from 'node:util';
import {expect, test} from 'vitest';
import {filterKey, findLine, highlighted, matcher, noFilter, type Filter} from '../../source/ui/state/filter.ts';
import {emptyField, fieldWith, applyKey} from '../../source/ui/state/text-field.ts';
import {builtBackend} from './built-backend.ts';
import {opened} from './opened.ts';
import {keys} from './screen.tsx';
import {midway} from './scenes.ts';

const typed = (text: string, isTyping = true): Filter => ({field: fieldWith(text), isTyping});

test.each<[what: string, before: Filter, input: string, key: object, after: Filter | undefined]>([
	['/ begins', noFilter, '/', {}, {field: emptyField, isTyping: true}],
	['/ begins anew', typed('raid', false), '/', {}, {field: emptyField, isTyping: true}],
	['a slash is text in it', typed('a'), '/', {}, typed('a/')],
	['a letter', typed('ra'), 'i', {}, typed('rai')],
	['a backspace', typed('ra'), '', {delete: true}, typed('r')],
	['Enter keeps it', typed('ra'), '', {return: true}, typed('ra', false)],
	['Enter on nothing ends it', typed(''), '', {return: true}, noFilter],
	['Esc while typing', typed('ra'), '', {escape: true}, noFilter],
	['Esc on one that is kept', typed('ra', false), '', {escape: true}, noFilter],
	["Esc without one is the screen's", noFilter, '', {escape: true}, undefined],
	["arrows are the list's", typed('ra'), '', {downArrow: true}, undefined],
	["other keys are the screen's", typed('ra', false), 'n', {}, undefined],
])('%s', (_, before, input, key, after) => {
	expect(filterKey(before, input, key)).toEqual(after);
});

test.each([
	['RAID', 'the raid array', true],
	['ñandú', 'ÑANDÚ', true],
	['a.c', 'abc', false],
	['(', 'f(x)', true],
	['[', 'x', false],
	['\\', 'a\\b', true],
	['-', 'a-b', true],
	['$', 'a', false],
	['', 'anything', true],
])('%j in %j: %s', (wanted, text, found) => {
	expect(matcher(wanted)(text)).toBe(found);
});

test.each([
	['x', 'no match', 'no match'],
	['ma', 'no MAtch, ma', 'no <MA>tch, <ma>'],
	['', 'as it is', 'as it is'],
	['lo wor', '\u001B[1mhello\u001B[22m world', '\u001B[1mhel<lo>\u001B[22m< wor>ld'],
	['ö', '\u001B[31mschön\u001B[39m', '\u001B[31msch<ö>n\u001B[39m'],
	['31', '\u001B[31mred\u001B[39m', '\u001B[31mred\u001B[39m'],
])('%j in %j', (wanted, line, marked) => {
	const shown = highlighted(line, wanted);
	expect(shown.replaceAll('\u001B[7m', '<').replaceAll('\u001B[27m', '>')).toBe(marked);
	expect(stripVTControlCharacters(shown)).toBe(stripVTControlCharacters(line));
});

test('lines are found from one on, in both directions', () => {
	const lines = ['one', 'two', 'Three', 'two'];
	const all = {start: 0, end: lines.length, at: (number: number) => lines[number]!};
	expect(findLine(all, 'TWO', 0, 1)).toBe(1);
	expect(findLine(all, 'two', 2, 1)).toBe(3);
	expect(findLine(all, 'two', 2, -1)).toBe(1);
	expect(findLine(all, 'four', 0, 1)).toBeUndefined();
});

test.each([
	[fieldWith('ab'), 'c', {}, {text: 'abc', cursor: 3}],
	[{text: 'ab', cursor: 0}, 'c', {}, {text: 'cab', cursor: 1}],
	[fieldWith('añ😀'), '', {backspace: true}, {text: 'añ', cursor: 2}],
	[fieldWith('ab'), '', {home: true}, {text: 'ab', cursor: 0}],
	[fieldWith('ab'), 'u', {ctrl: true}, {text: '', cursor: 0}],
	[fieldWith('ab'), 'w', {ctrl: true}, {text: 'ab', cursor: 2}],
	[fieldWith('ab'), 'two\nlines\u001B[31m\t.', {}, {text: 'abtwo lines .', cursor: 13}],
	[fieldWith('ab'), '', {leftArrow: true}, {text: 'ab', cursor: 1}],
])('%j and %j %j', (field, input, key, after) => {
	expect(applyKey(field, input, key)).toEqual(after);
});

test('the plan is searched: n and N go through the matches, which are counted and marked', async () => {
	const screen = await opened();
	screen.wizard.navigation.go('plan');
	await screen.settle();
	await screen.press('/', ...'MAKES');
	expect(screen.text()).toMatch(/^\/MAKES█ {2}\d+ lines$/m);
	expect(screen.raw()).toContain('\u001B[7mmakes\u001B[27m');
	await screen.press(keys.enter);
	const first = screen.text();
	await screen.press('n');
	expect(screen.text()).not.toBe(first);
	await screen.press('N');
	expect(screen.text()).toBe(first);
	// Enter kept the search, and did not accept the plan.
	expect(screen.backend.started).toEqual(['plan']);
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Plan');
	expect(screen.text()).not.toContain('MAKES');
});

test('what would be removed is filtered; the name can still be typed, and n is a letter of it', async () => {
	const screen = await opened({backend: builtBackend({name: 'nube'})});
	screen.wizard.navigation.go('removal');
	await screen.settle();
	await screen.press('/', ...'server', keys.enter);
	expect(screen.text()).toMatch(/^\/server {2}3 found$/m);
	expect(screen.text()).not.toContain('machine NFS');
	await screen.press(...'nube', keys.enter);
	expect(screen.backend.started).toEqual(['down --yes']);
});

test('output is searched as it is typed: the newest match, how many there are, and only the match is marked', async () => {
	const screen = await opened();
	await midway(screen);
	await screen.press('/', ...'Line 3');
	expect(screen.text()).toMatch(/\/Line 3█ {2}11 lines/);
	expect(screen.raw()).toContain('\u001B[7mline 3\u001B[27m');
	await screen.press(keys.enter);
	expect(screen.text()).toMatch(/n N next/);
	const newest = screen.text();
	await screen.press('n', 'N');
	expect(screen.text()).toBe(newest);
	await screen.press(keys.escape);
	expect(screen.text()).toContain('· Run');
	expect(screen.text()).not.toContain('/Line 3');
});
