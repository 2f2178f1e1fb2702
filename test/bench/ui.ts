import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {packageRoot} from '../../source/assets.ts';
import {bundle} from '../pty/bundle.ts';
import {PseudoTerminal} from '../pty/pseudo-terminal.ts';

/**
 * What a flood of output costs the wizard: `npm run bench:ui`, with RATE lines a second and LINES in all.
 * Prints CPU per second beside that of only reading those lines, frames, bytes, how soon a key is answered, and memory.
 */
const rate = Number(process.env['RATE'] ?? 10_000);
const total = Number(process.env['LINES'] ?? 100_000);
const limit = total / rate + 120;
const program = await bundle('test/bench/ui-program.ts');
const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-bench-'));
const environment = {RATE: String(rate), LINES: String(total)};
const words = [program.file('ui-program')];
try {
	const read = JSON.parse(
		execFileSync(process.execPath, [...words, 'read'], {
			env: {...process.env, ...environment},
			encoding: 'utf8',
			timeout: limit * 1000,
		}),
	) as {lines: number; cpu: number};
	const shown = await measure();
	const seconds = total / rate;
	const row = (name: string, value: string) => {
		process.stdout.write(`${name.padEnd(34)} ${value}\n`);
	};

	row('lines a second, lines', `${rate}, ${total}`);
	row('CPU per second, only reading', (read.cpu / seconds).toFixed(2));
	row(
		'CPU per second, shown at 120×40',
		`${(shown.cpu / seconds).toFixed(2)} (${(shown.cpu / read.cpu).toFixed(1)} times)`,
	);
	row(
		'frames a second, bytes a second',
		`${(shown.frames / seconds).toFixed(1)}, ${Math.round(shown.bytes / seconds)}`,
	);
	row(
		'key answered: median, 95th, worst',
		shown.latencies.length === 0
			? '-'
			: [0.5, 0.95, 1].map(part => `${quantile(shown.latencies, part).toFixed(0)} ms`).join(', '),
	);
	row('memory after a quarter, end, peak', shown.memory.map(value => `${(value / 1024).toFixed(0)} MiB`).join(', '));
	row('lines in the log on the disk', `${shown.logged} of ${total}`);
	const bare = firstFrame('bare', [process.execPath, '-e', 'process.stdout.write("x")']);
	const wizard = firstFrame('wizard', [process.execPath, join(packageRoot, 'dist/cluster-wizard.js')]);
	const [start, frame] = [await bare, await wizard];
	row('first frame', `${frame.toFixed(0)} ms, ${(frame / start).toFixed(1)} times bare Node (${start.toFixed(0)} ms)`);
} finally {
	program.remove();
	rmSync(folder, {recursive: true, force: true});
}

async function measure() {
	const terminal = new PseudoTerminal(process.execPath, words, {
		columns: 120,
		rows: 40,
		environment: {...environment, LOG: folder},
	});
	try {
		await terminal.shows('Build in a sandbox');
		await terminal.press('\r');
		await terminal.shows('Everything fits');
		await terminal.press('\r');
		await terminal.shows('Enter accepts');
		const {pid} = terminal.pty;
		let frames = 0;
		terminal.pty.onData(() => {
			frames++;
		});
		const bytes = terminal.written.length;
		const before = cpu(pid);
		const latencies: number[] = [];
		await terminal.press('\r');
		await terminal.shows('Output: ');
		const started = performance.now();
		let quarter = 0;
		for (let turn = 0; performance.now() - started < (total / rate) * 1000; turn++) {
			const wanted = ['Explanation: ', 'Machines', 'Output: '][turn % 3]!;
			const first = () =>
				terminal.text
					.split('\n')
					.find(line => line.includes('── '))
					?.includes(`── ${wanted}`) ||
				(wanted === 'Machines' && /── Machines/.test(terminal.text));
			const pressed = performance.now();
			terminal.pty.write('v');
			while (!first() && performance.now() - pressed < 5000) {
				await delay(1);
			}

			latencies.push(performance.now() - pressed);
			quarter ||= performance.now() - started > (total / rate) * 250 ? status(pid, 'VmRSS') : 0;
			await delay(100 + (turn % 7) * 13);
		}

		const used = cpu(pid) - before;
		const memory = [quarter, status(pid, 'VmRSS'), status(pid, 'VmHWM')];
		await waitForLog();
		return {cpu: used, frames, bytes: terminal.written.length - bytes, latencies, memory, logged: logged()};
	} finally {
		terminal.end();
	}
}

async function waitForLog(): Promise<void> {
	for (let turn = 0; turn < 300 && logged() < total; turn++) {
		await delay(100);
	}
}

function logged(): number {
	return readdirSync(folder)
		.filter(name => name.startsWith('names-'))
		.reduce(
			(sum, name) => sum + (readFileSync(join(folder, name), 'utf8').match(/ \| \d+ Unpacking/g)?.length ?? 0),
			0,
		);
}

/** Seconds of processor time (proc(5), fields 14 and 15, in hundredths). */
function cpu(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** KiB. */
function status(pid: number, name: string): number {
	return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
}

/** Milliseconds from the start to the first text of the program as it is shipped, the best of some. */
async function firstFrame(name: string, [file, ...rest]: string[]): Promise<number> {
	const times: number[] = [];
	for (let turn = 0; turn < 7; turn++) {
		const started = performance.now();
		const terminal = new PseudoTerminal(file!, rest, {environment: {HOME: folder}});
		await terminal.until(
			() => (name === 'bare' ? terminal.written !== '' : terminal.text.includes('Welcome')),
			'the first frame',
		);
		times.push(performance.now() - started);
		terminal.end();
	}

	return quantile(times, 0);
}

function quantile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!;
}
