import type {Secret} from '../engine/secret.ts';

/** Shorter lines of a secret (a key's last line, for instance) would hide ordinary words. */
const shortest = 12;

/**
 * Takes secrets out of a line of output. Commands are made so that none gets there; this is the second line of defence,
 * against a program that prints what it was given.
 */
export function redactor(secrets: readonly Secret[]): (line: string) => string {
	const parts = [...new Set(secrets.flatMap(secret => secret.reveal().split('\n')).map(part => part.trim()))]
		.filter(part => part.length >= shortest && !part.startsWith('-----'));
	return line => parts.reduce((text, part) => text.includes(part) ? text.replaceAll(part, '***') : text, line);
}
