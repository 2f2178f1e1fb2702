import xterm from '@xterm/headless';
import {expect, test} from 'vitest';
import {Painter} from '../../source/ui/painter.ts';
import {toAscii, withoutColor} from '../../source/ui/plain-terminal.ts';

async function shown(frames: readonly string[]): Promise<{lines: string[]; bytes: number}> {
	const terminal = new xterm.Terminal({cols: 20, rows: 5, allowProposedApi: true});
	let written = '';
	const painter = new Painter(
		text => {
			written += text;
		},
		() => ({columns: 20, rows: 5}),
	);
	for (const frame of frames) {
		painter.paint(frame);
	}

	await new Promise<void>(resolve => {
		terminal.write(written, resolve);
	});
	return {
		lines: Array.from({length: 5}, (_, row) => terminal.buffer.active.getLine(row)!.translateToString(true)),
		bytes: written.length,
	};
}

test.each([
	[['one\ntwo\nthree']],
	[['x\ny\nz', 'one\ntwo\nthree']],
	[['a longer line\nb\nc\nd', 'one\ntwo\nthree']],
	[['one', 'one\ntwo\nthree']],
])('the screen shows the last frame, whatever was there: %j', async frames => {
	expect((await shown(frames)).lines).toEqual(['one', 'two', 'three', '', '']);
});

test('what is the same is not written again', async () => {
	const once = await shown(['one\ntwo']);
	expect((await shown(['one\ntwo', 'one\ntwo'])).bytes).toBe(once.bytes);
});

test.each([
	['✔ señal…', 'v senal.'],
	['«¿qué?»', '"?que?"'],
	['日', '?'],
	['plain', 'plain'],
])('%s in ASCII is %s', (text, ascii) => {
	expect(toAscii(text)).toBe(ascii);
});

test('only colours go', () => {
	expect(withoutColor('\u001B[1m\u001B[31mred\u001B[39m\u001B[22m\u001B[7mx\u001B[27m')).toBe(
		'\u001B[1mred\u001B[22m\u001B[7mx\u001B[27m',
	);
});
