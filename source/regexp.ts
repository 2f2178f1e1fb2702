const special = /[\\^$.*+?()[\]{}|]/g;

/** A hyphen as a number: `\-` is an error with the flag `u`. */
const escape = (value: string | number) => String(value).replaceAll(special, String.raw`\$&`).replaceAll('-', String.raw`\x2d`);

/**
 * A regular expression from a template in which every value stands for itself: the dot of the interface `eth0.1` matches
 * a dot only. The one place that makes regular expressions at run time; lint forbids others.
 * @param flags as `RegExp` takes them
 */
export function regExp(flags = ''): (strings: TemplateStringsArray, ...values: ReadonlyArray<string | number>) => RegExp {
	return (strings, ...values) => new RegExp(String.raw(strings, ...values.map(value => escape(value))), flags);
}

/** Matches any of the texts, everywhere: the longest where several begin. Without texts it matches nothing. */
export function anyOf(texts: readonly string[]): RegExp {
	return texts.length === 0 ? /(?!)/g : new RegExp(texts.toSorted((one, other) => other.length - one.length).map(text => escape(text)).join('|'), 'g');
}

/** A shell's pattern for one word (`*`, `?`, `[a-z]`, `[!a]`), as the names of interfaces are matched. */
export function globPattern(pattern: string): RegExp {
	const parts = pattern.split(/(\[[^\]]+])/).map((part, index) => index % 2 === 1
		? `[${part.slice(1, -1).replace(/^!/, '^').replaceAll(/[\\[\]]/g, String.raw`\$&`)}]`
		: escape(part).replaceAll(String.raw`\*`, '.*').replaceAll(String.raw`\?`, '.'));
	return new RegExp(`^${parts.join('')}$`);
}

/** A sentence with names in braces: each matches any text, and is a group of that name. */
export function templatePattern(template: string): RegExp {
	return new RegExp(`^${template.split(/{(\w+)}/).map((part, index) => index % 2 === 1 ? `(?<${part}>.*)` : escape(part)).join('')}$`);
}
