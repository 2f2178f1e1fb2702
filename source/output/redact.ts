import type {Secret} from '../shell/secret.ts';
import {anyOf} from '../regexp.ts';

/** Shorter lines of a secret of several lines (a key's last line, for instance) would hide ordinary words. */
const shortestLine = 12;

/** A shorter password is hidden only where it stands in an address. */
const shortest = 4;

/** Lines of base64, as base64 (1) and PEM break it. */
const brokenLines = [/.{1,76}/g, /.{1,64}/g];

const mark = '***';

/** User name and password in an address: `http://ana:secret@proxy:3128`. */
const inAddress = /\/\/[^\s/:@"'\\]*:[^\s/"'\\]*@/g;

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/**
 * Takes secrets out of a text, as they are and as JSON and base64 write them. Commands are made so that none gets there;
 * this is the second line of defence, against a program that prints what it was given.
 */
export function redactor(secrets: readonly Secret[]): Redact {
	const known = anyOf([...new Set(secrets.flatMap(secret => formsOf(secret.reveal())))]);
	return text => text.replace(known, mark).replace(inAddress, `//${mark}@`);
}

/** The same data with every string in it redacted. */
export function redactAll<Data>(data: Data, redact: Redact): Data {
	if (typeof data === 'string') {
		return redact(data) as Data;
	}

	if (Array.isArray(data)) {
		return data.map(item => redactAll<unknown>(item, redact)) as Data;
	}

	return typeof data === 'object' && data !== null
		? Object.fromEntries(Object.entries(data).map(([key, value]) => [key, redactAll<unknown>(value, redact)])) as Data
		: data;
}

/** Everything by which a secret could be told. */
function formsOf(value: string): string[] {
	const whole = value.trim();
	const lines = whole.split('\n').map(line => line.trim());
	const plain = lines.length === 1 ? lines.filter(line => line.length >= shortest) : lines.filter(line => line.length >= shortestLine && !line.startsWith('-----'));
	const escaped = [...plain, whole].filter(text => text.length >= shortest).map(text => JSON.stringify(text).slice(1, -1));
	const encoded = [value, `${whole}\n`, whole].map(text => Buffer.from(text).toString('base64'));
	const broken = encoded.flatMap(text => [text, ...brokenLines.flatMap(line => text.match(line) ?? [])]);
	return [...plain, ...escaped, ...broken.filter(text => text.length >= shortestLine)];
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** `password: …`, `psk=…`, `"private": "…"`; the value in quotes (also as JSON escapes them), or up to a blank or a sign of punctuation. */
const named = /((?<![\w.-])(?:[\w.-]*(?:password|passwd|passphrase|psk|secret|private-?key|preshared-?key)|private|shared)\\*["']?\s*[:=]\s*)(?:\\*"[^"\\]*\\*"|'[^']*'|[^\s,}"'\\]+)/gi;

/** `wpa-psk …` of ifupdown, `private-key …` of wg(8). */
const ofStanza = /((?:^|\s|\\[nt])(?:wpa-[\w-]+|wireless-key\w*|private-key|preshared-key)[ \t]+)(?:\\*"[^"\\]*\\*"|[^\s\\]+)/gm;

/** Files of the host's network configuration as commands install them: earlier versions logged whole ones, other interfaces' passwords included. */
const hostConfiguration = /(\/cluster-wizard-bridges\/[^\n]*? <<'(END_[\da-f]+)'(?:\n|\\n))[\s\S]*?(?=\2)/g;

/**
 * Takes out what looks like anybody's key or password: private keys, and values whose names tell it, as netplan, ifupdown,
 * wpa_supplicant, NetworkManager and WireGuard write them. For files that strangers read; it may hide too much.
 */
export function withoutCredentials(text: string): string {
	return text.replaceAll(hostConfiguration, `$1${mark}`).replaceAll(privateKey, mark).replaceAll(named, `$1${mark}`).replaceAll(ofStanza, `$1${mark}`);
}
