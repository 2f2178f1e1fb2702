import type {Cluster} from '../../source/cluster/cluster.ts';
import type {Prediction} from '../../source/engine/prediction.ts';
import {measuredOn} from '../../source/measure/measured-on.ts';
import type {
	DrillResult,
	ClientImpact,
	HeldConnection,
	LoadSample,
	LoadSeries,
	Measurements,
	Outcome,
	PhaseResult,
	ProbeRecord,
	ProbeRequest,
	Verdict,
} from '../../source/measure/result.ts';
import type {Text} from '../../source/languages/text.ts';
import {both} from '../both.ts';

/** What tries to be more than text, wherever texts come from outside. */
export const hostile = '</td><script>alert("1")</script> & `code` | *pipe* \u0007';

const interval = 250;

/** A stretch of a made-up event: until when, who answers in turn, who has the VIP; without servers, how requests are lost. */
interface Stretch {
	readonly until: number;
	readonly servers?: readonly string[];
	readonly outcome?: Outcome;
	readonly director?: string;
	readonly latency?: number;
}

function probeOf(stretches: readonly Stretch[], {isVoid = false} = {}): ProbeRecord {
	const end = stretches.at(-1)!.until;
	const requests = Array.from({length: end / interval}, (_, index): ProbeRequest => {
		const at = index * interval;
		const {servers, outcome = 'answered', director, latency = 18} = stretches.find(({until}) => at < until)!;
		return {
			at,
			late: index % 5,
			latency: servers ? latency + ((index * 7) % 13) : latency,
			outcome,
			...(servers && {server: servers[index % servers.length]}),
			...(director && {director}),
		};
	});
	return {began: '2026-03-01T10:00:00.000Z', interval, limit: 5000, requests, isVoid, lateness: isVoid ? 900 : 4};
}

function effectOf(
	{requests}: ProbeRecord,
	from: number,
	to: number,
	outage?: {from: number; to?: number},
): ClientImpact {
	const span = requests.filter(({at}) => at >= from && at < to);
	const lost = span.filter(({outcome}) => outcome !== 'answered' && outcome !== 'sorry');
	const count = (of: (request: ProbeRequest) => string | undefined) => {
		const counts: Record<string, number> = {};
		for (const name of span.flatMap(request => of(request) ?? [])) {
			counts[name] = (counts[name] ?? 0) + 1;
		}

		return counts;
	};

	return {
		sent: span.length,
		lost: lost.length,
		...(outage && {
			outage: {
				...outage,
				duration: (outage.to ?? to) - outage.from,
				lost: lost.filter(({at}) => at >= outage.from && at < (outage.to ?? to)).length,
			},
		}),
		affected: lost.length === 0 ? 0 : lost.at(-1)!.at + interval - from,
		longestLatency: Math.max(...span.map(({latency}) => latency)),
		servers: count(({server}) => server),
		directors: count(({director}) => director),
	};
}

const text = (en: string, es: string): Text => both(en, es);
const held: readonly HeldConnection[] = [
	{kind: 'keep-alive', survived: true, longestGap: 5400},
	{kind: 'download', survived: false, longestGap: 9000, reason: 'ECONNRESET'},
];
const prediction = (of: Prediction['of'], seconds: number): Prediction => ({
	of,
	seconds,
	parts:
		of === 'none'
			? []
			: [
					{title: text('Corosync: token and consensus', 'Corosync: token y consenso'), seconds: seconds * 0.4},
					{
						title: text(
							'Pacemaker moves the group: addresses and ldirectord',
							'Pacemaker traslada el grupo: direcciones y ldirectord',
						),
						seconds: seconds * 0.5,
					},
					{
						title: text('ARP: neighbours learn the new place', 'ARP: los vecinos aprenden el nuevo lugar'),
						seconds: seconds * 0.1,
					},
				],
});

interface DrillOptions {
	readonly verdict?: Verdict;
	readonly reason?: string;
	readonly chapter?: string;
	readonly restored?: boolean;
}

function drillOf(
	id: string,
	title: Text,
	probe: ProbeRecord | undefined,
	phases: readonly PhaseResult[],
	{verdict = 'passed', reason, chapter = '', restored = true}: DrillOptions = {},
): DrillResult {
	return {
		id,
		chapter,
		title,
		began: '2026-03-01T10:00:00.000Z',
		duration: 95.4,
		phases,
		verdict,
		restored,
		explanation: text(
			`What is done here, what is expected of the cluster and why: the sentences of test \`${id}\`, as long as they are in the program, so that the report shows how they wrap over its lines.`,
			`Qué se hace aquí, qué se espera del clúster y por qué: las frases de la prueba \`${id}\`, tan largas como en el programa, para que el informe muestre cómo ocupan varias líneas.`,
		),
		...(probe && {probe}),
		...(reason && {reason}),
	};
}

function crash(index: number, servers: readonly string[], [master, standby]: readonly string[]): DrillResult {
	const gap = 4250 + index * 750;
	const probe = probeOf([
		{until: 15_000, servers, director: master},
		{until: 15_000 + gap, outcome: 'timeout', latency: 5000, director: master},
		{until: 50_000, servers, director: standby, latency: 24},
		{until: 51_000, outcome: 'refused', latency: 3, director: standby},
		{until: 80_000, servers, director: master},
	]);
	return drillOf(
		'2-crash',
		text('The active director crashes', 'El director activo se cae'),
		probe,
		[
			{
				title: text(`${master} is switched off (virsh destroy)`, `Se apaga ${master} (virsh destroy)`),
				injected: 15_000,
				settled: 22_000,
				effect: effectOf(probe, 15_000, 50_000, {from: 14_750, to: 15_000 + gap}),
				held,
				prediction: prediction('outage', 12),
				verdict: 'passed',
			},
			{
				title: text(`${master} comes back and takes over again`, `${master} vuelve y toma el relevo`),
				injected: 49_000,
				settled: 58_000,
				effect: effectOf(probe, 50_000, 80_000, {from: 49_750, to: 51_000}),
				held,
				prediction: prediction('outage', 3),
				verdict: 'passed',
			},
		],
		{chapter: '5, 2'},
	);
}

/** Drills of every kind, by the cluster's own names. */
function drills({webs, directors}: Cluster): DrillResult[] {
	const servers = webs.map(({name}) => name);
	const places = directors.map(({name}) => name);
	const [master, standby] = places as [string, string];
	const well = probeOf([{until: 20_000, servers, director: master}]);
	const down = probeOf([
		{until: 12_000, servers, director: master},
		{until: 30_000, outcome: 'sorry', director: master},
		{until: 31_000, outcome: 'wrong-content', director: master},
		{until: 50_000, servers, director: master},
	]);
	const stopped = probeOf([
		{until: 10_000, servers, director: master},
		{until: 40_000, outcome: 'refused', latency: 2, director: master},
	]);
	const one = probeOf([
		...Array.from({length: 20}, (_, index): Stretch => ({
			until: 10_000 + index * 500,
			servers,
			director: master,
			...(index % 3 === 1 && {servers: undefined, outcome: 'timeout', latency: 5000}),
		})),
		{until: 60_000, servers: servers.slice(1, 2), director: master},
	]);
	return [
		drillOf(
			'1',
			text('All nodes are up', 'Todos los nodos funcionan'),
			well,
			[
				{
					title: text('Nothing is done', 'No se hace nada'),
					injected: 0,
					settled: 20_000,
					effect: effectOf(well, 0, 20_000),
					prediction: prediction('none', 0),
					verdict: 'passed',
				},
			],
			{chapter: '5, 1'},
		),
		...[0, 1, 2].map(index => crash(index, servers, places)),
		drillOf(
			'3',
			text('Two servers fail', 'Fallan dos servidores'),
			one,
			[
				{
					title: text('SERVER1 and SERVER3 are switched off', 'Se apagan SERVER1 y SERVER3'),
					injected: 10_000,
					settled: 21_000,
					effect: effectOf(one, 10_000, 60_000),
					prediction: prediction('affected', 13),
					verdict: 'passed',
				},
			],
			{chapter: '5, 3'},
		),
		drillOf(
			'4',
			text('ldirectord fails three times', 'ldirectord falla tres veces'),
			well,
			[
				{
					title: text('ldirectord is killed', 'Se mata ldirectord'),
					injected: 5000,
					verdict: 'interrupted',
					reason: 'SIGINT',
				},
			],
			{chapter: '5, 4', verdict: 'interrupted', reason: 'Interrupted by the user after 20 s.', restored: false},
		),
		drillOf(
			'nfs',
			text('NFS stops and comes back', 'NFS se para y vuelve'),
			stopped,
			[
				{
					title: text('nfs-server is stopped', 'Se para nfs-server'),
					injected: 10_000,
					effect: effectOf(stopped, 10_000, 40_000, {from: 9750}),
					held,
					prediction: prediction('outage', 13),
					verdict: 'failed',
					reason: `no sorry page came: ${hostile}`,
				},
			],
			{verdict: 'failed', reason: `server2 kept answering from its cache: ${hostile}`},
		),
		drillOf('all-servers', text('All web servers are down', 'No queda ningún servidor web'), down, [
			{
				title: text('Apache is stopped on all', 'Se para Apache en todos'),
				injected: 12_000,
				settled: 20_000,
				effect: effectOf(down, 12_000, 50_000, {from: 29_750, to: 31_000}),
				prediction: prediction('outage', 15),
				verdict: 'passed',
			},
		]),
		drillOf(
			'split',
			text('Both links between the directors are cut', 'Se cortan los dos enlaces entre los directores'),
			probeOf(
				[
					{until: 20_000, servers, director: master},
					{until: 40_000, servers, director: standby},
				],
				{isVoid: true},
			),
			[],
			{verdict: 'void', reason: 'The probe was late.'},
		),
		drillOf(
			'power',
			text('The whole cluster is powered off and on', 'Se apaga y se enciende todo el clúster'),
			undefined,
			[],
			{verdict: 'interrupted', reason: 'precheck: server3 does not answer'},
		),
	];
}

function series(tool: 'ab' | 'siege', servers: number, rate: number, {webs, directors, storage}: Cluster): LoadSeries {
	const samples = [0.97, 1, 1.06].map((factor): LoadSample => ({
		tool,
		requests: tool === 'ab' ? 100_000 : Math.round(rate * factor * 20),
		failed: servers === 3 && factor === 1 ? 2 : 0,
		duration: tool === 'ab' ? 100_000 / (rate * factor) : 20,
		rate: rate * factor,
		latency: {mean: 10_000 / rate, ...(tool === 'ab' && {median: 9000 / rate, p95: 25_000 / rate}), longest: 366},
		cpu: {
			host: 3.9,
			[directors[0]!.name]: servers === 0 ? 0.02 : 0.9,
			...Object.fromEntries(webs.map(({name}, index) => [name, index < Math.max(1, servers) ? 0.8 : 0.01])),
			[storage.name]: 0.1,
		},
	}));
	return {
		tool,
		servers,
		command:
			tool === 'ab'
				? 'ab -n 100000 -c 10 http://192.168.1.200/index.php'
				: 'siege -c 10 -t20S -b http://192.168.1.200/index.php',
		processors: 4,
		samples,
	};
}

/** Everything that a report has to show at least once. */
export function testMeasurements(cluster: Cluster): Measurements {
	const load = cluster.webs.flatMap((_, index) => [
		series('ab', index + 1, 5200 + index * 900, cluster),
		series('siege', index + 1, 1300 + index * 700, cluster),
	]);
	const now = measuredOn(cluster);
	// One test before the answers were changed, and one by a version that did not keep them.
	const on = (id: string): Pick<DrillResult, 'on'> =>
		id === 'power'
			? {}
			: {on: id === 'nfs' ? {...now, servers: 2, settings: {...now.settings, token: 1000, failback: false}} : now};
	return {
		version: '0.1.0',
		at: '2026-03-01T11:30:00.000Z',
		drills: drills(cluster).map(drill => ({...drill, ...on(drill.id)})),
		load: [series('ab', 0, 6800, cluster), series('siege', 0, 1700, cluster), ...load].map(one => ({...one, on: now})),
	};
}
