import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openBackend} from '../../source/wizard/wizard.ts';
import {PseudoTerminal} from './pseudo-terminal.ts';

const {argv} = process;
let folder: string;
let terminal: PseudoTerminal | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'pager-'));
});
afterEach(() => {
	process.argv = argv;
	terminal?.end();
	rmSync(folder, {recursive: true});
});

/** Shows a journal of 500 lines that another Node writes, as `exec` does, and ends only when the pager is there. */
function open(program: string): PseudoTerminal {
	const file = join(folder, 'exec.mjs');
	writeFileSync(file, program);
	process.argv = [argv[0]!, file];
	const [shell = '', ...words] = openBackend({language: 'en'}).journalWords('nas');
	terminal = new PseudoTerminal(shell, words, {environment: {PAGER: 'less', LESS: '', HOME: folder}});
	return terminal;
}

const lines = 'for (let line = 1; line <= 500; line++) console.log(`line ${line} of the journal`);';

test('the journal opens at its newest line, says how to leave, and takes keys', async () => {
	const shown = open(`${lines} setTimeout(() => {}, 1500);`);
	await shown.shows('line 500 of the journal');
	await shown.shows('q leaves');
	await shown.press('q');
	expect(await shown.ended).toBe(0);
});

test('the reason why there is no journal is in the pager', async () => {
	const shown = open('console.error("nas: no route to host"); process.exit(255);');
	await shown.shows('nas: no route to host');
	await shown.press('q');
	expect(await shown.ended).toBe(0);
});
