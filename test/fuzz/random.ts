/** The seed of this run: from SEED, else of the moment. It is printed, so that a failure can be seen again. */
export function seedFor(what: string): number {
	const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
	console.log(`${what}: SEED=${seed}`);
	return seed;
}

/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** From 0 to less than 1. */
	next(): number {
		this.#state = (this.#state + 0x6d_2b_79_f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from 0 to less than the limit. */
	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	chance(part: number): boolean {
		return this.next() < part;
	}

	of<Item>(items: readonly Item[]): Item {
		return items[this.below(items.length)]!;
	}
}

/** Whatever must not come through: escape sequences, control characters, bidi controls, invisible characters, lone surrogates. */
export const harmful =
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\p{Surrogate}\u{E0000}-\u{E007F}]/u;

const escapes = [
	'\u001B[45m',
	'\u001B[2J',
	'\u001B[',
	'\u001B]52;c;ZXZpbA==\u0007',
	'\u001B]52;c;ZXZpbA==',
	'\u001B]0;title\u001B\\',
	'\u001B]8;;http://evil.example\u001B\\',
	'\u001BP1$r\u001B\\',
	'\u001B_x',
	'\u001B^x\u001B\\',
	'\u001BX',
	'\u001Bc',
	'\u001B(0',
	'\u001B',
	'\u009B31m',
	'\u009D52;c;eA==\u009C',
	'\u0090',
	'\u0007',
	'\b\b\b',
	'\u007F',
	'\u0000',
	'\r',
	'\u202E',
	'\u2066',
	'\u200F',
	'\u061C',
	'\u200B',
	'\u2060',
	'\uFEFF',
	'\u{E0041}\u{E0042}',
	'\uD800',
	'\uDC00',
	'\u2028',
];

/** Escape sequences as JSON, YAML and XML spell them. */
const spelled = [
	String.raw`\u001b]52;c;eA==\u0007`,
	String.raw`\u009b31m`,
	String.raw`\u202e`,
	String.raw`\ud800`,
	String.raw`\x1b[31m`,
	String.raw`\e[2J`,
	'&#27;[31m',
	'&#x9b;',
	'&#0;',
	'&#x202e;',
	'&#8203;',
];

/** The same text with an escape sequence in one of its quoted strings, as the format spells it: the rest stays as it was. */
export function planted(text: string, random: Random): string {
	const quotes = [...text.matchAll(/"/g)].map(({index}) => index + 1);
	const at = random.of(quotes);
	return quotes.length === 0 ? text : text.slice(0, at) + random.of(spelled) + text.slice(at);
}

const pieces = [
	'\n',
	'\n\n',
	'\r\n',
	' ',
	'\t',
	'    ',
	'{',
	'}',
	'[',
	']',
	'"',
	"'",
	':',
	': ',
	'- ',
	',',
	'#',
	'`',
	'```',
	'|',
	'>',
	'*',
	'&',
	'!',
	'%',
	'%%\n',
	'@',
	'<',
	'</',
	'<!--',
	'<![CDATA[',
	'~',
	'$',
	'\\',
	'0',
	'-1',
	'1e999',
	'NaN',
	'null',
	'true',
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'ñ',
	'漢字',
	'👩‍👩‍👧',
	'ab'.repeat(50),
	'9'.repeat(40),
];

/** A text with some of it replaced, left out, doubled or put in. */
export function mutated(text: string, random: Random): string {
	let result = text;
	for (let count = random.below(6); count > 0; count--) {
		const from = random.below(result.length + 1);
		const to = Math.min(result.length, from + random.below(random.of([2, 10, 80])));
		const put = random.of<() => string>([
			() => random.of(escapes),
			() => random.of(spelled),
			() => random.of(pieces),
			() => '',
			() => result.slice(from, to).repeat(2),
			() => result.slice(random.below(from + 1), from),
			() => random.of(pieces).repeat(random.below(50)),
		])();
		result = result.slice(0, from) + put + result.slice(to);
	}

	return result;
}

/** The bytes of a text, sometimes broken. */
export function brokenBytes(text: string, random: Random): Buffer {
	const bytes = Buffer.from(text, random.chance(0.05) ? 'latin1' : 'utf8');
	if (bytes.length > 0 && random.chance(0.3)) {
		for (let count = random.below(4); count >= 0; count--) {
			bytes[random.below(bytes.length)] = random.below(256);
		}
	}

	return bytes;
}
