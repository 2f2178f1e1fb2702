import {isUtf8} from 'node:buffer';

/** Why something in the site's folder is not published. */
export type Reason =
	| 'hidden' | 'htaccess' | 'backup'
	| 'unreadable' | 'special'
	| 'outside' | 'dangling' | 'cycle' | 'target';

/** Names of backups and editors' files: the same list as in the Apache site. */
const backups = /~$|\.(?:bak|old|orig|save|sw[n-p])$|^#.*#$/i;

/** Whether a file or folder of this name stays out of the site. `.well-known` (RFC 8615) is no hidden folder. */
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
 * A name for a terminal or a sentence: valid UTF-8 as it is, other bytes as `\xE9`, control and format characters as `\u{1b}`.
 * @param name its bytes, one for each character (latin1)
 */
export function printable(name: string): string {
	const bytes = Buffer.from(name, 'latin1');
	const text = isUtf8(bytes) ? bytes.toString('utf8') : name.replaceAll(/[\u0080-\u00FF]/g, byte => `\\x${byte.codePointAt(0)!.toString(16).toUpperCase()}`);
	return withoutControls(text);
}

/** Control and format characters as `\u{1b}`. */
export function withoutControls(text: string): string {
	return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, character => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
