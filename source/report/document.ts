import type {Language} from '../languages/text.ts';
import type {Verdict} from '../measure/result.ts';
import type {Markup} from './html.ts';

/** Content of a table's cell; `to` is the id of a section to link to. Text between backticks is code. */
export type Cell =
	string | {readonly verdict: Verdict} | {readonly number: string} | {readonly text: string; readonly to: string};

export interface Table {
	/** Caption, and accessible name, of the table. */
	readonly caption: string;
	readonly head: readonly string[];
	readonly rows: ReadonlyArray<readonly Cell[]>;
}

/** A picture with a text alternative. */
export interface Figure {
	readonly kind: 'figure';
	/** Unique in the document, of letters, digits and hyphens. */
	readonly id: string;
	readonly title: string;
	/** Text alternative: the content of the picture. */
	readonly description: string;
	/** Whether the description is visible, and not only for screen readers. */
	readonly isExplained?: boolean;
	readonly svg: () => Markup;
	/** The picture as lines of text, if it can be drawn as text. */
	readonly lines?: readonly string[];
	/** Data of the picture. */
	readonly table?: Table;
}

/** A part of a document. */
export type Block =
	| {
			readonly kind: 'section';
			readonly id: string;
			readonly title: string;
			readonly verdict?: Verdict;
			readonly aside?: string;
			readonly blocks: readonly Block[];
	  }
	| {readonly kind: 'paragraph'; readonly text: string}
	| {readonly kind: 'note'; readonly tone: 'plain' | 'warning' | 'bad'; readonly text: string}
	| {
			readonly kind: 'figures';
			readonly figures: ReadonlyArray<{readonly value: string; readonly label: string; readonly tone?: 'good' | 'bad'}>;
	  }
	| {readonly kind: 'list'; readonly items: readonly string[]}
	| {readonly kind: 'facts'; readonly rows: ReadonlyArray<readonly [name: string, value: string]>}
	| ({readonly kind: 'table'} & Table)
	| Figure;

/** A report as data, which is rendered as HTML or Markdown. */
export interface Document {
	readonly language: Language;
	readonly title: string;
	readonly subtitle: string;
	readonly blocks: readonly Block[];
	readonly footer: string;
}
