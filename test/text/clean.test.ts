import {describe, expect, it, test} from 'vitest';
import {cleanLine, cleanText, messageOf, shortened} from '../../source/text/clean.ts';
import {cleanData} from '../../source/text/data.ts';
import {jsonIn, parseJson} from '../../source/text/json.ts';
import {FirstLines, LastLines} from '../../source/text/bounded-lines.ts';
import {runProgram} from '../../source/text/run-program.ts';
import {parseXml} from '../../source/text/xml.ts';

const escape = '\u001B';

describe('cleanText', () => {
	it.each([
		['colours', `${escape}[1;31mred${escape}[0m and ${escape}[38;2;1;2;3mmore`, 'red and more'],
		['cursor movements', `a${escape}[2K${escape}[1A${escape}[?25lb`, 'ab'],
		['a CSI that is cut off', `a${escape}[31`, 'a'],
		['an OSC that writes the clipboard', `a${escape}]52;c;ZXZpbA==\u0007b`, 'a\uFFFDb'],
		['an OSC that ends with ST', `a${escape}]0;title${escape}\\b`, 'a\uFFFDb'],
		['an OSC without an end', `a${escape}]52;c;ZXZpbA==`, 'a\uFFFD'],
		['an OSC without an end in lines', `a${escape}]52;c;ZXZpbA==\nb`, 'a\uFFFD\nb'],
		['a hyperlink', `${escape}]8;;http://evil.example${escape}\\text${escape}]8;;${escape}\\`, '\uFFFDtext\uFFFD'],
		[
			'DCS, APC, PM and SOS',
			`a${escape}P1$r${escape}\\b${escape}_x${escape}\\c${escape}^x${escape}\\d${escape}Xx${escape}\\e`,
			'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe',
		],
		['a DCS that is aborted', `a${escape}Pq\u0018b`, 'a\uFFFDb'],
		['a reset and a character set', `a${escape}cb${escape}(0c`, 'a\uFFFDb\uFFFDc'],
		['an escape at the end', `a${escape}`, 'a\uFFFD'],
		['an escape within an escape', `a${escape}${escape}[31m[32mb`, 'a\uFFFD[32mb'],
		[
			'the same with C1 characters',
			'a\u009B31mb\u009D52;c;eA==\u009Cc\u0090x\u009Cd\u0085e',
			'ab\uFFFDc\uFFFDd\uFFFDe',
		],
		['C0 and DEL', 'a\u0000\u0001b\u0007c\bd\u007Fe\u000Bf', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf'],
		['bidi controls', 'a\u202Eb\u2066c\u2069d\u200Ee\u200Ff\u061Cg', 'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg'],
		[
			'invisible characters',
			'a\u200Bb\u2060c\uFEFFd\u{E0041}\u{E007F}e\u3164f',
			'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf',
		],
		['lone surrogates', 'a\uD800b\uDC00c', 'a\uFFFDb\uFFFDc'],
		['other line separators', 'a\u2028b\u2029c', 'a\uFFFDb\uFFFDc'],
		['ends of lines of every kind', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
	])('removes %s', (_, text, expected) => {
		expect(cleanText(text)).toBe(expected);
		expect(cleanText(Buffer.from(text))).toBe(expected);
		expect(cleanText(cleanText(text))).toBe(expected);
	});

	it.each(['', 'plain\ttext\n', 'España, ¿qué? «sí»', '漢字 👩‍👩‍👧 é', 'שלום', '\uFFFD'])('leaves %j', text => {
		expect(cleanText(text)).toBe(text);
		expect(cleanText(Buffer.from(text))).toBe(text);
	});

	it('decodes broken UTF-8', () => {
		expect(cleanText(Buffer.from([0x61, 0xff, 0x62, 0xc3]))).toBe('a\uFFFDb\uFFFD');
		// A byte order mark is an invisible character like any other.
		expect(cleanText(Buffer.from('\uFEFFa'))).toBe('\uFFFDa');
	});
});

test('a line has no line breaks', () => {
	expect(cleanLine('a\nb\r\nc')).toBe('a b c');
});

test('the message of anything thrown is one line of bounded length', () => {
	expect(messageOf(new Error(`ENOENT: '/tmp/${escape}]52;c;eA==\u0007\nfoo'`))).toBe("ENOENT: '/tmp/\uFFFD foo'");
	expect(messageOf('text\u0007')).toBe('text\uFFFD');
	expect(messageOf(new Error('x'.repeat(1e6)))).toHaveLength(2000);
});

test('a text is shortened between characters', () => {
	expect(shortened('abcdef', 6)).toBe('abcdef');
	expect(shortened('abcdefg', 6)).toBe('abcde…');
	expect(shortened('ab👩👩', 4)).toBe('ab…');
});

describe('parsed data', () => {
	it('has no escape sequence that JSON spelled out', () => {
		expect(parseJson(String.raw`{"a\u001b[31m": ["\u001b]52;c;eA==\u0007", "\ud800", 1, null, true]}`)).toEqual({
			a: ['\uFFFD', '\uFFFD', 1, null, true],
		});
	});

	it('has only its own keys', () => {
		const data = parseJson('{"__proto__": {"isEvil": true}, "constructor": 1}') as Record<string, unknown>;
		expect(Object.keys(data)).toEqual(['__proto__', 'constructor']);
		expect(data['isEvil']).toBeUndefined();
		expect(({} as Record<string, unknown>)['isEvil']).toBeUndefined();
	});

	it.each([
		['lists', '['.repeat(200_000) + ']'.repeat(200_000)],
		['objects', '{"a":'.repeat(101) + '1' + '}'.repeat(101)],
	])('is not nested too deeply: %s', (_, text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
		expect(jsonIn(text)).toBeUndefined();
	});

	it('is nothing where a line is no JSON', () => {
		expect(jsonIn('{"time": "2026')).toBeUndefined();
		expect(jsonIn('{"time": 1}')).toEqual({time: 1});
	});

	it('is cleaned whatever it came from', () => {
		expect(cleanData(['a\u0007'])).toEqual(['a\uFFFD']);
	});

	it.each([
		[
			'attributes and text',
			'<a b="&#27;[31mx&#x9b;31my&#x202e;z">t&#7;</a>',
			{a: {b: expect.stringMatching(/^[^\p{Cc}\u202E]*z$/u), '#text': expect.stringMatching(/^\P{Cc}*$/u)}},
		],
		['what is not XML', '<a', undefined],
		['names of the prototype', '<a __proto__="1"/>', undefined],
		['too many levels', '<a>'.repeat(1000), undefined],
	])('from XML: %s', (_, text, expected) => {
		expect(parseXml(text, [])).toEqual(expected);
	});
});

test('the last lines are kept within both bounds', () => {
	const lines = new LastLines(3, 10);
	for (const line of ['1', '22', '333', '4444', '55555']) {
		lines.push(line);
	}

	expect(lines.lines).toEqual(['4444', '55555']);
	lines.push('x'.repeat(100));
	expect(lines.lines).toEqual(['x'.repeat(100)]);
});

test('the first lines are kept until there is no room', () => {
	const lines = new FirstLines(8);
	for (const line of ['12', '34', '56', '7']) {
		lines.push(line);
	}

	expect([lines.text, lines.isCut]).toEqual(['12\n34\n', true]);
});

test("a program's output is clean, and so is why it failed", async () => {
	expect(await runProgram('printf', ['a\\033[31mb\\n'])).toBe('ab\n');
	await expect(runProgram('sh', ['-c', 'printf "\\033]52;c;eA==\\007no" >&2; exit 1'])).rejects.toThrow(/^\uFFFDno$/);
	await expect(runProgram('sh', ['-c', 'yes'])).rejects.toThrow('maxBuffer');
});
