import {expect, test} from 'vitest';
import {KeyQueue, splitKeys} from '../../source/ui/key-queue.ts';

test.each([
	['\u001B[A\u001B[A', ['\u001B[A', '\u001B[A']],
	['web\r', ['web', '\r']],
	['\u0003\u0003', ['\u0003', '\u0003']],
	['\u001B', ['\u001B']],
	['\u001BOP\u001B[5~x', ['\u001BOP', '\u001B[5~', 'x']],
	['\u001B[1;5C', ['\u001B[1;5C']],
	['ñandú\u007F', ['ñandú', '\u007F']],
	['', []],
])('%j is %j', (text, keys) => {
	expect(splitKeys(text)).toEqual(keys);
});

test('keys come one at a time, each in its own turn, in order', async () => {
	const queue = new KeyQueue();
	const seen: Array<string | null> = [];
	queue.on('readable', () => {
		seen.push(queue.read());
	});
	queue.push('\u001B[A\u001B[B');
	queue.push('x');
	expect(seen).toEqual(['\u001B[A']);
	await new Promise(resolve => setTimeout(resolve, 20));
	expect(seen).toEqual(['\u001B[A', '\u001B[B', 'x']);
});

test('what nobody has seen is forgotten when the terminal is given away', async () => {
	const queue = new KeyQueue();
	queue.push('\r\r\r');
	queue.clear();
	let count = 0;
	queue.on('readable', () => {
		count++;
	});
	await new Promise(resolve => setTimeout(resolve, 20));
	expect(count).toBe(0);
});
