import {marked, type Token, type Tokens} from 'marked';
import {paint, width} from './text.ts';
import wrapAnsi from 'wrap-ansi';
import {cleanLine, cleanText} from '../../text/clean.ts';

/** Renders Markdown as lines for the terminal: bold headings, cyan indented code, lists with their markers. */
export function markdownLines(text: string, columns: number): readonly string[] {
	// Keeps the last result, because every frame asks for the same text.
	if (last?.text !== text || last.columns !== columns) {
		last = {text, columns, lines: render(text, columns)};
	}

	return last.lines;
}

let last: {readonly text: string; readonly columns: number; readonly lines: readonly string[]} | undefined;

function render(text: string, columns: number): string[] {
	const lines = marked.lexer(text).flatMap(token => [...block(token, columns), '']);
	while (lines.at(-1) === '') {
		lines.pop();
	}

	return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}

function block(token: Token, columns: number): string[] {
	switch (token.type) {
		case 'heading': {
			return [paint.bold(wrapped(inline((token as Tokens.Heading).tokens), columns).join('\n'))].join('').split('\n');
		}

		case 'paragraph': {
			return wrapped(inline((token as Tokens.Paragraph).tokens), columns);
		}

		case 'code': {
			return cleanText((token as Tokens.Code).text)
				.split('\n')
				.flatMap(line => hard(line, columns - 2).map(part => `  ${paint.cyan(part)}`));
		}

		case 'list': {
			const {items, ordered, start} = token as Tokens.List;
			return items.flatMap((item, index) => {
				const mark = ordered ? `${Number(start || 1) + index}. ` : '· ';
				const inner = item.tokens.flatMap(child => block(child, columns - mark.length));
				return inner.map((line, row) => (row === 0 ? mark : ' '.repeat(mark.length)) + line);
			});
		}

		case 'text': {
			const {tokens, text} = token as Tokens.Text;
			return wrapped(tokens ? inline(tokens) : cleanText(text), columns);
		}

		case 'table': {
			const {header, rows} = token as Tokens.Table;
			return rows.flatMap(row =>
				row.flatMap((cell, index) =>
					wrapped(
						`${index === 0 ? '· ' : '  '}${paint.dim(inline(header[index]!.tokens))} ${inline(cell.tokens)}`,
						columns,
					),
				),
			);
		}

		case 'blockquote': {
			return (token as Tokens.Blockquote).tokens.flatMap(child => block(child, columns - 2)).map(line => `│ ${line}`);
		}

		case 'hr': {
			return ['─'.repeat(columns)];
		}

		default: {
			return [];
		}
	}
}

function inline(tokens: readonly Token[]): string {
	return tokens
		.map(token => {
			switch (token.type) {
				case 'strong': {
					return paint.bold(inline((token as Tokens.Strong).tokens));
				}

				case 'em': {
					return inline((token as Tokens.Em).tokens);
				}

				case 'codespan': {
					return paint.cyan(cleanLine((token as Tokens.Codespan).text));
				}

				case 'link': {
					return inline((token as Tokens.Link).tokens);
				}

				case 'br': {
					return '\n';
				}

				default: {
					// The lexer decodes entities: `&#27;` has become an escape character.
					return 'tokens' in token && token.tokens
						? inline(token.tokens)
						: cleanLine('text' in token ? (token as Tokens.Text).text : token.raw);
				}
			}
		})
		.join('');
}

function wrapped(text: string, columns: number): string[] {
	return wrapAnsi(text, columns, {hard: true}).split('\n');
}

/** Wraps a line of code and keeps its spaces. */
function hard(line: string, columns: number): string[] {
	return width(line) <= columns ? [line] : wrapAnsi(line, columns, {hard: true, trim: false}).split('\n');
}
