import type {Cluster, NetworkName} from '../cluster/cluster.ts';
import type {Role} from '../roles/index.ts';
import type {HostFacts} from '../host/host-facts.ts';
import {criticalPath} from '../engine/critical-path.ts';
import type {Plan} from '../engine/plan.ts';
import {inEveryLanguage, type Text} from '../languages/text.ts';
import {errata} from './errata.ts';
import type {LoadSeries, MeasuredOn, Measurements, Settings} from '../measure/result.ts';
import {measuredOn} from '../measure/measured-on.ts';
import {thesisLoad} from '../measure/thesis-load.ts';

/** One choice in plain words, and whether the user made it. */
export interface ReportChoice {
	/** The key in the answers, for instance `ha.failback`. */
	readonly key: string;
	readonly about: Text;
	readonly value: string;
	readonly isChosen: boolean;
}

/** An error of the thesis that the build of this cluster corrected, or that its tests showed. */
export interface ReportErratum {
	/** Line of the thesis's text, as in docs/errata.md. */
	readonly line: number;
	/** The id of the step that corrects it, or the test or benchmark (`load`) that shows it. */
	readonly by: string;
	readonly thesis: Text;
	readonly right: Text;
}

/** All data of a report, also its JSON form. Reports contain nothing else, hence no secrets. */
export interface Report {
	/** Version of the format of this data. */
	readonly format: 1;
	readonly program: {readonly name: 'cluster-wizard'; readonly version: string};
	readonly cluster: {
		readonly name: string;
		readonly sandbox: boolean;
		readonly acceleration: Cluster['acceleration'];
		readonly pace: number;
		readonly external: Cluster['host']['external'];
		readonly guest: Cluster['guest'];
		readonly networks: Readonly<Record<NetworkName, {readonly label: string; readonly cidr: string}>>;
		readonly gateway: string;
		readonly vip: Cluster['vip'];
		/** Memory in MiB, disk in GiB. */
		readonly nodes: ReadonlyArray<{
			readonly name: string;
			readonly role: Role;
			readonly vm: string;
			readonly vcpus: number;
			readonly memory: number;
			readonly disk: number;
			readonly internal: string;
			readonly external?: string;
			readonly heartbeat?: string;
		}>;
		/** Size of one disk in MiB. */
		readonly raid: {readonly level: number; readonly disks: number; readonly size: number};
		readonly content: MeasuredOn['content'];
		/** Settings in force, already scaled: `token` in milliseconds, other times in seconds. */
		readonly settings: Settings;
	};
	/** Memory in MiB. */
	readonly host: {readonly release: string; readonly cpus: number; readonly memory: number};
	readonly choices: readonly ReportChoice[];
	/** Seconds that each unit took when it last did work, in the plan's order. */
	readonly build: ReadonlyArray<{
		readonly unit: string;
		readonly chapter: string;
		readonly title: Text;
		readonly place: string;
		readonly seconds: number;
		readonly isCritical: boolean;
	}>;
	readonly errata: readonly ReportErratum[];
	/** Measurements of the thesis, in the same form as ours. */
	readonly thesis: {readonly load: readonly LoadSeries[]};
	readonly measurements: Measurements;
}

export interface ReportSource {
	readonly measurements: Measurements;
	readonly cluster: Cluster;
	readonly plan: Plan;
	readonly facts: Pick<HostFacts, 'release' | 'cpus' | 'memory'>;
	readonly choices: readonly ReportChoice[];
	/** Seconds by unit, for units that did work. */
	readonly durations: ReadonlyMap<string, number>;
}

export function collectReportData({measurements, cluster, plan, facts, choices, durations}: ReportSource): Report {
	const {name, sandbox, acceleration, timeoutScale, host, guest, networks, gateway, vip, nodes} = cluster;
	const now = measuredOn(cluster);
	const network = (of: NetworkName) => ({label: networks[of].label, cidr: networks[of].cidr});
	const critical = new Set(criticalPath(plan, durations).map(({id}) => id));
	return {
		format: 1,
		program: {name: 'cluster-wizard', version: measurements.version},
		cluster: {
			name,
			sandbox,
			acceleration,
			pace: timeoutScale,
			gateway,
			external: host.external,
			guest: {distribution: guest.distribution, release: guest.release},
			networks: {external: network('external'), internal: network('internal'), heartbeat: network('heartbeat')},
			vip: {external: vip.external, internal: vip.internal},
			nodes: nodes.map(node => ({
				name: node.name,
				role: node.role,
				vm: node.vm,
				vcpus: node.vcpus,
				memory: node.memory,
				disk: node.disk,
				internal: node.internal,
				...(node.external && {external: node.external}),
				...(node.heartbeat && {heartbeat: node.heartbeat}),
			})),
			raid: now.raid,
			content: now.content,
			settings: now.settings,
		},
		host: {release: facts.release.value.title, cpus: facts.cpus.value, memory: facts.memory.value.total},
		choices: choices.map(({key, about, value, isChosen}) => ({
			key,
			about: inEveryLanguage(language => about[language]),
			value,
			isChosen,
		})),
		build: plan
			.filter(({id}) => durations.has(id))
			.map(({id, step, place}) => ({
				unit: id,
				chapter: step.chapter,
				title: step.title,
				place,
				seconds: durations.get(id)!,
				isCritical: critical.has(id) && durations.get(id)! > 0,
			})),
		errata: errataOf(plan, durations, measurements),
		thesis: {load: thesisLoad},
		measurements,
	};
}

/** Errata corrected by steps that did work, and errata shown by tests and benchmarks that were run. */
function errataOf(plan: Plan, durations: ReadonlyMap<string, number>, {drills, load}: Measurements): ReportErratum[] {
	const done = new Map(plan.filter(({id}) => durations.has(id)).map(({step}) => [step.id, step.mends ?? []]));
	return errata.flatMap(({line, shownBy, thesis, right}): ReportErratum[] => {
		const steps = [...done].filter(([, mends]) => mends.includes(line)).map(([id]) => id);
		const isShown = shownBy === 'load' ? load.length > 0 : drills.some(({id}) => id.split('-')[0] === shownBy);
		return [...steps, ...(shownBy !== undefined && isShown ? [shownBy] : [])].map(by => ({line, by, thesis, right}));
	});
}
