import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {packageRoot} from '../../source/assets.ts';
import {catalogue, type HostDefinition} from './catalogue.ts';

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
	return [
		name,
		unfit ? `does not fit: ${unfit.join('; ')}` : 'fits',
		'refusal' in bridge ? `refused: ${bridge.refusal}` : 'made and removed',
		build ? builds[build] : '',
	];
}

const builds = {always: 'in every run', long: 'in the long run'} as const;

/** Columns of the table of whole builds. */
const buildColumns = [
	'packages',
	'up',
	'second up',
	'stop',
	'start',
	'poweroff',
	'page after power on',
	'down',
] as const;

/** Seconds of a whole build, by what took them; only some hosts stop and start the cluster. */
export type BuildFigures = Partial<Record<(typeof buildColumns)[number], number>>;

const hostsPath = join(packageRoot, 'docs/hosts.md');
const hostColumns = ['host', '`plan`', 'bridge', 'whole cluster', 's to boot', 's for all'];
const builtColumns = ['built on', ...buildColumns];

export function printTable(rows: readonly Row[]): void {
	process.stdout.write(`\n${tableOf(rows)}`);
}

/** Puts the rows of these hosts into docs/hosts.md. */
export function writeTable(rows: readonly Row[]): void {
	writeFileSync(
		hostsPath,
		rows.reduce((text, row) => withRow(text, hostColumns, hostCells(row)), readFileSync(hostsPath, 'utf8')),
	);
}

export function printBuild(name: string, figures: BuildFigures): void {
	process.stdout.write(`\n${drawn([builtColumns, buildCells(name, figures)])}`);
}

/** Puts the figures of a build that came to its end into docs/hosts.md. */
export function writeBuild(name: string, figures: BuildFigures): void {
	writeFileSync(hostsPath, withBuild(readFileSync(hostsPath, 'utf8'), name, figures));
}

/** The text with these figures in its table of whole builds. */
export function withBuild(text: string, name: string, figures: BuildFigures): string {
	return withRow(text, builtColumns, buildCells(name, figures));
}

/** The text with this row in the table with these columns; the other rows stay, all in the order of the catalogue. */
function withRow(text: string, columns: readonly string[], cells: readonly string[]): string {
	return text.replace(tablePattern(columns), table => {
		const rows = table
			.trimEnd()
			.split('\n')
			.slice(2)
			.map(line =>
				line
					.split('|')
					.slice(1, -1)
					.map(cell => cell.trim()),
			);
		const byName = new Map([...rows, cells].map(row => [row[0]!, row]));
		return drawn([columns, ...catalogue.flatMap(({name}) => (byName.has(name) ? [byName.get(name)!] : []))]);
	});
}

function buildCells(name: string, figures: BuildFigures): string[] {
	return [name, ...buildColumns.map(column => figures[column]?.toFixed(0) ?? '')];
}

/** The lines of the table with these columns. */
function tablePattern([first]: readonly string[]): RegExp {
	return new RegExp(`^\\| ${first} \\|.*\\n(\\|.*\\n)*`, 'm');
}

function tableOf(rows: readonly Row[]): string {
	return drawn([hostColumns, ...rows.map(row => hostCells(row))]);
}

function hostCells({definition, boot, seconds}: Row): string[] {
	return [...cellsOf(definition), boot.toFixed(1), seconds.toFixed(0)];
}

/** A table of Markdown; its first row is the head. */
function drawn([head, ...rows]: readonly (readonly string[])[]): string {
	return [head!, head!.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('');
}
