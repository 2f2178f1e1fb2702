import {setTimeout as delay} from 'node:timers/promises';
import {existsSync, readFileSync} from 'node:fs';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {keys} from '../screens/screen.tsx';
import {bundle} from './bundle.ts';
import {PseudoTerminal} from './pseudo-terminal.ts';

let program: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
	program = await bundle('test/pty/replay.ts', 'source/cli.ts');
});
afterAll(() => {
	program.remove();
});

const open: PseudoTerminal[] = [];
afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.end();
	}
});

/** In a shell, so that what the wizard leaves behind can be asked from the terminal itself. */
function start(options: {columns?: number; rows?: number; environment?: Record<string, string>} = {}): PseudoTerminal {
	const terminal = new PseudoTerminal(
		'sh',
		[
			'-c',
			`'${process.execPath}' '${program.file('test/pty/replay')}'; echo "code $?"; stty -a; echo end of it; sleep 60`,
		],
		options,
	);
	open.push(terminal);
	return terminal;
}

async function isRestored(terminal: PseudoTerminal, code: number): Promise<void> {
	await terminal.shows('end of it');
	expect(terminal.buffer).toBe('normal');
	expect(terminal.text).toContain(`code ${code}`);
	// Echo and line editing as before, and the cursor shown last.
	expect(terminal.text).toMatch(/ echo /);
	expect(terminal.text).toMatch(/ icanon /);
	expect(terminal.written.lastIndexOf('\u001B[?25h')).toBeGreaterThan(terminal.written.lastIndexOf('\u001B[?25l'));
	expect(terminal.screen.modes).toMatchObject({bracketedPasteMode: false, wraparoundMode: true});
}

/** The process that the shell waits for. */
function wizardOf({pty: {pid}}: PseudoTerminal): number {
	return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

function isAlive(pid: number): boolean {
	return existsSync(`/proc/${pid}/stat`) && !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

async function build(terminal: PseudoTerminal): Promise<void> {
	await terminal.shows('Build in a sandbox');
	await terminal.press(keys.enter);
	await terminal.shows('Everything fits');
	await terminal.press(keys.enter);
	await terminal.shows('Enter accepts the plan');
	await terminal.press(keys.enter);
	await terminal.shows('Host: Look');
}

test('the whole way with Enter; Ctrl-C twice stops in order and gives the terminal back', async () => {
	const terminal = start();
	await build(terminal);
	expect(terminal.buffer).toBe('alternate');
	await terminal.press(keys.interrupt);
	await terminal.shows('Something is running');
	await terminal.press(keys.interrupt);
	await isRestored(terminal, 130);
	expect(terminal.text).toContain('Go on with: cluster-wizard');
});

test('arrows, language, and leaving by the menu', async () => {
	const terminal = start();
	await terminal.shows('Build in a sandbox');
	await terminal.press(keys.up, keys.up, keys.enter);
	await terminal.shows('Construir en un entorno aislado');
	await terminal.press(keys.down, keys.enter);
	await isRestored(terminal, 0);
});

describe.each<NodeJS.Signals>(['SIGTERM', 'SIGINT', 'SIGHUP'])('%s', name => {
	test('ends what runs in order and gives the terminal back', async () => {
		const terminal = start();
		await build(terminal);
		process.kill(wizardOf(terminal), name);
		await isRestored(terminal, 130);
	});
});

test.each(['listener', 'component'])(
	"a %s that throws: the terminal is given back, and the error is on the user's own screen",
	async where => {
		const terminal = start({environment: {CRASH: where}, rows: 60});
		await terminal.shows('Build in a sandbox');
		await terminal.press(keys.enter);
		await isRestored(terminal, 1);
		expect(terminal.text).toContain('Error: crashed as the test wants it');
	},
);

test('the terminal closed in the middle: nothing stays behind', async () => {
	const terminal = start();
	await build(terminal);
	const wizard = wizardOf(terminal);
	// The shell leads the session: when it ends, the kernel tells the terminal's processes.
	terminal.pty.kill('SIGKILL');
	await terminal.until(() => !isAlive(wizard), 'the wizard to end');
	expect(isAlive(wizard)).toBe(false);
});

test('resizing at any moment leaves no debris', async () => {
	const terminal = start();
	await build(terminal);
	for (const [columns, rows] of [
		[120, 40],
		[80, 24],
		[100, 30],
		[60, 20],
		[90, 25],
	] as const) {
		terminal.resize(columns, rows);
		await delay(30);
	}

	await terminal.shows('Host: Look');
	await delay(500);
	const lines = terminal.text.split('\n');
	expect(lines.filter(line => line.startsWith('cluster-wizard'))).toHaveLength(1);
	expect(lines[1]).toBe('─'.repeat(89));
	expect(lines.filter(line => line.includes('? help'))).toHaveLength(1);
});

test('a smaller terminal says so, and goes on when it is larger again', async () => {
	const terminal = start({columns: 59, rows: 20});
	await terminal.shows('60×20');
	terminal.resize(80, 24);
	await terminal.shows('Build in a sandbox');
});

test('NO_COLOR: no colours at all', async () => {
	const terminal = start({environment: {NO_COLOR: '1'}});
	await build(terminal);

	expect(terminal.written).not.toMatch(/\u001B\[(?:3\d|4\d|9\d)m/);
	expect(terminal.text).toContain('▶');
});

test('only the sixteen colours that every terminal has', async () => {
	const terminal = start();
	await build(terminal);
	expect(terminal.written).toMatch(/\u001B\[36m/);
	expect(terminal.written).not.toMatch(/\u001B\[[34]8;/);
});

test('without Unicode everything is ASCII and keeps its place', async () => {
	const terminal = start({environment: {LANG: 'C'}});
	await build(terminal);

	expect(terminal.written).toMatch(/^[\u0000-\u007F]*$/);
	expect(terminal.text).toContain('"nandu"');
});

test('a shell from the dashboard has the terminal; after it the same node is chosen, and what came meanwhile is shown', async () => {
	const terminal = start({environment: {BUILT: '1'}});
	await terminal.shows('Dashboard: the cluster as it is');
	await terminal.press(keys.enter);
	await terminal.shows(/› . nas/);
	await terminal.shows('moment1');
	const newest = () => Math.max(...[...terminal.text.matchAll(/moment(\d+)/g)].map(match => Number(match[1])));
	const seen = newest();
	await terminal.press(keys.down, keys.down, 's');
	await terminal.shows('IN THE SHELL');
	expect(terminal.buffer).toBe('normal');
	expect(terminal.text).toMatch(/ echo /);
	const before = terminal.written.length;
	await delay(500);
	expect(terminal.written.slice(before)).toBe('');
	terminal.resize(100, 30);
	await terminal.press('hello', keys.enter);
	await terminal.shows(/› . standby/);
	expect(newest()).toBeGreaterThan(seen + 4);
	expect(terminal.buffer).toBe('alternate');
	await terminal.until(() => terminal.text.split('\n')[1] === '─'.repeat(99), 'the screen to be as wide as the window');
	await terminal.press(keys.interrupt);
	await isRestored(terminal, 0);
});

test("Ctrl-C in a shell is the shell's: the wizard has its terminal back, and goes on", async () => {
	const terminal = start({environment: {BUILT: '1'}});
	await terminal.shows('Dashboard: the cluster as it is');
	await terminal.press(keys.enter);
	await terminal.shows(/› . nas/);
	await terminal.press('s');
	await terminal.shows('IN THE SHELL');
	await terminal.press(keys.interrupt);
	await terminal.shows(/› . nas/);
	await terminal.press(keys.down);
	await terminal.shows(/› . master/);
	expect(terminal.buffer).toBe('alternate');
});

test('a screen reader gets text without another screen', async () => {
	const terminal = start({environment: {INK_SCREEN_READER: 'true'}});
	await terminal.shows('Build in a sandbox');
	expect(terminal.buffer).toBe('normal');
	expect(terminal.text).not.toContain('───────────');
});

test.each([
	[{TERM: 'dumb'}, ''],
	[{}, ' | cat'],
])('%j%s: says which command to use', async (environment, pipe) => {
	const terminal = new PseudoTerminal(
		'sh',
		['-c', `'${process.execPath}' '${program.file('source/cli')}'${pipe}; echo done; sleep 60`],
		{columns: 200, environment: environment as Record<string, string>},
	);
	open.push(terminal);
	await terminal.shows('done');
	// The command as it was called here: by npx, or by its path.
	expect(terminal.text.replaceAll('\n', '')).toMatch(/`[^`]+ up` builds the cluster/);
	expect(terminal.buffer).toBe('normal');
});
