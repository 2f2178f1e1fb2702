import {afterEach, expect, test} from 'vitest';
import {builtBackend} from '../screens/built-backend.ts';
import {FakeBackend} from '../screens/fake-backend.ts';
import {ReferenceTerminal} from './reference-terminal.ts';

const open: ReferenceTerminal[] = [];
afterEach(() => {
	for (const terminal of open.splice(0)) {
		terminal.close();
	}
});

async function opened(backend: FakeBackend, size?: {columns: number; rows: number}): Promise<ReferenceTerminal> {
	const terminal = new ReferenceTerminal(backend, size);
	open.push(terminal);
	await terminal.open();
	return terminal;
}

const sizes = [
	[120, 40],
	[80, 24],
	[100, 30],
	[60, 20],
	[200, 60],
	[60, 60],
	[200, 20],
	[61, 21],
	[80, 24],
	[59, 19],
	[10, 3],
	[2, 1],
	[80, 24],
] as const;

test.each<[string, (terminal: ReferenceTerminal) => void]>([
	['welcome', () => {}],
	[
		'dashboard',
		({wizard}) => {
			wizard.navigation.go('dashboard');
		},
	],
	[
		'plan',
		({wizard}) => {
			wizard.navigation.go('plan');
		},
	],
	[
		'help',
		({store}) => {
			store.set({isHelpOpen: true});
		},
	],
])('%s: after each resize the screen is as a fresh one of that size', async (_, go) => {
	const terminal = await opened(builtBackend());
	go(terminal);
	await terminal.settle();
	for (const [columns, rows] of sizes) {
		terminal.resize(columns, rows);
		await terminal.settle();
		expect(await terminal.cells(), `${columns}×${rows}`).toEqual(await terminal.freshCells());
	}
});

test('sizes change faster than they settle while output floods in', {timeout: 60_000}, async () => {
	const terminal = await opened(new FakeBackend());
	const {backend, wizard} = terminal;
	wizard.navigation.home('run');
	wizard.work.start('up');
	backend.announce();
	backend.tell(0, {type: 'step-started', unit: 'host', step: 'host', host: 'machine', title: 'The host'});
	let count = 0;
	for (let round = 0; round < 20; round++) {
		for (const [columns, rows] of [sizes[round % sizes.length]!, sizes[(round * 5) % sizes.length]!]) {
			terminal.resize(columns, rows);
			for (let line = 0; line < 50; line++) {
				count++;
				backend.tell(count / 1000, {
					type: 'output',
					unit: 'host',
					step: 'host',
					host: 'machine',
					stream: 'stdout',
					line: `${count} a line as long as such lines are, with some words in it, ñandú 日本語`,
				});
			}

			await terminal.settle(round % 7);
		}
	}

	terminal.resize(80, 24);
	await terminal.settle();
	expect(await terminal.cells()).toEqual(await terminal.freshCells());
	expect(terminal.screen.buffer.active.getLine(0)!.translateToString(true)).toBe('cluster-wizard · web · Run');
});

test('what was chosen is chosen still when the terminal was too small for a while; keys do nothing meanwhile', async () => {
	const terminal = await opened(builtBackend());
	terminal.wizard.navigation.go('dashboard');
	await terminal.settle();
	terminal.press('\u001B[B\u001B[B');
	await terminal.settle();
	const before = await terminal.cells();
	terminal.resize(40, 10);
	await terminal.settle();
	expect((await terminal.cells()).join(' ')).toContain('40×10');
	terminal.press('\u001B[B?dv');
	await terminal.settle();
	terminal.resize(80, 24);
	await terminal.settle();
	expect(await terminal.cells()).toEqual(before);
});

test('Ctrl-L writes everything again', async () => {
	const terminal = await opened(builtBackend());
	const before = await terminal.cells();
	terminal.screen.write('\u001B[5;10Hwall: another program writes here\r\n\r\nand there');
	expect(await terminal.cells()).not.toEqual(before);
	terminal.press('\u000C');
	expect(await terminal.cells()).toEqual(before);
});

test('a component that throws is told', async () => {
	const terminal = await opened(new FakeBackend());
	terminal.store.set({screens: ['nowhere' as 'welcome']});
	await terminal.settle();
	expect(terminal.crash).toBeInstanceOf(Error);
});

test('pasted text: one line into a field, nothing anywhere else', async () => {
	const terminal = await opened(builtBackend());
	const paste = '\u001B[200~\rp\rs\ry\rweb\r\u001B[201~';
	for (const screen of ['welcome', 'dashboard', 'plan', 'verification', 'preflight'] as const) {
		terminal.wizard.navigation.go(screen);
		await terminal.settle();
		const {started} = terminal.backend;
		const before = [[...started], terminal.store.get().screens];
		terminal.press(paste);
		await terminal.settle();
		expect([started, terminal.store.get().screens]).toEqual(before);
	}

	terminal.wizard.navigation.home('removal');
	await terminal.settle();
	terminal.press('\u001B[200~we\u001B[201~');
	terminal.press('\u001B[200~b\r\u001B[201~');
	await terminal.settle();
	expect(terminal.backend.started).not.toContain('down --yes');
	terminal.press('\r');
	await terminal.settle();
	expect(terminal.backend.started).toContain('down --yes');
});
