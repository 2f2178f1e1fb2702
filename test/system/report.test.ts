import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test, vi} from 'vitest';
import {nodeIds} from '../../source/answers/defaults.ts';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {report as reportCommand} from '../../source/commands/report.ts';
import {Journal} from '../../source/engine/journal.ts';
import {UserError} from '../../source/user-error.ts';
import type {Language} from '../../source/languages/text.ts';
import type {Report} from '../../source/report/report-data.ts';
import {reportHtml} from '../../source/report/report.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';
import {testMeasurements} from '../report/measurements-fixture.ts';
import {begunState} from '../state-fixture.ts';
import {longNames, testReport} from '../report/report-fixture.ts';
import {openBrowser, type OpenedPage} from './browser.ts';

/** A4 less the margins of the style sheet, in CSS pixels: 210 − 2 · 13 mm. */
const paper = Math.floor((184 / 25.4) * 96);

const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-report-'));
let browser: Awaited<ReturnType<typeof openBrowser>> | undefined;

beforeAll(async () => {
	browser = await openBrowser();
});

afterAll(async () => {
	await browser?.close();
	rmSync(folder, {recursive: true, force: true});
});

/** A cluster's state as `up` and `verify` leave it. */
function stateDirectory(name: string): string {
	const state = join(folder, name);
	const begun = begunState(state);
	begun.create('reports');
	ensureKeys(begun, nodeIds({}));
	writeFileSync(join(state, 'facts.json'), JSON.stringify(testFacts));
	writeFileSync(join(state, 'answers.yaml'), 'ha: {failback: false}\n');
	const journal = new Journal(join(state, 'journal.jsonl'));
	journal.append({type: 'step-finished', run: 'r', unit: 'raid:nas', status: 'changed', duration: 12});
	return state;
}

describe('the command', () => {
	afterEach(() => {
		vi.restoreAllMocks();
	});

	/** What a run prints. */
	async function run(options: Parameters<typeof reportCommand>[0]): Promise<string> {
		const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
		expect(await reportCommand(options)).toBe(0);
		return write.mock.calls.map(([text]) => String(text)).join('');
	}

	test('writes three files for the owner alone, and names them', async () => {
		const state = stateDirectory('written');
		writeFileSync(join(state, 'reports', 'measurements.json'), JSON.stringify(testMeasurements(testCluster())));
		const files = JSON.parse(await run({stateDir: state, json: true, language: 'es'})) as Record<string, string>;
		expect(files).toEqual({
			html: join(state, 'reports', 'report-20260301T113000.html'),
			markdown: join(state, 'reports', 'report-20260301T113000.md'),
			json: join(state, 'reports', 'report-20260301T113000.json'),
		});
		for (const file of Object.values(files)) {
			expect(statSync(file).mode & 0o777).toBe(0o600);
		}

		const data = JSON.parse(readFileSync(files['json']!, 'utf8')) as Report;
		expect(data.choices.find(({key}) => key === 'ha.failback')).toMatchObject({
			value: 'false',
			isChosen: true,
			about: {en: 'High availability: return to master: whether the service goes back to it when it is up again'},
		});
		expect(data.choices.find(({key}) => key === 'raid.level')?.about.en).toMatch(/: RAID level$/);
		expect(data.build).toMatchObject([{unit: 'raid:nas', seconds: 12}]);
		expect(readFileSync(files['html']!, 'utf8')).toContain('<html lang="es">');

		// The keys that were made for this cluster are in none of them, nor what leads to them.
		const keys = readdirSync(join(state, 'keys'))
			.filter(name => !name.endsWith('.pub'))
			.map(name => readFileSync(join(state, 'keys', name), 'utf8'));
		const lines = keys.flatMap(key => key.split('\n')).filter(line => line.length > 20 && !line.startsWith('-----'));
		expect(lines.length).toBeGreaterThan(10);
		for (const file of Object.values(files)) {
			const text = readFileSync(file, 'utf8');
			expect(lines.filter(line => text.includes(line))).toEqual([]);
		}
	});

	test('a secret that a machine printed is taken out', async () => {
		const state = stateDirectory('leaked');
		const measurements = testMeasurements(testCluster());
		writeFileSync(join(state, 'reports', 'measurements.json'), JSON.stringify(measurements));
		await run({stateDir: state});
		const [secret] = readFileSync(join(state, 'keys', 'authkey'), 'utf8').split('\n');
		writeFileSync(
			join(state, 'reports', 'measurements.json'),
			JSON.stringify({
				...measurements,
				drills: measurements.drills.map(drill => ({...drill, reason: `it said ${secret}`})),
			}),
		);
		const printed = await run({stateDir: state, language: 'en'});
		for (const file of printed
			.split('\n')
			.map(line => line.trim())
			.filter(line => line.startsWith('/'))) {
			expect(readFileSync(file, 'utf8')).not.toContain(secret);
		}

		// Taken out before the report is written, so Markdown shows the asterisks instead of taking them for its own.
		expect(readFileSync(join(state, 'reports', 'report-20260301T113000.md'), 'utf8')).toContain(
			String.raw`it said \*\*\*`,
		);
	});

	test('where nothing was measured it says what to do', async () => {
		await expect(reportCommand({stateDir: stateDirectory('empty'), language: 'en'})).rejects.toThrow(UserError);
		await expect(reportCommand({stateDir: stateDirectory('empty'), language: 'es'})).rejects.toThrow(
			'cluster-wizard verify',
		);
	});
});

const reports: Array<[string, Language, () => Report]> = [
	['everything, en', 'en', () => testReport().report],
	['everything, es', 'es', () => testReport().report],
	['long names', 'es', () => testReport(longNames).report],
	['fifty servers', 'en', () => testReport({web: {count: 50}}).report],
	[
		'nothing measured',
		'en',
		() => testReport({}, {version: '0.1.0', at: '2026-03-01T11:30:00.000Z', drills: [], load: []}).report,
	],
];

describe.each(reports)('in a browser: %s', (name, language, make) => {
	let page: OpenedPage;

	beforeAll(async () => {
		const file = join(folder, `${name}.html`);
		writeFileSync(file, reportHtml(make(), language));
		page = await browser!.open(file);
	});

	test('asks for nothing but itself, and nothing is wrong with it', () => {
		expect(page.requests.map(url => decodeURI(url))).toEqual([`file://${join(folder, `${name}.html`)}`]);
		expect(page.messages).toEqual([]);
	});

	test('is rendered, in its language, with a heading for each part', async () => {
		expect(await page.ask('[document.compatMode, document.documentElement.lang]')).toEqual(['CSS1Compat', language]);
		expect(await page.ask('document.querySelectorAll("main h2").length')).toBe(6);
		expect(await page.ask('document.body.innerText.length')).toBeGreaterThan(1500);
		expect(await page.ask('document.querySelectorAll("script").length')).toBe(0);
	});

	test('every picture is drawn, and has words for who does not see it', async () => {
		const pictures = await page.ask<
			Array<{role: string; name: string; about: string; width: number; height: number; texts: number}>
		>(`[...document.querySelectorAll('svg')].map(svg => {
			const [name, about] = svg.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id)?.textContent ?? '');
			const {width, height} = svg.getBoundingClientRect();
			return {role: svg.getAttribute('role'), name, about, width, height, texts: svg.querySelectorAll('text').length};
		})`);
		expect(pictures.length).toBeGreaterThanOrEqual(2);
		for (const {role, name, about, width, height, texts} of pictures) {
			expect(
				{role, name: name.length > 5, about: about.length > 20, isSeen: width > 300 && height > 60, texts: texts > 3},
				name,
			).toEqual({role: 'img', name: true, about: true, isSeen: true, texts: true});
		}
	});

	test('colours of pictures follow the page, also on paper', async () => {
		const color =
			'getComputedStyle(document.querySelector("#topology-title").parentElement.querySelector("line")).stroke';
		const seen: string[] = [];
		for (const [media, scheme] of [
			['screen', 'light'],
			['screen', 'dark'],
			['print', 'dark'],
		] as const) {
			await page.lookAt(media, scheme, 1000);
			seen.push(await page.ask<string>(color));
		}

		expect(seen[1]).not.toBe(seen[0]);
		expect(seen[2]).toBe(seen[0]);
	});

	test.each([
		['print', paper],
		['screen', 1000],
		['screen', 390],
	] as const)('nothing is wider than the page: %s, %i pixels', async (media, width) => {
		await page.lookAt(media, 'light', width);
		expect(await page.ask('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
		// On paper nobody can scroll: tables must fit as well.
		const wide = await page.ask<string[]>(
			`[...document.querySelectorAll('table, svg, p, dl, pre')].filter(element => element.getBoundingClientRect().right > ${width} + 1 && ${media === 'print'}).map(element => element.textContent.slice(0, 60))`,
		);
		expect(wide).toEqual([]);
	});

	test('words in pictures stay inside them', async () => {
		await page.lookAt('screen', 'light', 1000);
		const outside = await page.ask<string[]>(`[...document.querySelectorAll('svg')].flatMap(svg => {
			const frame = svg.getBoundingClientRect();
			return [...svg.querySelectorAll('text')].filter(text => {
				const {left, right, top, bottom} = text.getBoundingClientRect();
				return left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1 || bottom > frame.bottom + 1;
			}).map(text => text.textContent);
		})`);
		expect(outside).toEqual([]);
	});

	test('can be printed, and is a picture', async () => {
		await page.lookAt('screen', 'light', 1000);
		expect((await page.pdf()).subarray(0, 5).toString()).toBe('%PDF-');
		expect((await page.picture()).subarray(1, 4).toString()).toBe('PNG');
	});
});
