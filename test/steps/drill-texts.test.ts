import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {directorDetection} from '../../source/cluster/timing.ts';
import {applicableDrills} from '../../source/drilling/drill-overview.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {spokenDuration} from '../../source/languages/quantity.ts';
import type {Language, Text} from '../../source/languages/text.ts';
import {shellScript} from '../../source/report/script.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {bridgeChange} from '../../source/tasks/bridge-change.ts';
import {literalsOf, said} from '../literals.ts';
import {unlikeClusters} from '../unlike-clusters.ts';

const languages: readonly Language[] = ['en', 'es'];
const usual = literalsOf(testCluster());
const clusters: Readonly<Record<string, Cluster>> = {'the default cluster': testCluster(), ...unlikeClusters};

/** Everything that a drill says. */
function textsOf(cluster: Cluster): Text[] {
	return applicableDrills(cluster).flatMap(({title, explanation, scenario}) => {
		const {precheck, prepare = [], phases, undo} = scenario(cluster);
		const placed = [...precheck, ...prepare, ...phases.flatMap(({inject, expect}) => [...inject, ...expect]), ...undo];
		return [
			title(cluster),
			explanation(cluster),
			...phases.flatMap(({title, predict}) => [title, ...(predict?.parts.map(part => part.title) ?? [])]),
			...placed.flatMap(({task: {title, advice}}) => [title, ...(advice ? [advice] : [])]),
		];
	});
}

describe.each(Object.entries(unlikeClusters))('%s', (_, cluster) => {
	test.each(languages)('%s: drills, plan and script say nothing of the default cluster', language => {
		const plan = makePlan(cluster, steps);
		const tasks = plan.flatMap(({step, tasks}) => [
			step.title,
			...tasks.flatMap(({title, advice}) => [title, ...(advice ? [advice] : [])]),
		]);
		expect(said([...textsOf(cluster), ...tasks].map(text => text[language]).join('\n'), usual)).toEqual([]);
		// The names of the fixture's secrets have the machines' keys in them; `master` is a word of ip and ipvsadm.
		const script = shellScript(plan, cluster, language).replaceAll(/HOST_KEY_\w+/g, '');
		expect(
			said(
				script,
				usual.filter(word => word !== 'master'),
			),
		).toEqual([]);
	});
});

describe.each(Object.entries(clusters))('%s', (_, cluster) => {
	test('one of a kind is singular', () => {
		for (const {en, es} of textsOf(cluster)) {
			expect(en).not.toMatch(/(?<![\d.,/-])\b1 (?:\p{L}+s\b|that)/u);
			expect(es).not.toMatch(/(?<![\d.,/-])\b1 (?:\p{L}+s\b|que)/u);
		}
	});

	test('a crash is told of with the times that are predicted', () => {
		const crash = applicableDrills(cluster).find(({id}) => id === '2-crash')!;
		const [token, consensus] = crash.scenario(cluster).phases[0]!.predict!.parts;
		for (const language of languages) {
			for (const seconds of [token!.seconds, consensus!.seconds, directorDetection(cluster).total]) {
				expect(crash.explanation(cluster)[language]).toContain(spokenDuration(seconds)[language]);
			}
		}
	});
});

test.each([
	['the default cluster', 'SERVER1 and SERVER3 fail; SERVER2 carries on', 'Se caen SERVER1 y SERVER3; SERVER2 sigue'],
	['two servers, bridge', 'APPLE fails; BIRCH carries on', 'Se cae APPLE; BIRCH sigue'],
	['thirty servers, sandbox', 'All web servers but BIRCH fail', 'Se caen todos los servidores web menos BIRCH'],
])('%s: %s', (name, en, es) => {
	const cluster = clusters[name]!;
	expect(
		applicableDrills(cluster)
			.find(({id}) => id === '3')!
			.title(cluster),
	).toMatchObject({en, es});
});

test("NetworkManager's bridge is advised with this cluster's names", () => {
	const {host, ...rest} = unlikeClusters['two servers, bridge']!;
	const change = bridgeChange({...rest, host: {...host, renderer: 'networkmanager'}});
	expect('refusal' in change && change.refusal.en).toContain('slave-type bridge ifname enp3s0 master brOut');
});

test.each(readdirSync(new URL('../../source/messages', import.meta.url)))(
	'sentences of %s that every cluster shares name none',
	async file => {
		// Alone it is a state of Pacemaker's, not a node.
		const texts = stringsOf(await import(`../../source/messages/${file}`)).filter(text => text !== 'standby');
		// Errata quote the thesis, whose names these are.
		expect(file === 'errata.ts' ? [] : said(texts.join('\n'), usual)).toEqual([]);
	},
);

function stringsOf(value: unknown): string[] {
	return typeof value === 'string'
		? [value]
		: typeof value === 'object' && value !== null
			? Object.values(value).flatMap(stringsOf)
			: [];
}
