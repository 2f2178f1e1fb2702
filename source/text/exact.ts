import {isUtf8} from 'node:buffer';

/**
 * Decodes text without cleaning it: for keys, and for files that are written back. The result is not safe to show.
 * eslint.config.js lists the modules that may use it.
 */
export function decodeUncleaned(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** Like `decodeUncleaned`, but returns undefined if the bytes are not valid UTF-8. */
export function exactUtf8(bytes: Uint8Array): string | undefined {
	return isUtf8(bytes) ? decodeUncleaned(bytes) : undefined;
}
