import type {Language} from '../languages/text.ts';
import type {Verdict} from '../measure/result.ts';
import type {Markup} from './html.ts';

/** What stands in a cell of a table; `to` is the id of the section that tells more. Between backticks, text is code. */
export type Cell = string | {readonly verdict: Verdict} | {readonly number: string} | {readonly text: string; readonly to: string};

export interface Table {
	/** What the table says: its caption, and its name for who does not see it. */
	readonly caption: string;
	readonly head: readonly string[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
}

/** A picture, with the same as words for who does not see it. */
export interface Figure {
	readonly kind: 'figure';
	/** Unique in the document, of letters, digits and hyphens. */
	readonly id: string;
	readonly title: string;
	/** What there is to be seen in it. */
	readonly description: string;
	/** Whether the description is for everybody, and not only for who does not see the picture. */
	readonly isExplained?: boolean;
	readonly svg: () => Markup;
	/** The picture as lines of text, where it can be drawn so. */
	readonly lines?: readonly string[];
	/** Its figures. */
	readonly table?: Table;
}

/** A part of a document. */
export type Block =
	| {readonly kind: 'section'; readonly id: string; readonly title: string; readonly verdict?: Verdict; readonly aside?: string; readonly blocks: readonly Block[]}
	| {readonly kind: 'paragraph'; readonly text: string}
	| {readonly kind: 'note'; readonly tone: 'plain' | 'warning' | 'bad'; readonly text: string}
	| {readonly kind: 'figures'; readonly figures: ReadonlyArray<{readonly value: string; readonly label: string; readonly tone?: 'good' | 'bad'}>}
	| {readonly kind: 'list'; readonly items: readonly string[]}
	| {readonly kind: 'facts'; readonly rows: ReadonlyArray<readonly [name: string, value: string]>}
	| ({readonly kind: 'table'} & Table)
	| Figure;

/** A report as data: its HTML and its Markdown are two ways of writing it down. */
export interface Document {
	readonly language: Language;
	readonly title: string;
	readonly subtitle: string;
	readonly blocks: readonly Block[];
	readonly footer: string;
}
