/** Marks the beginning of a section in the output of a status check; the section's name follows. */
export const sectionMark = '%%';

/** Texts by the names of their sections. */
export type Sections = ReadonlyMap<string, string>;

/**
 * Splits the output of a status check into sections by name. A section that was not printed is absent; one without output
 * is empty. The first section of a name counts, so a program's output cannot replace an earlier section.
 */
export function sectionsOf(text: string): Sections {
	const found = new Map<string, string>();
	for (const part of `\n${text}`.split(`\n${sectionMark}`).slice(1)) {
		const [name = '', ...lines] = part.split('\n');
		if (!found.has(name)) {
			found.set(name, lines.join('\n'));
		}
	}

	return found;
}

/** Applies a parser to a section that was printed. */
export function readSection<Value>(
	sections: Sections,
	name: string,
	parse: (text: string) => Value | undefined,
): Value | undefined {
	const text = sections.get(name);
	return text === undefined ? undefined : parse(text);
}

/** Lines that are not empty. */
export function linesOf(text: string): string[] {
	return text
		.split('\n')
		.map(line => line.trim())
		.filter(Boolean);
}
