import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {errata} from '../../source/report/errata.ts';
import {measurementsSchema} from '../../source/measure/measurements-schema.ts';
import type {Verdict} from '../../source/measure/result.ts';
import {documentMessages} from '../../source/report/document-messages.ts';
import {measurementMessages} from '../../source/report/measurement-messages.ts';
import {languages as all} from '../../source/languages/languages.ts';
import type {Language} from '../../source/languages/text.ts';
import {html} from '../../source/report/html.ts';
import {reportHtml, reportJson, reportMarkdown} from '../../source/report/report.ts';
import {steps} from '../../steps/index.ts';
import {testKeys} from '../cluster-fixture.ts';
import {hostile, testMeasurements} from './measurements-fixture.ts';
import {longNames, testReport} from './report-fixture.ts';

const languages: readonly Language[] = ['en', 'es'];

const {cluster, report} = testReport();
const outputs = {
	json: reportJson(report),
	...Object.fromEntries(
		languages.flatMap(language => [
			[`${language}.html`, reportHtml(report, language)],
			[`${language}.md`, reportMarkdown(report, language)],
		]),
	),
};

describe('escaping', () => {
	test.each([
		['<b>', '&lt;b&gt;'],
		['a & b', 'a &amp; b'],
		['" onload="x', '&quot; onload=&quot;x'],
		["it's", 'it&#39;s'],
		['bell \u0007', 'bell \uFFFD'],
		['line\n\ttab', 'line\n\ttab'],
		['&amp;', '&amp;amp;'],
	])('%j', (text, escaped) => {
		expect(html`<i title="${text}">${text}</i>`.toString()).toBe(`<i title="${escaped}">${escaped}</i>`);
	});

	test('markup in markup stays, lists are strung together, nothing is written for what is not there', () => {
		expect(html`${['<', html`<b>${1}</b>`, undefined, false]}`.toString()).toBe('&lt;<b>1</b>');
	});

	test.each(Object.entries(outputs).filter(([name]) => name.endsWith('.html')))(
		'%s: what comes from outside is text',
		(_, page) => {
			expect(page).not.toMatch(/<script/i);
			expect(page).toContain(html`${hostile.slice(0, 10)}`.toString());
			expect(page).toContain(
				html`/home/student/<site> & "more"`
					.toString()
					.replace('<site> & "more"', '&lt;site&gt; &amp; &quot;more&quot;'),
			);
		},
	);

	test.each(Object.entries(outputs).filter(([name]) => name.endsWith('.md')))(
		'%s: what comes from outside is text',
		(_, page) => {
			expect(page).not.toMatch(/(?<!\\)<|\u0007/);
			expect(page).toContain('\\<script\\>alert("1")\\</script\\> \\& `code` \\| \\*pipe\\* \uFFFD');
		},
	);
});

test.each(Object.entries(outputs))('%s holds no secret', (_, text) => {
	const secrets = [
		testKeys.wizard.private,
		testKeys.authkey,
		...Object.values(testKeys.hosts).map(pair => pair.private),
	];
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
		const others = all.filter(language => !languages.includes(language)).map(language => `.${language}`);
		expect(keysOf(read).filter(key => !others.some(other => key.endsWith(other)))).toMatchSnapshot();
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
		expect(page).toContain("default-src 'none'");
		expect(page).not.toMatch(/\b(?:src|srcset|action|ping)=|url\((?!#)|@import|<link(?! rel="icon" href="data:,")/);
		expect([...page.matchAll(/href="(?!#|data:,)/g)]).toEqual([]);
	});

	test('ids are unique, and every reference to one leads somewhere', () => {
		const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
		expect(new Set(ids).size).toBe(ids.length);
		const wanted = [...page.matchAll(/(?:href="#|url\(#|aria-labelledby=")([^")]+)/g)].flatMap(([, names]) =>
			names!.split(' '),
		);
		expect(wanted.filter(id => !ids.includes(id))).toEqual([]);
		expect(wanted.length).toBeGreaterThan(20);
	});

	test('every picture has a name and words, and is drawn', () => {
		const pictures = [...page.matchAll(/<svg[^]*?<\/svg>/g)].map(([text]) => text);
		expect(pictures.length).toBe(17);
		for (const picture of pictures) {
			const words =
				/^<svg[^>]* role="img" aria-labelledby="(\S+) (\S+)"><title id="\1">(.+?)<\/title><desc id="\2">(.+?)<\/desc>/.exec(
					picture,
				);
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

		expect(page).toContain(
			language === 'en'
				? '<td class="">4.5 s of outage</td><td class="">12 s of outage</td>'
				: '<td class="">4,5 s de interrupción</td><td class="">12 s de interrupción</td>',
		);
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

test.each(languages)(
	'in %s with nothing measured and the longest names, everything is said to be missing',
	language => {
		const {report: empty} = testReport(longNames, {
			version: '0.1.0',
			at: '2026-03-01T11:30:00.000Z',
			drills: [],
			load: [],
		});
		const page = reportHtml(empty, language);
		const missing = documentMessages.summary.noDrills[language].split('`')[0]!;
		expect(page.split(missing).length - 1).toBe(2);
		expect(page).toContain('cluster-wizard bench');
		expect(page).not.toMatch(/undefined|NaN/);
	},
);

test('load of one repetition without processors, and against two servers only', () => {
	const load = report.measurements.load
		.filter(({tool, servers}) => tool === 'siege' && servers === 2)
		.map(series => ({...series, samples: [{...series.samples[0]!, cpu: {}}]}));
	const page = reportHtml({...report, measurements: {...report.measurements, load}}, 'en');
	expect(page).toContain('Results of siege');
	expect(page).not.toMatch(/undefined|NaN|Infinity/);
});

describe('what measurements were made on', () => {
	const section = (page: string, title: string) => page.split(/^### /m).find(text => text.startsWith(title))!;

	test.each(languages)('in %s a test says what has changed since, and the others that nothing has', language => {
		const page = reportMarkdown(report, language);
		expect(section(page, 'nfs ·')).toContain(
			language === 'en'
				? 'The cluster has changed since this was measured. Web servers: two web servers, now three web servers. The service returns to the first director: no, now yes. Corosync token; a lost director is acted on after (with consensus): 1 s; 2.2 s, now 15 s; 33 s.'
				: 'El clúster ha cambiado desde esta medición. Servidores web: dos servidores web, ahora tres servidores web. El servicio vuelve al primer director: no, ahora sí. Token de Corosync; un director perdido se releva tras (con consensus): 1 s; 2,2 s, ahora 15 s; 33 s.',
		);
		const [changed] = measurementMessages.conditions.changed([])[language].split('.');
		expect(section(page, '1 ·')).not.toContain(changed);
		expect(section(page, '1 ·')).toContain('token 15 s');
		expect(section(page, 'power ·')).toContain(measurementMessages.conditions.unknown[language]);
		expect(page).toContain(measurementMessages.conditions.someChanged('nfs')[language]);
	});

	test('a changed answer is said of every measurement', () => {
		const {report: later} = testReport({ha: {token: 4000}, web: {count: 2}}, report.measurements);
		const page = reportMarkdown(later, 'en');
		expect(page.match(/acted on after \(with consensus\): 15 s; 33 s, now 20 s; 44 s/g)!.length).toBeGreaterThan(8);
		expect(section(page, 'ab')).toContain('Web servers: three web servers, now two web servers');
	});

	test('files of earlier versions are read', () => {
		const old = {
			...report.measurements,
			drills: report.measurements.drills.map(({on, ...rest}) => rest),
			load: report.measurements.load.map(({on, ...rest}) => rest),
		};
		expect(measurementsSchema.parse(JSON.parse(JSON.stringify(old)))).toEqual(old);
		expect(measurementsSchema.parse(JSON.parse(JSON.stringify(report.measurements)))).toEqual(report.measurements);
		const page = reportMarkdown({...report, measurements: old}, 'en');
		expect(page).not.toContain('has changed since');
		expect(page.split(measurementMessages.conditions.unknown.en).length - 1).toBe(old.drills.length + 2);
	});
});

describe('verdicts', () => {
	const ofVerdict = (...verdicts: Verdict[]) =>
		reportMarkdown(
			{
				...report,
				measurements: {
					...report.measurements,
					load: [],
					drills: verdicts.map((verdict, index) => ({...report.measurements.drills[0]!, id: String(index), verdict})),
				},
			},
			'en',
		).split('## The cluster')[0]!;

	test.each<[Verdict[], RegExp, RegExp]>([
		[['passed', 'interrupted'], /1 \/ 1[^]*1[^\n]*test interrupted/, /1 \/ 2|✖/],
		[['passed', 'passed', 'void'], /2 \/ 2[^]*1[^\n]*test void/, /2 \/ 3|✖/],
		[['interrupted', 'interrupted'], /2[^\n]*tests interrupted/, /tests passed|✖/],
		[['passed', 'failed', 'interrupted'], /1 \/ 2[^]*1[^\n]*test interrupted/, /1 \/ 3/],
	])('%j', (verdicts, shown, hidden) => {
		expect(ofVerdict(...verdicts)).toMatch(shown);
		expect(ofVerdict(...verdicts)).not.toMatch(hidden);
	});

	test.each(languages)('in %s a passed test marks no break as a fault', language => {
		const [passed] = report.measurements.drills.filter(({id}) => id === '2-crash');
		const page = reportMarkdown(
			{...report, measurements: {...report.measurements, drills: [passed!], load: []}},
			language,
		);
		expect(passed!.phases.flatMap(({held = []}) => held).some(({survived}) => !survived)).toBe(true);
		expect(page).toContain(
			language === 'en' ? 'did not survive, which the test allows' : 'no sobrevivió, lo que la prueba admite',
		);
		// But for the sentence that explains the signs.
		expect(page.match(/✖/g)).toHaveLength(1);
		const html = reportHtml({...report, measurements: {...report.measurements, drills: [passed!], load: []}}, language);
		expect(/<svg[^>]*2-crash-timeline[^]*?<\/svg>/.exec(html)![0]).not.toContain('--bad');
	});
});

describe('errata', () => {
	test("each that a step mends is there, in the thesis's order", () => {
		const lines = errata.map(({line}) => line);
		expect([...new Set(steps.flatMap(({mends = []}) => mends))].filter(line => !lines.includes(line))).toEqual([]);
		expect(lines).toEqual(lines.toSorted((a, b) => a - b));
	});

	test('only those of what was done and what was shown are in the report', () => {
		expect([...new Set(report.errata.map(({by}) => by))].sort()).toEqual([
			'2',
			'4',
			'load',
			'machines',
			'raid',
			'resources',
		]);
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

	return Object.entries(value)
		.flatMap(([key, inner]) => keysOf(inner, `${path}.${/\.(?:servers|directors|cpu)$/.test(path) ? '*' : key}`))
		.filter((key, index, all) => all.indexOf(key) === index);
}
