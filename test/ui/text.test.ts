import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {wrap} from '../../source/ui/components/text.ts';

test.each([
	['a word one column too wide', 'abcdefghijk', ['abcdefghij', 'k']],
	['a word twice as wide', 'x'.repeat(20), ['x'.repeat(10), 'x'.repeat(10)]],
	['wide characters', '日本語日本語', ['日本語日本', '語']],
	['a message', 'write (No space left on device)', ['write (No', 'space left', 'on device)']],
	['an ellipsis of its own', 'abcdefghi……', ['abcdefghi…', '…']],
	['nothing', '', ['']],
])('%s is wrapped', (_, text, lines) => {
	expect(wrap(text, 10)).toEqual(lines);
});

test('nothing of a huge word is lost, and no line is too wide', () => {
	const text = `${'ñandú'.repeat(60_000)} ${'x'.repeat(1_000_000)} ${'e\u0301'.repeat(1000)}`;
	const lines = wrap(text, 60);
	expect(lines.join('')).toBe(text.replaceAll(' ', ''));
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBe(60);
});
