import type {Cluster} from '../../source/cluster/cluster.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {makePlan} from '../../source/engine/plan.ts';
import type {Measurements} from '../../source/measure/result.ts';
import {collectReportData, type Report} from '../../source/report/report-data.ts';
import {steps} from '../../steps/index.ts';
import {both} from '../both.ts';
import {testCluster, testFacts} from '../cluster-fixture.ts';
import {testMeasurements} from './measurements-fixture.ts';

/** Machines and a network with the longest names that answers can have. */
export const longNames: Answers = {
	name: 'a-cluster-with-a-long-name-of-32',
	networks: {internal: {label: 'a-network-of-15'}},
	nodes: Object.fromEntries(
		['nas', 'master', 'standby', 'server1', 'server2'].map(id => [
			id,
			{
				name: `${id}-${'with-a-name-as-long-as-a-host-name-may-be-which-is-63-letters'.slice(0, 61 - id.length)}x`,
				vm: `${id}-${'x'.repeat(49 - id.length)}`,
			},
		]),
	),
	web: {count: 7},
};

export interface TestReport {
	readonly cluster: Cluster;
	readonly report: Report;
}

/** A report on measurements of every kind; emulated, some steps done, one choice made. */
export function testReport(answers: Answers = {}, measurements?: Measurements): TestReport {
	const cluster = testCluster(answers, {acceleration: 'tcg'});
	const plan = makePlan(cluster, steps);
	const done = ['host', 'base-image', 'machines:nas', 'machines:master', 'raid:nas', 'resources:master'];
	const report = collectReportData({
		measurements: measurements ?? testMeasurements(cluster),
		cluster,
		plan,
		facts: testFacts,
		durations: new Map(
			plan
				.filter(({id, place}) => done.includes(id) || (place === cluster.storage.name && id.startsWith('raid')))
				.map(({id}, index) => [id, 12.5 + index * 40]),
		),
		choices: [
			{
				key: 'ha.failback',
				about: both(
					'Whether the service returns to master when it is back',
					'Si el servicio vuelve a master cuando este regresa',
				),
				value: 'true',
				isChosen: true,
			},
			{
				key: 'web.content',
				about: both('Folder with your own pages', 'Carpeta con sus propias páginas'),
				value: '/home/student/<site> & "more"',
				isChosen: true,
			},
			{key: 'raid.level', about: both('RAID level', 'Nivel RAID'), value: '6', isChosen: false},
			{
				key: 'nodes.server1.disk',
				about: both('System disk (G)', 'Disco del sistema (G)'),
				value: '5G',
				isChosen: false,
			},
		],
	});
	return {cluster, report};
}
