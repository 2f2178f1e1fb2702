import type {Secret} from '../shell/secret.ts';
import {anyOf} from '../regexp.ts';

/** Shortest line of a multi-line secret to remove: shorter ones (a key's last line) would match ordinary words. */
const shortestLine = 12;

/** Shortest one-line secret to remove; a shorter password is removed only from URLs. */
const shortest = 4;

/** Lines into which base64(1) (76 characters) and PEM (64) break base64. */
const brokenLines = [/.{1,76}/g, /.{1,64}/g];

const mark = '***';

/** User name and password in a URL: `http://ana:secret@proxy:3128`. */
const inAddress = /\/\/[^\s/:@"'\\]*:[^\s/"'\\]*@/g;

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/**
 * Returns a function that removes secrets from a text: as they are, JSON-escaped and base64-encoded. Commands are built so
 * that no secret appears in their text; this is the second line of defence, against a program that prints its input.
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
		? (Object.fromEntries(Object.entries(data).map(([key, value]) => [key, redactAll<unknown>(value, redact)])) as Data)
		: data;
}

/** All forms in which a secret may appear in a text. */
function formsOf(value: string): string[] {
	const whole = value.trim();
	const lines = whole.split('\n').map(line => line.trim());
	const plain =
		lines.length === 1
			? lines.filter(line => line.length >= shortest)
			: lines.filter(line => line.length >= shortestLine && !line.startsWith('-----'));
	const escaped = [...plain, whole]
		.filter(text => text.length >= shortest)
		.map(text => JSON.stringify(text).slice(1, -1));
	const encoded = [value, `${whole}\n`, whole].map(text => Buffer.from(text).toString('base64'));
	const broken = encoded.flatMap(text => [text, ...brokenLines.flatMap(line => text.match(line) ?? [])]);
	return [...plain, ...escaped, ...broken.filter(text => text.length >= shortestLine)];
}

const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** `password: …`, `psk=…`, `"private": "…"`; the value is quoted (also JSON-escaped) or ends at a space or punctuation. */
const named =
	/((?<![\w.-])(?:[\w.-]*(?:password|passwd|passphrase|psk|secret|private-?key|preshared-?key)|private|shared)\\*["']?\s*[:=]\s*)(?:\\*"[^"\\]*\\*"|'[^']*'|[^\s,}"'\\]+)/gi;

/** `wpa-psk …` of ifupdown, `private-key …` of wg(8). */
const ofStanza =
	/((?:^|\s|\\[nt])(?:wpa-[\w-]+|wireless-key\w*|private-key|preshared-key)[ \t]+)(?:\\*"[^"\\]*\\*"|[^\s\\]+)/gm;

/** Network configuration in logged commands: earlier versions logged whole files, with passwords of other interfaces. */
const hostConfiguration = /(\/cluster-wizard-bridges\/[^\n]*? <<'(END_[\da-f]+)'(?:\n|\\n))[\s\S]*?(?=\2)/g;

/**
 * Removes everything that looks like a key or password: private keys, and values with telling names in the formats of
 * netplan, ifupdown, wpa_supplicant, NetworkManager and WireGuard. May hide too much: it is for files that strangers read.
 */
export function redactCredentials(text: string): string {
	return text
		.replaceAll(hostConfiguration, `$1${mark}`)
		.replaceAll(privateKey, mark)
		.replaceAll(named, `$1${mark}`)
		.replaceAll(ofStanza, `$1${mark}`);
}
