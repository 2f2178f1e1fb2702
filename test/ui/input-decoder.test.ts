import {expect, test} from 'vitest';
import {InputDecoder, type Input} from '../../source/ui/input-decoder.ts';

const key = (text: string): Input => ({key: text});
const pasted = (text: string): Input => ({paste: text});
const start = '\u001B[200~';
const end = '\u001B[201~';

/** Decodes chunks, with a pause behind the last. */
function decode(chunks: readonly string[]): Input[] {
	const decoder = new InputDecoder();
	const found = chunks.flatMap(chunk => decoder.push(chunk));
	return decoder.isUnfinished ? [...found, ...decoder.flush()] : found;
}

test.each<[name: string, chunks: string[], inputs: Input[]]>([
	['arrows', ['\u001B[A\u001B[A'], [key('\u001B[A'), key('\u001B[A')]],
	['text and a control character', ['ñandú\u007F'], [...'ñandú\u007F'].map(text => key(text))],
	['letters of a slow line', ['/me', 'm'], [...'/mem'].map(text => key(text))],
	['a letter of two code points', ['e\u0301'], [key('e\u0301')]],
	['more than anybody types at once', ['x'.repeat(65)], [key('x'.repeat(65))]],
	['Ctrl-C twice', ['\u0003\u0003'], [key('\u0003'), key('\u0003')]],
	['Esc', ['\u001B'], [key('\u001B')]],
	['Esc twice', ['\u001B\u001B'], [key('\u001B'), key('\u001B')]],
	['Esc, then Ctrl-C at once', ['\u001B\u0003'], [key('\u001B'), key('\u0003')]],
	[
		'keys of several forms',
		['\u001BOP\u001B[5~x\u001B[1;5C\u001B[Z\u001B[H\u001B[4~'],
		['\u001BOP', '\u001B[5~', 'x', '\u001B[1;5C', '\u001B[Z', '\u001B[H', '\u001B[4~'].map(text => key(text)),
	],
	['nothing', [''], []],
	['a sequence in two chunks', ['\u001B[', 'A'], [key('\u001B[A')]],
	['a sequence in three chunks', ['\u001B', '[1;', '5C'], [key('\u001B[1;5C')]],
	['half a sequence', ['a', '\u001B[1;'], [key('a')]],
	['mouse reports', ['\u001B[<64;10;10M\u001B[<0;1;1m\u001B[<65;3', ';3M', 'x'], [key('x')]],
	[
		'reports of focus, cursor and colour',
		['\u001B[I\u001B[O\u001B[12;40R\u001B]11;rgb:0000/0000/0000\u0007\u001B]11;?\u001B\\\u001BP1$r0m\u001B\\x'],
		[key('x')],
	],
	['Alt with a letter', ['\u001Bp\u001Bs'], []],
	['a paste', [`${start}web${end}`], [pasted('web')]],
	['keys around a paste', [`a${start}web${end}\r`], [key('a'), pasted('web'), key('\r')]],
	['lines in a paste', [`${start}one\r\ntwo\nthree\r${end}`], [pasted('one two three')]],
	[
		'escape sequences in a paste',
		[`${start}\u001B[31mred\u001B[0m\u0003 \u001B]0;title\u0007x\t.${end}`],
		[pasted('red\uFFFD \uFFFDx .')],
	],
	['a paste in many chunks', [...`${start}a\rb${end}c`], [pasted('a b'), key('c')]],
	['an empty paste', [start + end], [pasted('')]],
	['two pastes', [`${start}a${end}${start}b${end}`], [pasted('a'), pasted('b')]],
	['a paste without its end: Ctrl-C ends it', [`${start}lost`, 'more', '\u0003', 'x'], [key('\u0003'), key('x')]],
	['lines in one chunk, unmarked', ['one\rtwo\r'], [pasted('one two')]],
	['Enter held down', ['\r\r\r'], [key('\r'), key('\r'), key('\r')]],
	['a letter and Enter in one chunk', ['y\r'], [key('y'), key('\r')]],
])('%s', (_, chunks, inputs) => {
	expect(decode(chunks)).toEqual(inputs);
});

test('of a huge paste the beginning is kept', () => {
	const decoder = new InputDecoder();
	decoder.push(start);
	for (let index = 0; index < 1000; index++) {
		decoder.push('x'.repeat(1000));
	}

	const [input] = decoder.push(end);
	expect((input as {paste: string}).paste).toHaveLength(65_536);
});
