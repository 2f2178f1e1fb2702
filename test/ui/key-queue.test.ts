import {expect, test} from 'vitest';
import {KeyQueue} from '../../source/ui/key-queue.ts';

test('keys come one at a time, each in its own turn, in order; what is not taken is passed over', async () => {
	const queue = new KeyQueue();
	const seen: Array<string | null> = [];
	queue.on('readable', () => {
		seen.push(queue.read());
	});
	queue.push(() => '\u001B[A');
	for (let index = 0; index < 20_000; index++) {
		queue.push(() => undefined);
	}

	queue.push(() => '\u001B[B');
	queue.push(() => 'x');
	expect(seen).toEqual(['\u001B[A']);
	await expect.poll(() => seen).toEqual(['\u001B[A', '\u001B[B', 'x']);
});

test('what nobody has seen is forgotten when the terminal is given away', async () => {
	const queue = new KeyQueue();
	queue.push(() => '\r');
	queue.push(() => '\r');
	queue.clear();
	let count = 0;
	queue.on('readable', () => {
		count++;
	});
	await new Promise(resolve => setTimeout(resolve, 20));
	expect(count).toBe(0);
});
