import type {HostDefinition} from './catalogue.ts';

/** A host on which everything was as it should be. */
export interface Row {
	readonly definition: HostDefinition;
	/** Seconds until everything ran. */
	readonly boot: number;
	/** Seconds for everything. */
	readonly seconds: number;
}

/** The table of docs/hosts.md. */
export function tableOf(rows: readonly Row[]): string {
	const lines = rows.map(({definition: {name, unfit, bridge}, boot, seconds}) => [
		name, unfit ? `does not fit: ${unfit.join('; ')}` : 'fits',
		'refusal' in bridge ? `refused: ${bridge.refusal}` : 'made and removed', boot.toFixed(1), seconds.toFixed(0),
	]);
	return [['host', '`plan`', 'bridge', 's to boot', 's for all'], ['---', '---', '---', '---', '---'], ...lines].map(cells => `| ${cells.join(' | ')} |\n`).join('');
}

export function printTable(rows: readonly Row[]): void {
	process.stdout.write(`\n${tableOf(rows)}`);
}
