/*
 * How long a line without an end takes, and how much of it is kept: `npm run bench:lines`. Twice the bytes take twice the
 * time. Before there was a limit, 32 MiB took 11 s.
 */
import {cleanText} from '../../source/text/clean.ts';
import {lineSplitter} from '../../source/text/lines.ts';

const mebibyte = 2 ** 20;
const kinds: ReadonlyArray<[what: string, byte: string]> = [
	['letters', 'x'],
	['escape characters', '\u001B'],
	['line feeds', '\n'],
];

for (const [what, byte] of kinds) {
	for (const size of [8, 16, 32]) {
		const chunk = Buffer.alloc(65_536, byte);
		const splitter = lineSplitter(() => {});
		const began = performance.now();
		for (let left = size * mebibyte; left > 0; left -= chunk.length) {
			splitter.push(chunk);
		}

		splitter.end();
		const {held, copied} = splitter.usage;
		process.stdout.write(
			`${size} MiB of ${what} in lines: ${(performance.now() - began).toFixed(0)} ms, ${held} bytes held, ${copied} copied\n`,
		);
	}
}

for (const [what, sequence] of [
	['letters', 'x'],
	['escape characters', '\u001B'],
	['CSI', '\u001B[31m'],
	['OSC without an end', '\u001B]52;c;'],
	['lone surrogates', '\uD800'],
] as const) {
	const text = sequence.repeat((4 * mebibyte) / sequence.length);
	const began = performance.now();
	cleanText(text);
	process.stdout.write(`4 Mi characters of ${what} cleaned: ${(performance.now() - began).toFixed(0)} ms\n`);
}
