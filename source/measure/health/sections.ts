/** Marks the beginning of a section in the output of a status check; the section's name follows. */
export const sectionMark = '%%';

/**
 * Splits the output of a status check into sections by name. A section that was not printed is absent; one without output
 * is empty. The first section of a name counts, so a program's output cannot replace an earlier section.
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
