import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {expect, onTestFinished, test} from 'vitest';
import type {Event} from '../../source/engine/event.ts';
import {logFiles} from '../../source/output/log-files.ts';
import {plainLines} from '../../source/output/plain-lines.ts';

const output = (line: string, cut?: number): Event => ({
	time: '2026-01-01T00:00:00.000Z',
	type: 'output',
	unit: 'raid:nas',
	step: 'raid',
	host: 'nas',
	stream: 'stdout',
	line,
	...(cut && {cut}),
});

function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'log-files-'));
	onTestFinished(() => {
		rmSync(path, {recursive: true});
	});
	return path;
}

test.each([
	['en', '[the log ends here: it has reached 1 MiB, the most that is kept of one part of a run]'],
	['es', '[el registro termina aquí: ha llegado a 1 MiB, lo máximo que se guarda de una parte de la ejecución]'],
] as const)('a log is bounded, and says where it ends: %s', async (language, sentence) => {
	const path = folder();
	// The part outside the sandbox has written before the one inside.
	for (const count of [8, 30]) {
		const log = logFiles(path, language, 2 ** 20);
		for (let index = 0; index < count; index++) {
			log.report(output('x'.repeat(60_000)));
		}

		await log.close!();
	}

	const text = readFileSync(join(path, 'raid-nas.log'), 'utf8');
	expect(text.length).toBeLessThan(2 ** 20 + 200);
	expect(text.split('\n').filter(line => !line.includes('xxx'))).toEqual([sentence, '']);
	expect(text.endsWith(`${sentence}\n`)).toBe(true);
});

test.each([
	['en', 'begin… [1000 bytes of this line left out]'],
	['es', 'begin… [se han omitido 1000 bytes de esta línea]'],
] as const)('a line that was cut says so in the log and among the plain lines: %s', async (language, expected) => {
	const path = folder();
	const log = logFiles(path, language);
	log.report(output('begin…', 1000));
	await log.close!();
	expect(readFileSync(join(path, 'raid-nas.log'), 'utf8')).toContain(`| ${expected}\n`);
	const lines = new PassThrough();
	plainLines({output: lines, language, color: false, unicode: true}).report(output('begin…', 1000));
	expect(String(lines.read())).toBe(`    nas | ${expected}\n`);
});
