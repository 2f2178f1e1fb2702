import {PassThrough} from 'node:stream';
import {expect, test} from 'vitest';
import {
	parseAddresses,
	parseForwardPolicy,
	parseOsRelease,
	parseResolvConf,
	parseRoutes,
} from '../../source/host/parse-facts.ts';
import {failureText} from '../../source/drilling/run-summary.ts';
import {statusText} from '../../source/status/tables.ts';
import {eventIn} from '../../source/wizard/job.ts';
import {sh} from '../../source/shell/command.ts';
import type {Event, FailureReport} from '../../source/engine/event.ts';
import type {Unit} from '../../source/engine/plan.ts';
import {run} from '../../source/engine/run.ts';
import type {Target} from '../../source/engine/target.ts';
import {parseAb} from '../../source/measure/ab.ts';
import {parseCpu} from '../../source/measure/cpu.ts';
import {parseSiege} from '../../source/measure/siege.ts';
import {factsOf} from '../../source/measure/health/facts-of.ts';
import {healthLine, judgeHealth} from '../../source/measure/health/health.ts';
import {statusRows, type StatusRow} from '../../source/measure/status.ts';
import {jsonLines} from '../../source/output/json-lines.ts';
import {chapterReporter} from '../../source/output/chapter-reporter.ts';
import {plainLines} from '../../source/output/plain-lines.ts';
import {parseDomstats} from '../../source/targets/libvirt.ts';
import {cleanText} from '../../source/text/clean.ts';
import {lineSplitter} from '../../source/text/lines.ts';
import {logLines} from '../../source/ui/components/log-lines.ts';
import {markdownLines} from '../../source/ui/components/markdown.ts';
import {documentHtml} from '../../source/report/document-html.ts';
import {documentMarkdown} from '../../source/report/document-markdown.ts';
import type {Document} from '../../source/report/document.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {openScreen} from '../screens/screen.tsx';
import {hostileOutput, type OutputName} from './outputs.ts';
import {brokenBytes, harmful, Random, seedFor} from './random.ts';

/** The colours and styles that the wizard itself draws with. */
const ours = /\u001B\[(?:0|1|2|7|22|27|31|32|33|36|39)m/g;

/** A machine that answers with anything at all, in pieces of any size. */
function hostileTarget(random: Random): Target {
	return {
		name: 'nas',
		async exec(_, {input = '', onLine = () => {}} = {}) {
			const mark = /^mark_=([\da-f]{16})$/m.exec(String(input))![1]!;
			for (const stream of ['stdout', 'stderr'] as const) {
				const {push, end} = lineSplitter((line, cut) => onLine(line, stream, cut));
				const bytes = brokenBytes(hostileOutput(random, mark).text, random);
				for (let at = 0; at < bytes.length;) {
					const size = 1 + random.below(random.of([3, 100, 100_000]));
					push(bytes.subarray(at, at + size));
					at += size;
				}

				end();
			}

			return random.of([{code: 0}, {code: 1}, {code: 255}, {code: 'limit'}] as const);
		},
		close() {},
	};
}

const title = both('The array', 'El RAID');
const tasks = [
	{title, check: sh`false`, apply: [sh`mdadm`, sh`true`]},
	{title, check: sh`true`},
];
const unit: Unit = {
	id: 'raid:nas',
	tasks,
	needs: [],
	place: 'nas',
	stage: 3,
	subject: {},
	supersededBy: [],
	step: {id: 'raid', chapter: '4', title, on: 'storage', needs: [], tasks: () => tasks},
};

/** One unit on that machine: what happened. */
async function eventsFrom(target: Target): Promise<Event[]> {
	const events: Event[] = [];
	await run({
		plan: [unit],
		target: () => target,
		lockFolder: 'test',
		timeoutScale: 1,
		language: 'en',
		signal: new AbortController().signal,
		emit: body => events.push({time: '2026-01-02T12:00:00.000Z', ...body}),
		recordIntent() {},
		wasDone: () => false,
	});
	return events;
}

const parsers: Readonly<Record<OutputName, (text: string) => unknown>> = {
	ab: parseAb,
	siege: parseSiege,
	cpu: text => parseCpu(text, new Map([['MASTER', 'master']])),
	virsh: text => rowsOf(text),
	domstats: text => [...parseDomstats(text)],
	crmMon: text => rowsOf(text),
	mdstat: text => rowsOf(text),
	osRelease: parseOsRelease,
	addresses: text => parseAddresses(text, () => ({hardware: true, wireless: false, bridge: false, carrier: true})),
	routes: parseRoutes,
	nft: parseForwardPolicy,
	resolv: parseResolvConf,
	text: text => text,
};

const cluster = testCluster();

/** Each machine of the cluster answers a look with this text. */
function rowsOf(text: string): StatusRow[] {
	const answer = {text, sent: 0, received: 0};
	const facts = factsOf(cluster, {
		controller: answer,
		nodes: new Map(cluster.nodes.map(({name}) => [name, answer])),
		page: {url: '', answers: []},
		openDrills: [],
	});
	const health = judgeHealth(cluster, facts);
	return [
		{
			kind: 'health',
			state: health.state,
			line: healthLine(health, 'es'),
			troubles: health.troubles.map(({id, state, text}) => ({id, state, text: text.es})),
			notes: [],
		},
		...statusRows(cluster, facts),
	];
}

/** What a parser makes of a text; why it refuses it otherwise. */
function parsed(name: OutputName, text: string): unknown {
	try {
		return parsers[name](text);
	} catch (error) {
		if (error instanceof SyntaxError) {
			return cleanText(error.message);
		}

		throw error;
	}
}

function documentOf(text: string): Document {
	return {
		language: 'en',
		title: text,
		subtitle: text,
		footer: text,
		blocks: [
			{kind: 'paragraph', text},
			{kind: 'list', items: [text]},
			{kind: 'table', caption: text, head: [text], rows: [[text], [{text, to: 'a'}]]},
			{kind: 'facts', rows: [[text, text]]},
		],
	};
}

test('10,000 generated outputs of nodes: no crash, no escape sequence, bounded memory', async () => {
	const seed = seedFor('nodes');
	const random = new Random(seed);
	const target = hostileTarget(random);
	const screen = await openScreen();
	const {store} = screen;
	let count = 0;
	let longest = 0;
	const check = (what: string, text: string) => {
		longest = Math.max(longest, text.length);
		if (harmful.test(text)) {
			expect.fail(
				`${what}, output ${count} with SEED=${seed}: ${JSON.stringify(text.slice(Math.max(0, text.search(harmful) - 100), text.search(harmful) + 100)).replaceAll(/[^ -~]/g, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}`,
			);
		}
	};

	const reported = new PassThrough({highWaterMark: 2 ** 24});
	const plain = plainLines({output: reported, language: 'es', color: false, unicode: true});
	const told = new PassThrough({highWaterMark: 2 ** 24});
	const chapters = chapterReporter({output: told, language: 'en', color: false, unicode: false});
	const json = new PassThrough({highWaterMark: 2 ** 24});
	const lines = jsonLines(json);
	screen.store.set({screens: ['welcome', 'run']});
	for (; count < 10_000; count++) {
		// Half of them through the engine to the reporters and the wizard, half through the parsers to tables and reports.
		if (count % 2 === 0) {
			const events = await eventsFrom(target);
			for (const event of events) {
				plain.report(event);
				chapters.report(event);
				lines.report(event);
			}

			check('plain lines', String(reported.read() ?? ''));
			check('chapters', String(told.read() ?? ''));
			const texts = String(json.read() ?? '').split('\n');
			for (const text of texts) {
				check('JSON lines', text);
				const event = eventIn(text);
				if (event) {
					store.apply(event);
				}
			}

			for (const event of events) {
				if (event.type === 'task-finished' && event.failure) {
					check('a failure', failureText(event.failure as FailureReport, '/log', 'es'));
				}
			}

			const shown = logLines(store.logs.of('nas'), {columns: 80, height: 10, say: text => text.es, search: 'a'});
			check('the log pane', shown.join('\n').replaceAll(ours, ''));
		} else {
			const {name, text} = hostileOutput(random);
			const cleaned = cleanText(brokenBytes(text, random));
			const found = parsed(name, cleaned);
			check(`parser ${name}`, JSON.stringify(found));
			check('strings parsed', strings(found).join('\n'));
			const rows = name === 'crmMon' || name === 'mdstat' || name === 'virsh' ? (found as StatusRow[]) : [];
			check('status', rows.length > 0 ? statusText(rows.slice(0, 20), 'es') : '');
			const short = text.slice(0, 2000);
			check('Markdown on the screen', markdownLines(cleanText(short), 80).join('\n').replaceAll(ours, ''));
			check('a Markdown report', documentMarkdown(documentOf(short)));
			check('an HTML report', documentHtml(documentOf(short)));
		}

		if (count % 200 === 0) {
			await screen.settle();
			check('a screen', screen.raw().replaceAll(ours, ''));
		}
	}

	screen.end();
	const kept = store.logs.of('nas');
	expect(kept.end).toBeGreaterThan(10_000);
	expect(kept.slice(kept.start, kept.end).reduce((sum, {text}) => sum + text.length, 0)).toBeLessThanOrEqual(2 ** 22);
	// A line is at most 64 KiB; a report of a failure has twenty.
	expect(longest).toBeLessThan(2 ** 22);
}, 600_000);

/** All strings and keys in some data: JSON would spell control characters. */
function strings(data: unknown): string[] {
	if (typeof data === 'string') {
		return [data];
	}

	return typeof data === 'object' && data !== null
		? Object.entries(data).flatMap(([key, value]) => [key, ...strings(value)])
		: [];
}
