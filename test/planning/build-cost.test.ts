import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {confirmFirstBuild} from '../../source/planning/confirm-changes.ts';
import {durationMessages} from '../../source/session/duration-messages.ts';
import {approximateDuration} from '../../source/languages/quantity.ts';
import {noHistory} from '../../source/engine/estimate.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {imagesDownload, neededDisk, neededMemory} from '../../source/tasks/host-resources.ts';
import {steps} from '../../steps/index.ts';
import {figuresOf} from '../../source/planning/plan-figures.ts';
import {languageFor} from '../../source/session/language.ts';
import {openSession} from '../../source/session/session.ts';
import {testCluster, withoutCache} from '../cluster-fixture.ts';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'beginning-'));
});
afterAll(() => {
	rmSync(folder, {recursive: true});
});

test.each([
	[4, 'a few seconds', 'unos segundos'],
	[19, 'about 20 seconds', 'unos 20 segundos'],
	[70, 'about a minute', 'un minuto más o menos'],
	[166, 'about 3 minutes', 'unos 3 minutos'],
	[560, 'about 9 minutes', 'unos 9 minutos'],
])('%i s', (seconds, en, es) => {
	expect(approximateDuration(seconds)).toMatchObject({en, es});
});

test('the README says of the sandbox what the program says before it begins', () => {
	const cluster = {...testCluster(), sandbox: true, acceleration: 'tcg' as const};
	const plan = makePlan(cluster, steps);
	const units = plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage}));
	const {seconds = 0, ...needs} = figuresOf(
		{cluster: withoutCache(cluster), plan, language: 'en', journal: {owned: () => []}},
		{units, history: noHistory, expected: new Map(), acceleration: 'tcg'},
	);
	expect(needs).toMatchObject({disk: {first: neededDisk(cluster)}, download: imagesDownload});
	const {en, es} = durationMessages.takes(seconds, {...needs, memory: neededMemory(cluster), isEmulated: true});
	expect(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')).toContain(en);
	expect(readFileSync(new URL('../../README.es.md', import.meta.url), 'utf8')).toContain(es);
});

test.each([
	['in the answers', 'language: es\n', {}, 'es'],
	['in answers with a mistake elsewhere', 'language: es\nweb: {cuont: 3}\n', {}, 'es'],
	['in answers that are no YAML after it', 'language: es\n}{\n', {}, 'es'],
	['another on the command line', 'language: es\n', {language: 'en'}, 'en'],
	['none', 'name: web\n', {}, 'en'],
	['one that there is not', 'language: tlh\n', {}, 'en'],
	['no list of keys', '- language: es\n', {}, 'en'],
] as const)('the language: %s', (_, text, options, language) => {
	const answers = join(folder, 'answers.yaml');
	writeFileSync(answers, text);
	expect(languageFor({answers, stateDir: join(folder, 'none'), ...options})).toBe(language);
});

test('what is wrong with answers is said in their language', async () => {
	const answers = join(folder, 'wrong.yaml');
	writeFileSync(answers, 'language: es\nweb: {cuont: 3}\n');
	const failed = async (language?: string) =>
		openSession({answers, stateDir: join(folder, 'none'), sandbox: true, ...(language && {language})}, {save: false});
	await expect(failed()).rejects.toThrow(/hay que corregir 1 respuesta/);
	await expect(failed('en')).rejects.toThrow(/must be corrected/);
});

test.each(['en', 'es'])('what `up` says before it begins is broken at blanks (%s)', async language => {
	const session = await openSession({stateDir: join(folder, 'none'), sandbox: true, language}, {save: false});
	const {columns} = process.stderr;
	const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	process.stderr.columns = 80;
	await confirmFirstBuild(session, {yes: true});
	const lines = write.mock.calls
		.map(([text]) => String(text))
		.join('')
		.split('\n');
	write.mockRestore();
	process.stderr.columns = columns;
	expect(lines.filter(line => line.length >= 80)).toEqual([]);
	expect(lines.join(' ')).toMatch(/GiB/);
});
