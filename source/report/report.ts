import type {Language} from '../languages/text.ts';
import {documentMessages as words} from './document-messages.ts';
import type {Document} from './document.ts';
import {documentHtml} from './document-html.ts';
import {documentMarkdown} from './document-markdown.ts';
import {formatFor} from './format.ts';
import {buildSection, errataSection} from './report-build.ts';
import {clusterSection} from './report-cluster.ts';
import {drillsSection} from './report-drills.ts';
import type {Report} from './report-data.ts';
import {loadSection} from './report-load.ts';
import {summarySection} from './report-summary.ts';

/** The report as a self-contained HTML file. */
export function reportHtml(report: Report, language: Language): string {
	return documentHtml(documentOf(report, language));
}

/** The report as Markdown, with only those pictures that can be drawn as text. */
export function reportMarkdown(report: Report, language: Language): string {
	return documentMarkdown(documentOf(report, language));
}

/** The report as JSON, with its texts in every language; docs/report.md documents the fields. */
export function reportJson(report: Report): string {
	return `${JSON.stringify(report, null, '\t')}\n`;
}

function documentOf(report: Report, language: Language): Document {
	return {
		language,
		title: words.title(report.cluster.name)[language],
		subtitle: words.subtitle(formatFor(language).moment(report.measurements.at))[language],
		blocks: [summarySection, clusterSection, drillsSection, loadSection, buildSection, errataSection].map(section =>
			section(report, language),
		),
		footer: words.footer(report.program.version)[language],
	};
}
