import {phrase, type Text} from '../languages/text.ts';

/** Texts of the screens that show logs and chapters. */
export const libraryMessages = {
	about: phrase("The nodes' journals, and the logs of all runs, newest first."),
	journal: (node: string): Text => phrase('journal of {node} (journalctl on the node)', {node}),
	reading: (node: string): Text => phrase('Reading the journal of {node} …', {node}),
	/** Prompt of the pager; must not contain characters that are special in prompts of less. */
	leaving: phrase('q leaves'),
	size: (kib: number): Text => phrase('{kib} KiB', {kib}),
	count: (found: number, all: number): Text => phrase('{found} of {all}', {found, all}),
	none: phrase('No log holds this text in its name.'),
	chapter: phrase('chapter'),
} satisfies Record<string, unknown>;
