/** A logical line of /etc/network/interfaces. `at` and `length`: its offset and length, with continuation lines. */
export interface InterfacesLine {
	readonly at: number;
	readonly length: number;
	/** Length of the line ending after it; 0 at the end of the file. */
	readonly end: number;
	/** Text of the line. Inner line breaks are replaced by blanks of the same length, so that offsets fit the file. */
	readonly line: string;
}

/**
 * Splits the text as ifupdown does (interfaces(5)): a line that ends with a backslash continues on the next one, except
 * for comments. A carriage return before the line feed is not part of the line.
 */
export function linesOf(text: string): InterfacesLine[] {
	const lines: InterfacesLine[] = [];
	let at = 0;
	while (at < text.length) {
		const isComment = /^[\t ]*#/.test(text.slice(at, text.indexOf('\n', at) + 1 || undefined));
		let end = endOf(text, at);
		while (!isComment && text[end - 1] === '\\' && end < text.length) {
			end = endOf(text, end + 1);
		}

		const raw = text.slice(at, end);
		const line = raw.replace(/\r$/, '');
		lines.push({
			at,
			length: line.length,
			end: raw.length - line.length + (end < text.length ? 1 : 0),
			line: line.replaceAll('\\\n', '  '),
		});
		at = end + 1;
	}

	return lines;
}

/** Offset of the next newline, or of the end of the text. */
function endOf(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end === -1 ? text.length : end;
}
