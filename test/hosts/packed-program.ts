import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {stripVTControlCharacters} from 'node:util';
import {packageRoot} from '../../source/assets.ts';
import {sessionMessages} from '../../source/session/messages.ts';
import {PseudoTerminal} from '../pty/pseudo-terminal.ts';
import type {Answer} from './bridge-tests.ts';
import type {Host} from './host.ts';
import {user} from './layers.ts';

/** The program as `npm pack` makes it of dist. */
export function packProgram(): Buffer {
	const folder = mkdtempSync(join(tmpdir(), 'packed-'));
	try {
		const name = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], {
			cwd: packageRoot,
			encoding: 'utf8',
		}).trim();
		return readFileSync(join(folder, name));
	} finally {
		rmSync(folder, {recursive: true});
	}
}

/** Runs the program that was put into the home as cluster-wizard.tgz, as the ordinary user does. */
export async function runPacked(
	host: Host,
	words: string,
	seconds?: number,
	program = 'npx --yes --package ./cluster-wizard.tgz cluster-wizard',
): Promise<Answer> {
	return asUser(host, `${program} ${words} --no-color`, seconds);
}

/** Puts files into the home of the ordinary user. */
export async function putInHome(host: Host, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
	for (const [name, input] of Object.entries(files)) {
		await host.succeeds(`cd ~${user.name} && cat > ${name} && chown ${user.name}: ${name}`, {input});
	}
}

/** Runs shell text as the ordinary user, on a terminal, and gives sudo the password when it asks. */
async function asUser(host: Host, text: string, seconds = 120): Promise<Answer> {
	const [program, ...words] = host.asUser(text);
	const terminal = new PseudoTerminal(program!, words, {columns: 250, rows: 50});
	const prompts = Object.values(sessionMessages.sudoPrompt).map(prompt => prompt.replace('%p', user.name).trim());
	let asked = false;
	terminal.pty.onData(() => {
		if (!asked && prompts.some(prompt => terminal.written.includes(prompt))) {
			asked = true;
			terminal.pty.write(`${user.password}\r`);
		}
	});
	let isCutOff = false;
	const limit = setTimeout(() => {
		isCutOff = true;
		terminal.end();
	}, seconds * 1000);
	const code = await terminal.ended;
	clearTimeout(limit);
	// A live line ends at its beginning and is erased from there on (source/output/live-line.ts).
	const shown = terminal.written.replaceAll(/[^\n\r]*\r(?=\u001B\[J)/g, '');
	const output = stripVTControlCharacters(shown).replaceAll('\r', '');
	terminal.end();
	// A terminal that was killed says 0.
	return {code: isCutOff ? -1 : code, output};
}
