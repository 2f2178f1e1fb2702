import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {UserError} from '../user-error.ts';
import type {Language, Text} from '../languages/text.ts';
import {answersFileMessages as messages} from './messages.ts';
import {exactUtf8} from '../text/exact.ts';

/** Maximum size in bytes; an answers file with every key and fifty servers has 30 KiB. */
const largest = 2 ** 20;

/** Control characters that YAML forbids (YAML 1.2.2, 5.1): all except tab, line feed and carriage return. */
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

/**
 * Reads an answers file: a regular file of at most 1 MiB with UTF-8 text and no control characters. Do not print the
 * result unfiltered: its comments may contain any text.
 * @param read reads a regular file from its start; returns undefined for anything else
 * @throws UserError (exit code 2) for an unsuitable file; errors of `openSync` if it cannot be opened
 */
export function readAnswersFile(
	path: string,
	language: Language,
	read: (path: string, limit: number) => Buffer | undefined = readRegularFile,
): string {
	const refuse = (sentence: Text) => new UserError('answers-file-refused', sentence[language]);
	const bytes = read(path, largest + 1);
	if (bytes === undefined) {
		throw refuse(messages.notRegular(path));
	}

	if (bytes.length > largest) {
		throw refuse(messages.tooLarge(path));
	}

	if (['efbbbf', 'fffe', 'feff'].some(mark => bytes.subarray(0, 3).toString('hex').startsWith(mark))) {
		throw refuse(messages.byteOrderMark(path));
	}

	const text = exactUtf8(bytes);
	if (text === undefined) {
		throw refuse(messages.notUtf8(path, firstBadLine(bytes)));
	}

	const found = control.exec(text);
	if (found) {
		const before = text.slice(0, found.index).split('\n');
		throw refuse(
			messages.controlCharacter(
				path,
				before.length,
				before.at(-1)!.length + 1,
				`U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
			),
		);
	}

	return text;
}

/** Reads at most `limit` bytes; undefined for a folder, a pipe or a device. */
function readRegularFile(path: string, limit: number): Buffer | undefined {
	// Opening a FIFO would wait for a writer.
	const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		if (!fstatSync(file).isFile()) {
			return undefined;
		}

		const bytes = Buffer.alloc(limit);
		let length = 0;
		for (let read = -1; read !== 0; length += read) {
			read = readSync(file, bytes, length, bytes.length - length, null);
		}

		return bytes.subarray(0, length);
	} finally {
		closeSync(file);
	}
}

/** Number of the first line that is not UTF-8, from 1. A line feed is never part of a multi-byte character. */
function firstBadLine(bytes: Buffer): number {
	let line = 1;
	for (let from = 0; from < bytes.length; line++) {
		const end = bytes.indexOf(0x0a, from);
		if (end === -1 || exactUtf8(bytes.subarray(from, end)) === undefined) {
			break;
		}

		from = end + 1;
	}

	return line;
}
