import {isUtf8} from 'node:buffer';

/** Reason why an entry of the site's folder is not published. */
export type Reason =
	'hidden' | 'htaccess' | 'backup' | 'unreadable' | 'special' | 'outside' | 'dangling' | 'cycle' | 'target';

/** Names of backup and editor files; the same list as in the configuration of Apache's site. */
const backups = /~$|\.(?:bak|old|orig|save|sw[n-p])$|^#.*#$/i;

/**
 * Returns the reason why a file or folder with this name is not published, if any. `.well-known` (RFC 8615) does not
 * count as hidden.
 */
export function reasonInName(name: string): Reason | undefined {
	if (name === '.htaccess') {
		return 'htaccess';
	}

	if (name.startsWith('.') && name !== '.well-known') {
		return 'hidden';
	}

	return backups.test(name) ? 'backup' : undefined;
}

/**
 * Makes a name printable: valid UTF-8 stays, other bytes become `\xE9`, control and format characters `\u{1b}`.
 * @param name byte string, one character per byte (latin1)
 */
export function printableName(name: string): string {
	const bytes = Buffer.from(name, 'latin1');
	const text = isUtf8(bytes)
		? bytes.toString('utf8')
		: name.replaceAll(/[\u0080-\u00FF]/g, byte => `\\x${byte.codePointAt(0)!.toString(16).toUpperCase()}`);
	return withoutControls(text);
}

/** Replaces control and format characters by `\u{1b}`. */
export function withoutControls(text: string): string {
	return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
