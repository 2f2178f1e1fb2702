import {isUtf8} from 'node:buffer';

/**
 * Decodes text that must stay as it is: keys, and files that are written back. It is not for showing. Lint lists the
 * modules that may use it (eslint.config.js).
 */
export function exactText(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** The same for bytes that have to be UTF-8; nothing where they are not. */
export function exactUtf8(bytes: Uint8Array): string | undefined {
	return isUtf8(bytes) ? exactText(bytes) : undefined;
}
