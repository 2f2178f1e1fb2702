import type {Cluster} from '../cluster/cluster.ts';
import type {Language} from '../languages/text.ts';
import type {LoadSample, LoadSeries} from '../measure/result.ts';
import {median} from '../measure/statistics.ts';
import {thesisLoad} from '../measure/thesis-load.ts';
import {benchMessages} from '../measure/bench-messages.ts';
import {wrapLine, type Columns} from '../text/wrap.ts';
import {plainTable} from '../session/plain-table.ts';

const {columns} = benchMessages;

/** Share of all processor time, from 0 to 1, above which the host counts as saturated. */
const saturation = 0.9;

/** Formats the measurements next to those of the thesis, with conclusions; wraps sentences to the terminal's width. */
export function loadText(
	series: readonly LoadSeries[],
	{networks, webs, nodes}: Cluster,
	language: Language,
	terminal: Columns = {},
): string {
	const processors = Math.max(...series.map(({processors = 1}) => processors));
	const busiest = Math.max(
		0,
		...series.flatMap(({samples}) => samples.map(({cpu}) => (cpu['host'] ?? 0) / processors)),
	);
	const failed = series
		.flatMap(({samples}) => samples.map(({failed}) => failed))
		.reduce((sum, count) => sum + count, 0);
	const sentences = [
		...(series.some(({servers}) => servers === 0)
			? [benchMessages.directly(webs[0]!.name, networks.internal.label)[language]]
			: []),
		...(busiest >= saturation ? [benchMessages.saturated(Math.round(busiest * 100))[language]] : []),
		...(failed > 0 ? [benchMessages.failures(failed)[language]] : []),
	];
	return [
		...[...new Set(series.map(({tool}) => tool))].map(tool =>
			ratesOf(
				series.filter(one => one.tool === tool),
				tool,
				language,
			),
		),
		`${benchMessages.cpu(processors)[language]}\n${cpuOf(series, ['host', ...nodes.map(({name}) => name)], language)}`,
		...sentences.map(sentence => wrapLine(sentence, terminal)),
	].join('\n\n');
}

function ratesOf(series: readonly LoadSeries[], tool: LoadSeries['tool'], language: Language): string {
	const rate = (servers: number, among = series) => {
		const found = among.find(one => one.servers === servers && one.tool === tool);
		return found && median(found.samples.map(sample => sample.rate));
	};

	const rows = series.map(({servers, samples}) => {
		const thesis = rate(servers, thesisLoad);
		return [
			benchMessages.servers(servers)[language],
			spread(samples, ({rate}) => rate),
			ratio(rate(servers), rate(0)),
			ratio(rate(servers), rate(1)),
			spread(samples, ({latency}) => latency.p95),
			figure(Math.max(...samples.map(({latency}) => latency.longest))),
			String(samples.reduce((sum, {failed}) => sum + failed, 0)),
			figure(thesis),
			ratio(thesis, rate(1, thesisLoad)),
		];
	});
	const head = [
		columns.servers,
		columns.rate,
		columns.toDirect,
		columns.toOne,
		columns.p95,
		columns.longest,
		columns.failed,
		columns.thesis,
		columns.thesisToOne,
	];
	const commands = [...new Set(series.map(({command}) => command))];
	return [
		`${benchMessages.rates(tool)[language]}`,
		...commands.map(command => `  ${command}`),
		plainTable(
			head.map(text => text[language]),
			rows,
			'right',
		),
	].join('\n');
}

function cpuOf(series: readonly LoadSeries[], names: readonly string[], language: Language): string {
	const present = names.filter(name => series.some(({samples}) => samples.some(({cpu}) => cpu[name] !== undefined)));
	const rows = series.map(({tool, servers, samples}) => [
		tool,
		benchMessages.servers(servers)[language],
		...present.map(name => {
			const parts = samples.flatMap(({cpu}) => cpu[name] ?? []);
			return parts.length > 0 ? `${(median(parts) * 100).toFixed(0)} %` : '-';
		}),
	]);
	return plainTable(
		[
			columns.tool[language],
			columns.servers[language],
			...present.map(name => (name === 'host' ? columns.host[language] : name)),
		],
		rows,
		'right',
	);
}

/** `5516 (5400–5600)`: median and range; no range for a single measurement. */
function spread(samples: readonly LoadSample[], value: (sample: LoadSample) => number | undefined): string {
	const values = samples.flatMap(sample => value(sample) ?? []);
	if (values.length < 2) {
		return figure(values[0]);
	}

	return `${figure(median(values))} (${figure(Math.min(...values))}–${figure(Math.max(...values))})`;
}

function figure(value: number | undefined): string {
	return value === undefined ? '-' : value.toFixed(value < 100 ? 1 : 0);
}

function ratio(value: number | undefined, base: number | undefined): string {
	return value === undefined || base === undefined ? '-' : (value / base).toFixed(2);
}
