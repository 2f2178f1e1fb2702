import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Cluster} from '../../../source/cluster/cluster.ts';
import {factsOf} from '../../../source/measure/health/facts-of.ts';
import type {PageAnswer} from '../../../source/measure/health/facts.ts';
import {healthLine, judgeHealth, type Health} from '../../../source/measure/health/health.ts';
import {type Work} from '../../../source/measure/health/note.ts';
import type {MachineAnswer, HealthLook} from '../../../source/measure/health/query.ts';
import {testCluster} from '../../cluster-fixture.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8');
const recorded = new Map(
	['host', 'nas', 'master', 'standby', 'server1', 'server2', 'server3'].map(name => [name, fixture(name)]),
);

/** A look at a healthy cluster, as a sandbox with emulated machines gave it, that a test changes before it is judged. */
export class ChangedLook {
	readonly cluster: Cluster;
	readonly texts: Map<string, string>;
	readonly silent = new Map<string, string>();
	page: PageAnswer[];
	openDrills: string[] = [];
	/** A command that works on the cluster meanwhile. */
	work: Work | undefined;
	/** Seconds that a node's clock is ahead. */
	readonly clocks = new Map<string, number>();
	/** Milliseconds that a look takes. */
	trip = 400;

	/** Nodes of which nothing was recorded, of a role that is younger than the record, are left out. */
	constructor(cluster = testCluster()) {
		this.cluster = {...cluster, nodes: cluster.nodes.filter(({id}) => recorded.has(id))};
		this.texts = new Map(recorded);
		// The machines of this cluster have UUIDs of their own.
		let host = this.texts.get('host')!;
		for (const {vm, uuid} of this.cluster.nodes) {
			const [, old] = new RegExp(`^(\\S{36}) ${vm}$`, 'm').exec(host)!;
			host = host.replaceAll(old!, uuid);
		}

		const {internal, heartbeat} = cluster.networks;
		const [first, second] = /%%networks\n\n?(\S{36})\n(\S{36})/.exec(host)!.slice(1);
		this.texts.set('host', host.replaceAll(first!, internal.uuid).replaceAll(second!, heartbeat.uuid));
		this.page = cluster.webs.map(({name}) => ({outcome: 'answered', status: 200, server: name, latency: 12}));
	}

	/** Changes what a machine said. Throws when there is nothing to change. */
	change(place: string, from: string | RegExp, to: string): this {
		const text = this.texts.get(place)!;
		const changed = text.replaceAll(
			typeof from === 'string' ? from : new RegExp(from, from.flags.includes('g') ? from.flags : `${from.flags}g`),
			to,
		);
		if (changed === text) {
			throw new Error(`${place} does not say ${String(from)}`);
		}

		this.texts.set(place, changed);
		return this;
	}

	get look(): HealthLook {
		const answer = (name: string): MachineAnswer => {
			const text = this.texts.get(name)!;
			const time = Number(/%%clock\n(\d+\.\d+)/.exec(text)?.[1] ?? 0) * 1000;
			const sent = time - (this.clocks.get(name) ?? 0) * 1000 - this.trip / 2;
			const times = {sent, received: sent + this.trip};
			return this.silent.has(name) ? {reason: this.silent.get(name)!, ...times} : {text, ...times};
		};

		return {
			controller: answer('host'),
			nodes: new Map(this.cluster.nodes.map(({name}) => [name, answer(name)])),
			page: {url: 'http://192.168.1.200/index.php', answers: this.page},
			openDrills: this.openDrills,
		};
	}

	get health(): Health {
		return judgeHealth(this.cluster, factsOf(this.cluster, this.look), this.work);
	}

	get line(): string {
		return healthLine(this.health, 'en');
	}
}
