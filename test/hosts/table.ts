import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {packageRoot} from '../../source/assets.ts';
import type {HostDefinition} from './catalogue.ts';

/** A host on which everything was as it should be. */
export interface Row {
	readonly definition: HostDefinition;
	/** Seconds until everything ran. */
	readonly boot: number;
	/** Seconds for everything. */
	readonly seconds: number;
}

/** Host, verdict of `plan`, result of the bridge, and when the whole cluster is built. */
export function cellsOf({name, unfit, bridge, build}: HostDefinition): string[] {
	return [name, unfit ? `does not fit: ${unfit.join('; ')}` : 'fits', 'refusal' in bridge ? `refused: ${bridge.refusal}` : 'made and removed', build ? builds[build] : ''];
}

const builds = {always: 'in every run', long: 'in the long run'} as const;

export function printTable(rows: readonly Row[]): void {
	process.stdout.write(`\n${tableOf(rows)}`);
}

/** Puts the table at the end of docs/hosts.md. */
export function writeTable(rows: readonly Row[]): void {
	const path = join(packageRoot, 'docs/hosts.md');
	const [text] = readFileSync(path, 'utf8').split(/^\| host /m);
	writeFileSync(path, `${text}${tableOf(rows)}`);
}

function tableOf(rows: readonly Row[]): string {
	const lines = rows.map(({definition, boot, seconds}) => [...cellsOf(definition), boot.toFixed(1), seconds.toFixed(0)]);
	return [['host', '`plan`', 'bridge', 'whole cluster', 's to boot', 's for all'], Array.from({length: 6}, () => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |\n`).join('');
}
