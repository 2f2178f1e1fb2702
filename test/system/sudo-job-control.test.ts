import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {bundle} from '../pty/bundle.ts';
import {isStopped, jobShell} from '../pty/job-shell.ts';
import type {PseudoTerminal} from '../pty/pseudo-terminal.ts';
import {keys} from '../screens/screen.tsx';

let program: Awaited<ReturnType<typeof bundle>>;
let terminal: PseudoTerminal | undefined;
beforeAll(async () => {
	program = await bundle('test/pty/replay.ts', 'test/pty/stopped-parent.ts');
});
afterEach(() => {
	terminal?.end();
});
afterAll(() => {
	program.remove();
});

/** Debian's sudoers gives the command a terminal of its own (`use_pty`), and so does sudo itself since 1.9.14. */
test.each([
	['`sudo wizard`', ['sudo', 'node', 'replay']],
	['a wizard that has called sudo', ['node', 'stopped-parent', 'sudo', 'node', 'replay']],
])('%s: Ctrl-Z leads to the shell, and fg back, also in another size', async (_, words) => {
	terminal = await jobShell();
	const parts = words.map(word =>
		word === 'node' ? process.execPath : /^(?:replay|stopped-parent)$/.test(word) ? program.file(word) : word,
	);
	terminal.pty.write(`${parts.map(part => `'${part}'`).join(' ')}\r`);
	await terminal.shows('Build in a sandbox');
	await terminal.press(keys.down);
	await terminal.shows(/› Build on this/);
	const before = terminal.text;
	for (let time = 0; time < 3; time++) {
		await terminal.press('\u001A');
		await isStopped(terminal);
		// What the shell said of the stop before is not on the screen any more.
		terminal.pty.write('clear; fg\r');
		await terminal.until(() => terminal!.text === before, 'the screen to be as it was');
		expect(terminal.buffer).toBe('alternate');
	}

	await terminal.press('\u001A');
	await isStopped(terminal);
	terminal.resize(70, 22);
	terminal.pty.write('clear; fg\r');
	await terminal.until(
		() => terminal!.text.split('\n')[1] === '─'.repeat(69),
		'the screen to be as wide as the window',
	);
	await terminal.press(keys.interrupt);
	await terminal.until(() => terminal!.buffer === 'normal', 'the wizard to end');
});
