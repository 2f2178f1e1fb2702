import {cleanText} from '../text/clean.ts';

/** Text that is markup already: it goes into a page as it is. Only `html` and `markup` make it. */
export class Markup {
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	toString(): string {
		return this.#text;
	}
}

type Value = string | number | Markup | undefined | false | readonly Value[];

/** A piece of HTML or SVG: whatever is put into it is text and is escaped, unless it is markup itself; lists are strung together. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
	return new Markup(strings.map((text, index) => text + (index < values.length ? written(values[index]) : '')).join(''));
}

/** Markup made by something that escapes what is put into it: a chart, a style sheet of ours. */
export function markup(text: string): Markup {
	return new Markup(text);
}

/** Safe between tags and in quoted attributes. Control characters, which XML has no way to write, are cleaned away. */
export function escapeHtml(text: string): string {
	return cleanText(text).replaceAll(/[&<>"']/g, sign => entities[sign]!);
}

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;'};

function written(value: Value): string {
	if (value === undefined || value === false) {
		return '';
	}

	return typeof value === 'object' ? (value instanceof Markup ? value.toString() : value.map(item => written(item)).join('')) : escapeHtml(String(value));
}
