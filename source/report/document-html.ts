import {asset} from '../assets.ts';
import {documentMessages as messages} from './document-messages.ts';
import type {Verdict} from '../measure/result.ts';
import type {Block, Cell, Document, Figure, Table} from './document.ts';
import {html, trustedMarkup, type Markup} from './html.ts';

type Language = Document['language'];

/** A sign for each verdict, so that colour is not needed. */
export const verdictSigns: Record<Verdict, string> = {passed: '✔', failed: '✖', void: '○', interrupted: '■'};

/** A self-contained HTML file: no scripts, external fonts or pictures. A Content-Security-Policy forbids all requests. */
export function documentHtml({language, title, subtitle, blocks, footer}: Document): string {
	const sections = blocks.flatMap(block => (block.kind === 'section' ? [block] : []));
	return `<!doctype html>\n${html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trustedMarkup(asset('report/report.css'))}</style>
</head>
<body>
<header><h1>${title}</h1><p>${subtitle}</p></header>
<nav aria-label="${messages.contents[language]}"><ol>${sections.map(({id, title}) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
<main>
${blocks.map(block => blockHtml(block, 2, language))}
</main>
<footer>${footer}</footer>
</body>
</html>`}\n`;
}

function blockHtml(block: Block, level: number, language: Language, heading = ''): Markup {
	switch (block.kind) {
		case 'section': {
			const {id, title, verdict, aside, blocks} = block;
			const words = html`${title}${aside !== undefined && html` <small>${aside}</small>`}${verdict && html` ${badge(verdict, language)}`}`;
			return html`<section id="${id}" class="level-${level}">${trustedMarkup(`<h${level}>`)}${words}${trustedMarkup(`</h${level}>`)}
${blocks.map(inner => blockHtml(inner, level + 1, language, title))}</section>
`;
		}

		case 'paragraph': {
			return html`<p>${inline(block.text)}</p>`;
		}

		case 'note': {
			return html`<p class="note ${block.tone}" role="note">${inline(block.text)}</p>`;
		}

		case 'figures': {
			return html`<dl class="figures">${block.figures.map(({value, label, tone = ''}) => html`<div class="${tone}"><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
		}

		case 'list': {
			return html`<ul>${block.items.map(item => html`<li>${inline(item)}</li>`)}</ul>`;
		}

		case 'facts': {
			return html`<dl class="facts">${block.rows.map(([name, value]) => html`<dt>${name}</dt><dd>${inline(value)}</dd>`)}</dl>`;
		}

		case 'table': {
			return tableHtml(block, language, block.caption === heading);
		}

		case 'figure': {
			return figureHtml(block, language);
		}
	}
}

function figureHtml({title, description, isExplained, svg, table}: Figure, language: Language): Markup {
	return html`<figure><figcaption>${title}${isExplained && html`<p>${inline(description)}</p>`}</figcaption><div class="picture">${svg()}</div>
${table && html`<details><summary>${messages.asTable[language]}</summary>${tableHtml(table, language)}</details>`}</figure>
`;
}

/** @param isNamed whether the heading above has the same text; the caption is then hidden visually */
function tableHtml({caption, head, rows}: Table, language: Language, isNamed = false): Markup {
	// A column of numbers is aligned right, with its heading.
	const isNumeric = head.map(
		(_, index) => rows.length > 0 && rows.every(row => typeof row[index] === 'object' && 'number' in row[index]),
	);
	const side = (index: number) => (isNumeric[index] ? 'number' : '');
	return html`<div class="table" role="region" aria-label="${caption}" tabindex="0"><table><caption class="${isNamed ? 'unseen' : ''}">${inline(caption)}</caption>
<thead><tr>${head.map((name, index) => html`<th scope="col" class="${side(index)}">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
		row => html`<tr>${row.map((cell, index) => html`<td class="${side(index)}">${cellHtml(cell, language)}</td>`)}</tr>
`,
	)}</tbody></table></div>`;
}

function cellHtml(cell: Cell, language: Language): Markup {
	if (typeof cell === 'string') {
		return inline(cell);
	}

	return 'verdict' in cell
		? badge(cell.verdict, language)
		: 'to' in cell
			? html`<a href="#${cell.to}">${cell.text}</a>`
			: html`${cell.number}`;
}

function badge(verdict: Verdict, language: Language): Markup {
	return html`<span class="verdict ${verdict}">${verdictSigns[verdict]} ${messages.verdict[verdict][language]}</span>`;
}

/** Text between backticks is code. */
function inline(text: string): Markup {
	return html`${text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
