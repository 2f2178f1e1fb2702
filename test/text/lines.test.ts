import {expect, test} from 'vitest';
import {lineSplitter} from '../../source/text/lines.ts';

/** The lines of a stream that comes in pieces of a size. */
function linesOf(text: string | Buffer, piece: number, limit?: number): Array<[line: string, cut: number]> {
	const lines: Array<[string, number]> = [];
	const {push, end} = lineSplitter((line, cut) => lines.push([line, cut]), limit);
	const bytes = Buffer.from(text);
	for (let at = 0; at < bytes.length; at += piece) {
		push(bytes.subarray(at, at + piece));
	}

	end();
	return lines;
}

test.each([
	['lines', 'one\ntwo\n', ['one', 'two']],
	['a last line without an end', 'one\ntwo', ['one', 'two']],
	['empty lines', '\n\na\n\n', ['', '', 'a', '']],
	['progress', '10%\r20%\r\n30%\r', ['10%', '20%', '30%']],
	['ends of every kind', 'a\r\r\nb\n\rc', ['a', '', 'b', '', 'c']],
	['longer characters', 'España\n漢字 👩‍👩‍👧\n', ['España', '漢字 👩‍👩‍👧']],
	['escape sequences', '\u001B[31mred\u001B[0m\n\u001B]52;c;eA==\nx\u0007\n', ['red', '\uFFFD', 'x\uFFFD']],
	['nothing', '', []],
])('%s, whatever the pieces', (_, text, expected) => {
	for (const piece of [1, 2, 3, 7, 100_000]) {
		expect(linesOf(text, piece)).toEqual(expected.map(line => [line, 0]));
	}
});

test.each([1, 5, 10, 11, 100])('a line longer than the limit is cut and says by how much, in pieces of %i', piece => {
	expect(linesOf('0123456789\n0123456789abc\nxy', piece, 10)).toEqual([
		['0123456789', 0],
		['0123456789…', 3],
		['xy', 0],
	]);
	// A character that is cut through is left out.
	expect(linesOf('01234567é9\n012345678é\n', piece, 10)).toEqual([
		['01234567é…', 1],
		['012345678…', 1],
	]);
});

test.each([1, 4, 16])('of a line of %i MiB one limit is held, and no more than three are copied', size => {
	let lines = 0;
	const splitter = lineSplitter((line, cut) => {
		lines++;
		expect([line.length, cut]).toEqual([65_537, size * 2 ** 20 - 65_536]);
	});
	const chunk = Buffer.alloc(1000, 'x');
	for (let left = size * 2 ** 20; left > 0; left -= chunk.length) {
		splitter.push(chunk.subarray(0, left));
	}

	expect(splitter.usage.held).toBe(65_536);
	expect(splitter.usage.copied).toBeLessThanOrEqual(3 * 65_536);
	splitter.end();
	expect(lines).toBe(1);
});
