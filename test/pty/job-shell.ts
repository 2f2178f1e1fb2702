import {expect} from 'vitest';
import {PseudoTerminal} from './pseudo-terminal.ts';

export const prompt = 'shell> ';

/** Bash with job control; what it runs is a process group of its own in the foreground. */
export async function jobShell(environment: Record<string, string> = {}): Promise<PseudoTerminal> {
	const terminal = new PseudoTerminal('bash', ['--norc', '--noprofile', '-i'], {
		environment: {...environment, PS1: prompt},
	});
	await terminal.shows(prompt);
	return terminal;
}

/** Back at the prompt, on the user's own screen, with echo and without the wizard's modes. */
export async function isStopped(terminal: PseudoTerminal): Promise<void> {
	await terminal.shows(/Stopped[^\n]*\n(?:.*\n)*shell> /);
	expect(terminal.buffer).toBe('normal');
	expect(terminal.written.slice(terminal.written.lastIndexOf('\u001B[?1049h'))).toContain('\u001B[?2004l');
	expect(terminal.screen.modes.wraparoundMode).toBe(true);
	terminal.pty.write('stty -a\r');
	await terminal.shows(/ icanon .*(?:.*\n)* echo /);
	terminal.pty.write('clear; printf "%s\\n" cleared; jobs\r');
	await terminal.shows(/^cleared\n.*Stopped/m);
}
