import {setTimeout as delay} from 'node:timers/promises';
import Table from 'cli-table3';
import {readStatus, type StatusRow} from '../measure/status.ts';
import {statusMessages} from '../messages/status.ts';
import type {Language} from '../messages/text.ts';
import type {CommonOptions} from './options.ts';
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
		const table = new Table({chars: bare, style: {head: [], border: [], 'padding-left': 0, 'padding-right': 2}, head: columns.map(column => statusMessages.columns[column]?.[language] ?? column)});
		table.push(...ofKind.map(row => columns.map(column => cell(row[column], language))));
		return `${statusMessages.kinds[kind][language]}\n${table.toString().replaceAll(/^/gm, '  ')}\n`;
	}).join('\n');
}

function cell(value: unknown, language: Language): string {
	if (typeof value === 'boolean') {
		return (value ? statusMessages.yes : statusMessages.no)[language];
	}

	return Array.isArray(value) ? value.join(', ') || '-' : String(value ?? '-');
}

/** No lines: the same table in every terminal. */
const bare = Object.fromEntries(['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'].map(name => [name, '']));
