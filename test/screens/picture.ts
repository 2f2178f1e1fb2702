import {readFileSync} from 'node:fs';
import xterm from '@xterm/headless';
import type {AskedQuestion} from '../../source/session/ask-wizard.ts';
import {chapterText} from '../../source/session/chapter.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {testCluster} from '../cluster-fixture.ts';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {openScreen, type Screen} from './screen.tsx';

const columns = 100;
const rows = 30;
const cell = {width: 8.4, height: 18};
const colors: Record<number, string> = {1: '#e06c75', 2: '#98c379', 3: '#e5c07b', 6: '#56b6c2'};

/** Events of a real run, `at` in seconds since its beginning: `test/screens/record.ts` wrote them. */
export const recording = readFileSync(new URL('recorded/build.jsonl', import.meta.url), 'utf8')
	.split('\n')
	.filter(Boolean)
	.map(line => {
		const {at, ...event} = JSON.parse(line) as {at: number};
		return {at, event: event as EventBody};
	});

/** The task that the picture of the guided mode stops at: the second of its chapter, so that there is output before it. */
const guided = {unit: 'networks', index: 1};

/** The question that the guided mode asks before a task of the recorded run, with the commands that were run. */
export function recordedQuestion(): AskedQuestion {
	const commands = recording.flatMap(({event}) =>
		event.type === 'task-started' && event.unit === guided.unit && event.index === guided.index ? [event] : [],
	);
	const [{unit, step, host, task, index}] = commands as [(typeof commands)[number]];
	return {
		id: 'q1',
		type: 'apply',
		unit,
		step,
		host,
		task,
		index,
		skippable: true,
		commands: commands.map(({command}) => command),
	};
}

/** Pictures of the screens for the documentation, each a moment of the recorded run; `npm run pictures` writes them. */
export const pictures: Readonly<Record<string, () => Promise<string>>> = {
	async run() {
		return drawn(await replayed(52.5));
	},
	async 'run-guided'() {
		const question = recordedQuestion();
		const screen = await replayed(
			recording.find(
				({event}) => event.type === 'task-started' && event.unit === question.unit && event.index === question.index,
			)!.at - 0.001,
			true,
		);
		screen.backend.ask(question);
		await screen.settle();
		return drawn(screen);
	},
};

/** The wizard after so many seconds of the recorded run, which was an emulated one in a sandbox. */
async function replayed(until: number, isGuided = false): Promise<Screen> {
	const cluster = testCluster({}, {acceleration: 'tcg'});
	const backend = new FakeBackend(testOverview({acceleration: 'tcg'}));
	backend.chapter = step => chapterText(step, cluster, 'en');
	const screen = await openScreen({backend, columns, rows, state: {isGuided}});
	screen.wizard.navigation.home('run');
	screen.wizard.work.start('up');
	backend.announce();
	for (const {at, event} of recording) {
		if (at <= until) {
			backend.tell(at, event);
		}
	}

	await screen.at(until);
	return screen;
}

async function drawn(screen: Screen): Promise<string> {
	const terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, convertEol: true});
	await new Promise<void>(resolve => {
		terminal.write(screen.raw(), resolve);
	});
	screen.end();
	return svg(terminal);
}

function svg(terminal: xterm.Terminal): string {
	const texts = Array.from({length: rows}, (_, row) => line(terminal, row)).join('');
	const [width, height] = [columns * cell.width + 20, rows * cell.height + 20];
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14"><rect width="100%" height="100%" rx="8" fill="#1e2127"/>\n${texts}</svg>\n`;
}

/** Runs of cells that look the same, each with its width, so that every font keeps the columns. */
function line(terminal: xterm.Terminal, row: number): string {
	const cells = terminal.buffer.active.getLine(row)!;
	const runs: Array<{text: string; from: number; style: string; isInverse: boolean}> = [];
	for (let column = 0; column < columns; column++) {
		const one = cells.getCell(column)!;
		const isInverse = one.isInverse() !== 0;
		const fill = isInverse ? '#1e2127' : one.isFgPalette() ? (colors[one.getFgColor()] ?? '#abb2bf') : '#abb2bf';
		const style = `fill="${fill}"${one.isBold() ? ' font-weight="bold"' : ''}${one.isDim() ? ' opacity="0.6"' : ''}`;
		const last = runs.at(-1);
		if (last?.style === style && last.isInverse === isInverse) {
			last.text += one.getChars() || ' ';
		} else {
			runs.push({text: one.getChars() || ' ', from: column, style, isInverse});
		}
	}

	const y = 10 + row * cell.height;
	return runs
		.filter(({text, isInverse}) => isInverse || text.trim() !== '')
		.map(({text, from, style, isInverse}) => {
			const [x, width] = [10 + from * cell.width, text.length * cell.width];
			const back = isInverse
				? `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${cell.height}" fill="#abb2bf"/>`
				: '';
			return `${back}<text x="${x.toFixed(1)}" y="${y + 14}" textLength="${width.toFixed(1)}" xml:space="preserve" ${style}>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>\n`;
		})
		.join('');
}
