import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {errata} from '../../source/messages/errata.ts';
import {documentMessages} from '../../source/messages/report-document.ts';
import type {Language} from '../../source/messages/text.ts';
import {html} from '../../source/writers/html.ts';
import {reportHtml, reportJson, reportMarkdown} from '../../source/writers/report.ts';
import {steps} from '../../steps/index.ts';
import {testKeys} from '../cluster-fixture.ts';
import {hostile, testMeasurements} from './measurements-fixture.ts';
import {longNames, testReport} from './report-fixture.ts';

const languages: readonly Language[] = ['en', 'es'];

// Times of day are written in the machine's own zone.
process.env['TZ'] = 'UTC';

const {cluster, report} = testReport();
const outputs = {json: reportJson(report), ...Object.fromEntries(languages.flatMap(language => [[`${language}.html`, reportHtml(report, language)], [`${language}.md`, reportMarkdown(report, language)]]))};

describe('escaping', () => {
	test.each([
		['<b>', '&lt;b&gt;'],
		['a & b', 'a &amp; b'],
		['" onload="x', '&quot; onload=&quot;x'],
		['it\'s', 'it&#39;s'],
		['bell \u0007', 'bell \uFFFD'],
		['line\n\ttab', 'line\n\ttab'],
		['&amp;', '&amp;amp;'],
	])('%j', (text, escaped) => {
		expect(html`<i title="${text}">${text}</i>`.toString()).toBe(`<i title="${escaped}">${escaped}</i>`);
	});

	test('markup in markup stays, lists are strung together, nothing is written for what is not there', () => {
		expect(html`${['<', html`<b>${1}</b>`, undefined, false]}`.toString()).toBe('&lt;<b>1</b>');
	});

	test.each(Object.entries(outputs).filter(([name]) => name.endsWith('.html')))('%s: what comes from outside is text', (_, page) => {
		expect(page).not.toMatch(/<script/i);
		expect(page).toContain(html`${hostile.slice(0, 10)}`.toString());
		expect(page).toContain(html`/home/student/<site> & "more"`.toString().replace('<site> & "more"', '&lt;site&gt; &amp; &quot;more&quot;'));
	});

	test.each(Object.entries(outputs).filter(([name]) => name.endsWith('.md')))('%s: what comes from outside is text', (_, page) => {
		expect(page).not.toMatch(/(?<!\\)<|\u0007/);
		expect(page).toContain('\\<script\\>alert("1")\\</script\\> \\& `code` \\| \\*pipe\\* \uFFFD');
	});
});

test.each(Object.entries(outputs))('%s holds no secret', (_, text) => {
	const secrets = [testKeys.wizard.private, testKeys.authkey, ...Object.values(testKeys.hosts).map(pair => pair.private)];
	expect(secrets.length).toBeGreaterThan(6);
	for (const secret of secrets) {
		for (const line of secret.reveal().split('\n').filter(Boolean)) {
			expect(text).not.toContain(line);
		}

		// Nor its place: what is not listed is not written at all.
		expect(text).not.toContain(secret.name);
	}

	expect(text).not.toContain('***');
});

describe('JSON', () => {
	const read = JSON.parse(reportJson(report)) as typeof report;

	test('is the measurements and the facts, nothing else', () => {
		expect(read.measurements).toEqual(testMeasurements(cluster));
		expect(keysOf(read)).toMatchSnapshot();
	});

	test('field names are in docs/report.md', () => {
		const documented = readFileSync(new URL('../../docs/report.md', import.meta.url), 'utf8');
		expect(Object.keys(read).filter(key => !documented.includes(`\`${key}\``))).toEqual([]);
		expect(Object.keys(read.cluster).filter(key => !documented.includes(key))).toEqual([]);
	});
});

describe.each(languages)('HTML in %s', language => {
	const page = outputs[`${language}.html` as 'json'];

	test('needs nothing from elsewhere and forbids it', () => {
		expect(page).toMatch(new RegExp(`<html lang="${language}">`));
		expect(page).toContain('default-src \'none\'');
		expect(page).not.toMatch(/\b(?:src|srcset|action|ping)=|url\((?!#)|@import|<link(?! rel="icon" href="data:,")/);
		expect([...page.matchAll(/href="(?!#|data:,)/g)]).toEqual([]);
	});

	test('ids are unique, and every reference to one leads somewhere', () => {
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
		expect(new Set(ids).size).toBe(ids.length);
		const wanted = [...page.matchAll(/(?:href="#|url\(#|aria-labelledby=")([^")]+)/g)].flatMap(([, names]) => names!.split(' '));
		expect(wanted.filter(id => !ids.includes(id))).toEqual([]);
		expect(wanted.length).toBeGreaterThan(20);
	});

	test('every picture has a name and words, and is drawn', () => {
		const pictures = [...page.matchAll(/<svg[^]*?<\/svg>/g)].map(([text]) => text);
		expect(pictures.length).toBe(17);
		for (const picture of pictures) {
			const words = /^<svg[^>]* role="img" aria-labelledby="(\S+) (\S+)"><title id="\1">(.+?)<\/title><desc id="\2">(.+?)<\/desc>/.exec(picture);
			expect(words?.[4]?.length, picture.slice(0, 300)).toBeGreaterThan(20);
			expect(picture.match(/<(?:path|rect|line|text)\b/g)!.length).toBeGreaterThan(10);
			expect(picture).not.toContain('NaN');
		}
	});

	test('every test stands there with its verdict, and every phase with what was measured and predicted', () => {
		for (const {id, title, verdict, phases} of report.measurements.drills) {
			expect(page).toContain(html`${id} · ${title[language]}`.toString());
			expect(page).toContain(`<span class="verdict ${verdict}">`);
			for (const phase of phases) {
				expect(page).toContain(html`${phase.title[language]}`.toString());
			}
		}

		expect(page).toContain(language === 'en' ? '<td class="">4.5 s of outage</td><td class="">12 s of outage</td>' : '<td class="">4,5 s de interrupción</td><td class="">12 s de interrupción</td>');
	});

	test('no text is missing', () => {
		expect(page).not.toMatch(/undefined|\[object|NaN|Invalid Date/);
	});

	test('is the same whenever it is written', () => {
		expect(reportHtml(report, language)).toBe(page);
	});
});

test.each(languages)('Markdown in %s', language => {
	// One of each kind is enough to look at.
	const drills = ['1', '2-crash', 'nfs', 'split'].map(id => report.measurements.drills.find(drill => drill.id === id)!);
	expect(reportMarkdown({...report, measurements: {...report.measurements, drills}}, language)).toMatchSnapshot();
});

test.each(languages)('in %s with nothing measured and the longest names, everything is said to be missing', language => {
	const {report: empty} = testReport(longNames, {version: '0.1.0', at: '2026-03-01T11:30:00.000Z', drills: [], load: []});
	const page = reportHtml(empty, language);
	const missing = documentMessages.summary.noDrills[language].split('`')[0]!;
	expect(page.split(missing).length - 1).toBe(2);
	expect(page).toContain('cluster-wizard bench');
	expect(page).not.toMatch(/undefined|NaN/);
});

test('load of one repetition without processors, and against two servers only', () => {
	const load = report.measurements.load.filter(({tool, servers}) => tool === 'siege' && servers === 2).map(series => ({...series, samples: [{...series.samples[0]!, cpu: {}}]}));
	const page = reportHtml({...report, measurements: {...report.measurements, load}}, 'en');
	expect(page).toContain('Results of siege');
	expect(page).not.toMatch(/undefined|NaN|Infinity/);
});

describe('errata', () => {
	test('each that a step mends is there, in the thesis\'s order', () => {
		const lines = errata.map(({line}) => line);
		expect([...new Set(steps.flatMap(({mends = []}) => mends))].filter(line => !lines.includes(line))).toEqual([]);
		expect(lines).toEqual(lines.toSorted((a, b) => a - b));
	});

	test('only those of what was done and what was shown are in the report', () => {
		expect([...new Set(report.errata.map(({by}) => by))].sort()).toEqual(['2', '4', 'load', 'machines', 'raid', 'resources']);
	});
});

/** The names of all fields, lists and records of nodes as one. */
function keysOf(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) {
		return [...new Set(value.flatMap(item => keysOf(item, `${path}[]`)))];
	}

	if (typeof value !== 'object' || value === null) {
		return [path];
	}

	return Object.entries(value).flatMap(([key, inner]) => keysOf(inner, `${path}.${/\.(?:servers|directors|cpu)$/.test(path) ? '*' : key}`)).filter((key, index, all) => all.indexOf(key) === index);
}
