import {definitionOf, type Role} from '../roles/index.ts';
import type {Language} from '../languages/text.ts';
import type {Outcome} from '../measure/result.ts';
import type {StatusRow} from '../measure/status.ts';
import {machineStateText} from '../engine/resource-names.ts';
import {outcomeWords} from '../measure/messages.ts';
import {statusMessages} from './messages.ts';
import type {Columns} from '../text/wrap.ts';
import {tableOrParagraphs} from '../session/plain-table.ts';

type TableKind = Exclude<StatusRow['kind'], 'health'>;

/** Formats one table per kind of row, fitted to the terminal's width. */
export function statusText(rows: readonly StatusRow[], language: Language, terminal: Columns = {}): string {
	const kinds = [...new Set(rows.flatMap(({kind}): TableKind[] => (kind === 'health' ? [] : [kind])))];
	return kinds
		.map(kind => {
			const ofKind = rows.filter(row => row.kind === kind).map(row => row as Readonly<Record<string, unknown>>);
			// Rows omit unknown values, so the columns are the union over all rows.
			const columns = [...new Set(ofKind.flatMap(row => Object.keys(row)))].filter(column => column !== 'kind');
			const head = columns.map(column => statusMessages.columns[column]?.[language] ?? column);
			return `${statusMessages.kinds[kind][language]}\n${tableOrParagraphs(
				head,
				ofKind.map(row => columns.map(column => cell(kind, column, row[column], language))),
				terminal,
			)}\n`;
		})
		.join('\n');
}

/** Translates roles and libvirt's states; terms of Pacemaker and Linux stay as they are, so that users can look them up. */
function cell(kind: TableKind, column: string, value: unknown, language: Language): string {
	if (typeof value === 'boolean') {
		return (value ? statusMessages.yes : statusMessages.no)[language];
	}

	if (kind === 'node' && typeof value === 'string') {
		return column === 'machine'
			? machineStateText(value)[language]
			: column === 'role'
				? definitionOf(value as Role).label[language]
				: value;
	}

	if (kind === 'page' && column === 'outcome') {
		return outcomeWords[value as Outcome][language];
	}

	return Array.isArray(value) ? value.join(', ') || '-' : String(value ?? '-');
}
