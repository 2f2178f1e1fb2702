import {mkdirSync, writeFileSync} from 'node:fs';
import xterm from '@xterm/headless';
import {scenes} from './scenes.ts';

/**
 * Pictures of the screens for the documentation, as a terminal shows them: `npm run pictures` writes `docs/screens/*.svg`.
 */
const columns = 100;
const rows = 30;
const cell = {width: 8.4, height: 18};
const colors: Record<number, string> = {1: '#e06c75', 2: '#98c379', 3: '#e5c07b', 6: '#56b6c2'};
const wanted = ['welcome', 'plan', 'run', 'run, guided', 'failure', 'dashboard', 'verification, running'];

mkdirSync('docs/screens', {recursive: true});
for (const name of wanted) {
	const screen = await scenes[name]!({columns, rows});
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	await new Promise<void>(resolve => {
		terminal.write(screen.raw(), resolve);
	});
	writeFileSync(`docs/screens/${name.replaceAll(/\W+/g, '-')}.svg`, svg(terminal));
	screen.end();
}

process.exit(0);

function svg(terminal: xterm.Terminal): string {
	const texts = Array.from({length: rows}, (_, row) => line(terminal, row)).join('');
	const [width, height] = [(columns * cell.width) + 20, (rows * cell.height) + 20];
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14"><rect width="100%" height="100%" rx="8" fill="#1e2127"/>\n${texts}</svg>\n`;
}

/** Runs of cells that look the same, each with its width, so that every font keeps the columns. */
function line(terminal: xterm.Terminal, row: number): string {
	const cells = terminal.buffer.active.getLine(row)!;
	const runs: Array<{text: string; from: number; style: string; isInverse: boolean}> = [];
	for (let column = 0; column < columns; column++) {
		const one = cells.getCell(column)!;
		const isInverse = one.isInverse() !== 0;
		const fill = isInverse ? '#1e2127' : one.isFgPalette() ? colors[one.getFgColor()] ?? '#abb2bf' : '#abb2bf';
		const style = `fill="${fill}"${one.isBold() ? ' font-weight="bold"' : ''}${one.isDim() ? ' opacity="0.6"' : ''}`;
		const last = runs.at(-1);
		if (last?.style === style && last.isInverse === isInverse) {
			last.text += one.getChars() || ' ';
		} else {
			runs.push({text: one.getChars() || ' ', from: column, style, isInverse});
		}
	}

	const y = 10 + (row * cell.height);
	return runs.filter(({text, isInverse}) => isInverse || text.trim() !== '').map(({text, from, style, isInverse}) => {
		const [x, width] = [10 + (from * cell.width), text.length * cell.width];
		const back = isInverse ? `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${cell.height}" fill="#abb2bf"/>` : '';
		return `${back}<text x="${x.toFixed(1)}" y="${y + 14}" textLength="${width.toFixed(1)}" xml:space="preserve" ${style}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>\n`;
	}).join('');
}
