import {setTimeout as delay} from 'node:timers/promises';
import {readStatus, type StatusRow} from '../measure/status.ts';
import {statusMessages} from '../messages/status.ts';
import type {Language} from '../messages/text.ts';
import type {CommonOptions} from './options.ts';
import {plainTable} from './plain-table.ts';
import {openTargets} from './runner.ts';
import {throughSandbox} from './sandbox.ts';
import {openExisting} from './session.ts';

export interface StatusOptions extends CommonOptions {
	readonly watch?: boolean;
}

/** Milliseconds between two looks with `--watch`. */
const watchInterval = 2000;

/** What the cluster looks like now. */
export async function status(options: StatusOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	return throughSandbox(session, async () => {
		const targets = openTargets(session);
		try {
			do {
				const rows = await readStatus(session.cluster, {target: targets.target, signal});
				// Nodes that were not waited for any more are not silent.
				if (signal.aborted) {
					return options.watch ? 0 : 130;
				}

				const text = options.json ? rows.map(row => JSON.stringify(row)).join('\n') : statusText(rows, session.language);
				process.stdout.write(`${options.watch && process.stdout.isTTY ? '\u001B[2J\u001B[H' : ''}${text}\n`);
				if (options.watch) {
					await delay(watchInterval, undefined, {signal}).catch(() => {});
				}
			} while (options.watch && !signal.aborted);
		} finally {
			targets.close();
		}

		return 0;
	}, {signal});
}

/** One table for each kind of thing. */
export function statusText(rows: readonly StatusRow[], language: Language): string {
	const kinds = [...new Set(rows.map(({kind}) => kind))];
	return kinds.map(kind => {
		const ofKind = rows.filter(row => row.kind === kind).map(row => row as Readonly<Record<string, unknown>>);
		const columns = Object.keys(ofKind[0]!).filter(column => column !== 'kind');
		const head = columns.map(column => statusMessages.columns[column]?.[language] ?? column);
		return `${statusMessages.kinds[kind][language]}\n${plainTable(head, ofKind.map(row => columns.map(column => cell(row[column], language))))}\n`;
	}).join('\n');
}

function cell(value: unknown, language: Language): string {
	if (typeof value === 'boolean') {
		return (value ? statusMessages.yes : statusMessages.no)[language];
	}

	return Array.isArray(value) ? value.join(', ') || '-' : String(value ?? '-');
}
