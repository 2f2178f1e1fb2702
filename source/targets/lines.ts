import {StringDecoder} from 'node:string_decoder';

/** Cuts a stream of bytes into lines at `\n` and at `\r`, which progress displays use. Returns what takes a chunk, and what takes the end. */
export function lineSplitter(onLine: (line: string) => void): {push: (chunk: Buffer) => void; end: () => void} {
	const decoder = new StringDecoder('utf8');
	let rest = '';
	return {
		push(chunk) {
			const parts = (rest + decoder.write(chunk)).split(/\r\n|\n|\r(?!$)/);
			rest = parts.pop()!;
			for (const line of parts) {
				onLine(line);
			}
		},
		end() {
			rest += decoder.end();
			if (rest !== '') {
				onLine(rest.replace(/\r$/, ''));
			}

			rest = '';
		},
	};
}

/** The bytes of a command's standard input. */
export function contentOf(input: {reveal: () => string} | string | undefined): string {
	return typeof input === 'object' ? input.reveal() : input ?? '';
}
