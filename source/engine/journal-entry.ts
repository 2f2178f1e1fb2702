import type * as z from 'zod';
import type {Text} from '../languages/text.ts';
import {journalMessages as messages} from './journal-messages.ts';
import {parseJson} from '../text/json.ts';
import {LegacyResources, type LegacyContext, type UnknownResource} from './legacy-journal.ts';
import {entrySchema, type JournalEntry} from './journal-schema.ts';

/** Maximum length of a journal line in characters, for reading and writing. */
export const lineLimit = 65_536;

type WithoutTime<Stamped> = Stamped extends JournalEntry ? Omit<Stamped, 'time'> : never;

/** An entry without its time, which `Journal.append` adds. */
export type UntimedEntry = WithoutTime<JournalEntry>;

/** An unusable part of the journal; without `line`, the whole file. */
export interface JournalProblem {
	/** Line number, from 1. */
	readonly line?: number;
	/** Never quotes text from the file. */
	readonly reason: Text;
}

export interface JournalContents {
	readonly entries: JournalEntry[];
	readonly problems: readonly JournalProblem[];
	/** Resources of an old version's journal that cannot be identified and have not been removed. */
	readonly unknown: readonly UnknownResource[];
}

/**
 * Parses a journal line by line. Ignores a last line without a line feed: it is still being written, or was cut off.
 * @param legacy identifies the resources in entries of old versions, which recorded shell commands; without it they
 * stay unknown
 */
export function parseJournal(text: string, legacy?: LegacyContext): JournalContents {
	const entries: JournalEntry[] = [];
	const problems: JournalProblem[] = [];
	const old = new LegacyResources(legacy);
	for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
		if (line === '') {
			continue;
		}

		const read = readLine(line, index + 1, old);
		if ('reason' in read) {
			problems.push({line: index + 1, reason: read.reason});
		} else {
			entries.push(...read.entries);
		}
	}

	return {entries, problems, unknown: old.unknown};
}

/**
 * Formats an entry as a line of the journal, including the line feed.
 * @throws TypeError if the line would exceed `lineLimit`; ZodError if the entry does not match the schema
 */
export function formatEntry(given: JournalEntry): string {
	const line = JSON.stringify(entrySchema.parse(given));
	if (line.length > lineLimit) {
		throw new TypeError(`An entry of type ${given.type} has ${line.length} characters`);
	}

	return `${line}\n`;
}

function readLine(line: string, number: number, old: LegacyResources): {entries: JournalEntry[]} | {reason: Text} {
	if (line.length > lineLimit) {
		return {reason: messages.tooLong(lineLimit)};
	}

	let value: unknown;
	try {
		value = parseJson(line);
	} catch {
		return {reason: messages.notJson};
	}

	const converted = old.convert(value, number);
	if (converted) {
		return {entries: converted.map(entry => entrySchema.parse(entry))};
	}

	const read = entrySchema.safeParse(value);
	return read.success ? {entries: old.rename(read.data)} : {reason: reasonOf(read.error)};
}

/** The reason contains only field names: zod's own messages quote the input. */
function reasonOf({issues}: z.ZodError): Text {
	const path = issues[0]?.path.join('.') ?? '';
	return path === '' || path === 'type' ? messages.notEntry : messages.field(path);
}
