import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {keys} from '../screens/screen.tsx';
import {bundle} from './bundle.ts';
import {isStopped, jobShell} from './job-shell.ts';
import {PseudoTerminal} from './pseudo-terminal.ts';

const stop = '\u001A';
let program: Awaited<ReturnType<typeof bundle>>;
let folder: string;
beforeAll(async () => {
	program = await bundle('test/pty/replay.ts', 'test/pty/stopped-parent.ts', 'test/bench/ui-program.ts');
	folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-job-'));
});
afterAll(() => {
	program.remove();
	rmSync(folder, {recursive: true, force: true});
});

const open: PseudoTerminal[] = [];
afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.end();
	}
});

async function shell(environment: Record<string, string> = {}): Promise<PseudoTerminal> {
	const terminal = await jobShell(environment);
	open.push(terminal);
	return terminal;
}

test.each([
	['directly', ['pty/replay']],
	['with a parent that waits, as under sudo', ['pty/stopped-parent', 'node', 'pty/replay']],
])('Ctrl-Z and fg, started %s: the screen comes back whole, also in another size', async (_, names) => {
	const terminal = await shell();
	terminal.pty.write(
		`'${process.execPath}' ${names.map(name => `'${name === 'node' ? process.execPath : program.file(name)}'`).join(' ')}\r`,
	);
	await terminal.shows('Build in a sandbox');
	await terminal.press(keys.down);
	await terminal.shows(/› Build on this/);
	const before = terminal.text;
	for (let time = 0; time < 3; time++) {
		await terminal.press(stop);
		await isStopped(terminal);
		terminal.pty.write('fg\r');
		await terminal.until(() => terminal.text === before, 'the screen to be as it was');
		expect(terminal.buffer).toBe('alternate');
		expect(terminal.screen.modes.bracketedPasteMode).toBe(true);
	}

	await terminal.press(stop);
	await isStopped(terminal);
	terminal.resize(70, 22);
	terminal.pty.write('fg\r');
	await terminal.until(() => terminal.text.split('\n')[1] === '─'.repeat(69), 'the screen to be as wide as the window');
	await terminal.press(keys.interrupt);
	await terminal.until(() => terminal.buffer === 'normal', 'the wizard to end');
});

test('SIGTSTP and SIGSTOP from elsewhere: fg brings the screen back', async () => {
	const terminal = await shell();
	terminal.pty.write(`'${process.execPath}' '${program.file('pty/replay')}'\r`);
	await terminal.shows('Build in a sandbox');
	const before = terminal.text;
	for (const name of ['SIGTSTP', 'SIGSTOP'] as const) {
		const [pid] = readFileSync(`/proc/${terminal.pty.pid}/task/${terminal.pty.pid}/children`, 'utf8').trim().split(' ');
		process.kill(Number(pid), name);
		await terminal.until(
			() =>
				/Stopped/.test(
					terminal.written.slice(terminal.written.lastIndexOf(name === 'SIGSTOP' ? '\u001B[?1049h' : '\u001B[?1049l')),
				),
			'the shell to say that it stopped',
		);
		await terminal.until(() => terminal.text !== before, "the shell's sentence on the screen");
		terminal.pty.write('fg\r');
		await terminal.until(() => terminal.text === before, 'the screen to be as it was');
	}

	await terminal.press(keys.interrupt);
	await terminal.until(() => terminal.buffer === 'normal', 'the wizard to end');
});

test('where nobody could continue it, Ctrl-Z stops nothing', async () => {
	const terminal = new PseudoTerminal(process.execPath, [program.file('pty/replay')]);
	open.push(terminal);
	await terminal.shows('Build in a sandbox');
	const before = terminal.text;
	await terminal.press(stop);
	await terminal.until(() => terminal.buffer === 'alternate' && terminal.text === before, 'the screen to be as it was');
	await terminal.press(keys.down);
	await terminal.shows(/› Build on this/);
});

test('work goes on while the wizard is stopped, and is shown afterwards', async () => {
	const terminal = await shell({LOG: folder, RATE: '200'});
	// Bash sets LINES to the rows of the terminal.
	terminal.pty.write(`LINES=1000000 '${process.execPath}' '${program.file('bench/ui-program')}'\r`);
	await terminal.shows('Build in a sandbox');
	await terminal.press('\r');
	await terminal.shows('Everything fits');
	await terminal.press('\r');
	await terminal.shows('Enter accepts');
	await terminal.press('\r');
	await terminal.shows('Unpacking');
	const logged = () =>
		readdirSync(folder)
			.filter(name => name.startsWith('names-'))
			.reduce((sum, name) => sum + readFileSync(join(folder, name), 'utf8').split('\n').length, 0);
	await terminal.press(stop);
	await terminal.shows('The work goes on. `fg` comes back to the wizard.');
	await isStopped(terminal);
	const before = logged();
	await terminal.until(() => logged() > before + 400, 'the work to go on');
	terminal.pty.write('fg\r');
	const newest = () => Math.max(0, ...[...terminal.text.matchAll(/(\d+) Unpacking/g)].map(match => Number(match[1])));
	await terminal.until(() => newest() > before + 400, 'what came meanwhile to be shown');
	await terminal.press(keys.interrupt, keys.interrupt);
});
