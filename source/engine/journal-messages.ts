import {phrase, type Text} from '../languages/text.ts';

/** Messages about a journal that cannot be read completely. */
export const journalMessages = {
	notJson: phrase('not JSON'),
	notEntry: phrase('not an entry that this version knows'),
	field: (name: string): Text => phrase('{name} is missing or not allowed', {name}),
	tooLong: (limit: number): Text => phrase('longer than {limit} characters', {limit}),
	tooLarge: (limit: number): Text => phrase('larger than {limit} MiB; the rest was not read', {limit}),
	unreadable: (reason: Text): Text => phrase('cannot be read: {reason}', {reason}),
	notOurs: phrase('it is not a regular file that only its owner can write'),
	at: (file: string, line: number | undefined, reason: Text): Text =>
		line === undefined
			? phrase('{file}: {reason}', {file, reason})
			: phrase('{file}, line {line}: {reason}', {file, line, reason}),
	broken: (where: Text): Text =>
		phrase(
			'{where}. Nothing was touched. Put a copy of the file back, or delete that line; `down` and `support` work without it.',
			{where},
		),
	unknown: (kind: string, name: string): Text =>
		phrase('{kind} {name} cannot be identified as something that this cluster made', {kind, name}),
	leftAlone: phrase('This cannot be read and is left alone:'),
	notComplete: (file: string): Text =>
		phrase(
			"Not everything in {file} could be read, so the cluster's state is kept. Look for what is left, remove it by hand, delete the lines above from the file and run the same command again.",
			{file},
		),
} as const;
