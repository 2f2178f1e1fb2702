/** A line of /etc/network/interfaces. `at` and `length` are its place in the file, with the lines that continue it. */
export interface Line {
	readonly at: number;
	readonly length: number;
	/** Characters of the line's end behind it: 0 at the end of the file. */
	readonly end: number;
	/** Its text; blanks stand for the ends of lines inside, so that places in it are places in the file. */
	readonly line: string;
}

/**
 * The lines as ifupdown reads them (interfaces(5)): one that ends with a backslash goes on in the next one, comments do
 * not. A carriage return before the end is no part of the line.
 */
export function linesOf(text: string): Line[] {
	const lines: Line[] = [];
	let at = 0;
	while (at < text.length) {
		const isComment = /^[\t ]*#/.test(text.slice(at, text.indexOf('\n', at) + 1 || undefined));
		let end = endOf(text, at);
		while (!isComment && text[end - 1] === '\\' && end < text.length) {
			end = endOf(text, end + 1);
		}

		const raw = text.slice(at, end);
		const line = raw.replace(/\r$/, '');
		lines.push({at, length: line.length, end: raw.length - line.length + (end < text.length ? 1 : 0), line: line.replaceAll('\\\n', '  ')});
		at = end + 1;
	}

	return lines;
}

/** The place of the newline that ends the line, or of the end of the text. */
function endOf(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end === -1 ? text.length : end;
}
