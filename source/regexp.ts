const special = /[\\^$.*+?()[\]{}|]/g;

/** Escapes a value. The hyphen becomes `\x2d`, because `\-` is an error with the flag `u`. */
const escape = (value: string | number) =>
	String(value)
		.replaceAll(special, String.raw`\$&`)
		.replaceAll('-', String.raw`\x2d`);

/**
 * Template tag for regular expressions in which every value matches literally: the dot of the interface `eth0.1`
 * matches only a dot. Lint forbids making regular expressions at run time anywhere else.
 * @param flags flags of `RegExp`
 */
export function regExp(
	flags = '',
): (strings: TemplateStringsArray, ...values: ReadonlyArray<string | number>) => RegExp {
	return (strings, ...values) => new RegExp(String.raw(strings, ...values.map(value => escape(value))), flags);
}

/** Returns a global pattern that matches any of the texts, the longest first. Without texts it matches nothing. */
export function anyOf(texts: readonly string[]): RegExp {
	return texts.length === 0
		? /(?!)/g
		: new RegExp(
				texts
					.toSorted((one, other) => other.length - one.length)
					.map(text => escape(text))
					.join('|'),
				'g',
			);
}

/**
 * Converts a shell pattern for one word (`*`, `?`, `[a-z]`, `[!a]`), such as an interface name pattern, to a regular
 * expression.
 */
export function globPattern(pattern: string): RegExp {
	const parts = pattern.split(/(\[[^\]]+])/).map((part, index) =>
		index % 2 === 1
			? `[${part
					.slice(1, -1)
					.replace(/^!/, '^')
					.replaceAll(/[\\[\]]/g, String.raw`\$&`)}]`
			: escape(part)
					.replaceAll(String.raw`\*`, '.*')
					.replaceAll(String.raw`\?`, '.'),
	);
	return new RegExp(`^${parts.join('')}$`);
}

/**
 * Converts a sentence with names in braces to a regular expression: each name matches any text and becomes a named
 * group.
 */
export function templatePattern(template: string): RegExp {
	return new RegExp(
		`^${template
			.split(/{(\w+)}/)
			.map((part, index) => (index % 2 === 1 ? `(?<${part}>.*)` : escape(part)))
			.join('')}$`,
	);
}
