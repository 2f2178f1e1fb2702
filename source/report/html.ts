import {cleanText} from '../text/clean.ts';

/** Text that is already markup and is not escaped again. Created only by `html` and `markup`. */
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

/** Template tag for HTML or SVG: escapes values unless they are Markup, joins lists, omits undefined and false. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
	return new Markup(
		strings.map((text, index) => text + (index < values.length ? written(values[index]) : '')).join(''),
	);
}

/** Marks text as markup, without escaping. Only for sources that escape foreign text themselves: charts, our style sheet. */
export function trustedMarkup(text: string): Markup {
	return new Markup(text);
}

/** Escapes text for elements and quoted attributes. Control characters are cleaned, because XML cannot represent them. */
export function escapeHtml(text: string): string {
	return cleanText(text).replaceAll(/[&<>"']/g, sign => entities[sign]!);
}

const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function written(value: Value): string {
	if (value === undefined || value === false) {
		return '';
	}

	return typeof value === 'object'
		? value instanceof Markup
			? value.toString()
			: value.map(item => written(item)).join('')
		: escapeHtml(String(value));
}
