/** Begins a section of a look's output; the section's name follows. */
export const sectionMark = '%%';

/**
 * The sections of a look's output by name. A section that was not printed is absent, one that printed nothing is empty.
 * The first of two sections of one name counts, as a program's own output comes later than the line that names it.
 */
export function sectionsOf(text: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const part of `\n${text}`.split(`\n${sectionMark}`).slice(1)) {
		const [name = '', ...lines] = part.split('\n');
		if (!found.has(name)) {
			found.set(name, lines.join('\n'));
		}
	}

	return found;
}
