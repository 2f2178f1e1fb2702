import {documentMessages as messages} from './document-messages.ts';
import {cleanLine} from '../text/clean.ts';
import type {Block, Cell, Document, Table} from './document.ts';
import {verdictSigns} from './document-html.ts';

type Language = Document['language'];

/** The document as Markdown. Instead of a picture there is its text drawing, its table of data, or both. */
export function documentMarkdown({language, title, subtitle, blocks, footer}: Document): string {
	return (
		[
			`# ${escapeMarkdown(title)}`,
			escapeMarkdown(subtitle),
			...blocks.flatMap(block => blockMarkdown(block, 2, language)),
			'---',
			escapeMarkdown(footer),
		].join('\n\n') + '\n'
	);
}

function blockMarkdown(block: Block, level: number, language: Language, heading = ''): string[] {
	switch (block.kind) {
		case 'section': {
			const {title, verdict, aside, blocks} = block;
			const badge = verdict ? ` — ${verdictSigns[verdict]} ${messages.verdict[verdict][language]}` : '';
			return [
				`${'#'.repeat(level)} ${escapeMarkdown(title)}${aside ? ` (${escapeMarkdown(aside)})` : ''}${badge}`,
				...blocks.flatMap(inner => blockMarkdown(inner, level + 1, language, title)),
			];
		}

		case 'paragraph': {
			return [inline(block.text)];
		}

		case 'note': {
			return [`> ${block.tone === 'plain' ? '' : block.tone === 'bad' ? '✖ ' : '⚠ '}${inline(block.text)}`];
		}

		case 'figures': {
			return [
				block.figures.map(({value, label}) => `- **${escapeMarkdown(value)}** ${escapeMarkdown(label)}`).join('\n'),
			];
		}

		case 'list': {
			return [block.items.map(item => `- ${inline(item)}`).join('\n')];
		}

		case 'facts': {
			return [block.rows.map(([name, value]) => `- ${escapeMarkdown(name)}: ${inline(value)}`).join('\n')];
		}

		case 'table': {
			return tableMarkdown(block, language, block.caption !== heading);
		}

		case 'figure': {
			const {title, description, lines, table} = block;
			return [
				`**${escapeMarkdown(title)}**`,
				inline(description),
				...(lines ? [`\`\`\`text\n${lines.map(line => cleanLine(line)).join('\n')}\n\`\`\``] : []),
				...(table ? tableMarkdown(table, language, false) : []),
			];
		}
	}
}

function tableMarkdown({caption, head, rows}: Table, language: Language, hasCaption = true): string[] {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const isNumeric = (index: number) =>
		rows.length > 0 && rows.every(row => typeof row[index] === 'object' && 'number' in row[index]);
	return [
		...(hasCaption ? [`**${inline(caption)}**`] : []),
		[
			line(head.map(name => escapeMarkdown(name))),
			line(head.map((_, index) => (isNumeric(index) ? '---:' : '---'))),
			...rows.map(row => line(row.map(cell => cellMarkdown(cell, language)))),
		].join('\n'),
	];
}

function cellMarkdown(cell: Cell, language: Language): string {
	if (typeof cell === 'string') {
		return inline(cell);
	}

	return 'verdict' in cell
		? `${verdictSigns[cell.verdict]} ${messages.verdict[cell.verdict][language]}`
		: escapeMarkdown('to' in cell ? cell.text : cell.number);
}

/** Text between backticks is code. */
function inline(text: string): string {
	return text
		.split(/`([^`]+)`/)
		.map((part, index) =>
			index % 2 === 1 ? `\`${cleanLine(part).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')}\`` : escapeMarkdown(part),
		)
		.join('');
}

/** Text in one line, with everything escaped that is syntax in Markdown or HTML. */
function escapeMarkdown(text: string): string {
	return cleanLine(text)
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/[\\`*_[\]<>|#~&]/g, sign => `\\${sign}`);
}
