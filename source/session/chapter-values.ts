import {pagePath} from '../cluster/page-path.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {directorDetection, failures, graceTime, groupScores, healthPageLimit} from '../cluster/timing.ts';
import {roles} from '../roles/index.ts';
import {quote} from '../shell/command.ts';
import type {Language} from '../languages/text.ts';
import {countInWords, spokenDays, spokenDuration, spokenSize} from '../languages/quantity.ts';
import {requestsEach} from '../tasks/answered-in-turn.ts';
import {sandboxNic} from '../tasks/bridge-in-sandbox.ts';
import {neededDisk, neededMemory} from '../tasks/host-resources.ts';
import {currentInvocation} from '../command-line/invocation.ts';
import {directorLost, silentServerMissed} from '../../steps/drills/predictions.ts';

/** Values for a chapter's placeholders; a boolean shows or hides a section. */
export interface ChapterValues {
	readonly [name: string]: string | boolean | ChapterValues;
}

/** Maximum number of VMs that are listed one by one. */
const mostListed = 8;

/** Collects all values that the chapters state about this cluster, formatted for a language. */
export function chapterValues(cluster: Cluster, language: Language): ChapterValues {
	const {
		storage,
		directors: [master, standby],
		webs,
		networks,
		vip,
		raid,
		ha,
		check,
		host,
		guest,
		paths,
	} = cluster;
	const time = (seconds: number) => spokenDuration(seconds)[language];
	const number = (value: number) =>
		new Intl.NumberFormat(language, {useGrouping: false, maximumFractionDigits: 1}).format(value);
	const detection = directorDetection(cluster);
	const scores = groupScores(cluster);
	const own = cluster.content.kind === 'own';
	const kept = dataDisks(raid);
	return {
		program: currentInvocation().program,
		isSandbox: cluster.sandbox,
		isBridge: host.external === 'bridge',
		isNat: host.external === 'nat',
		isEmulated: cluster.acceleration === 'tcg',
		hasOwnPages: own,
		hasSeveralServers: webs.length > 1,
		hasSorryPage: ha.sorryPage,
		failsBack: ha.failback,
		paths: {state: quote(paths.state), cache: quote(paths.cache)},
		storage: {name: storage.name, vm: storage.vm},
		master: {name: master.name, vm: master.vm, internal: master.internal, external: master.external!},
		standby: {vm: standby.vm, external: standby.external!},
		first: {name: webs[0]!.name, internal: webs[0]!.internal},
		second: {name: webs[1]?.name ?? ''},
		machines: machineList(cluster, language),
		external: {cidr: networks.external.cidr, label: networks.external.label},
		internal: {cidr: networks.internal.cidr, label: networks.internal.label},
		heartbeat: {cidr: networks.heartbeat.cidr, label: networks.heartbeat.label},
		nic: host.nic ?? sandboxNic,
		gateway: cluster.gateway,
		vip,
		page: pagePath(cluster),
		count: {
			machines: countInWords.machine(cluster.nodes.length)[language],
			servers: countInWords.server(webs.length)[language],
			disks: countInWords.disk(raid.disks)[language],
			emptyDisks: countInWords.emptyDisk(raid.disks)[language],
			requestsEach: countInWords.request(requestsEach)[language],
			requests: countInWords.request(requestsEach * webs.length)[language],
			failures: countInWords.failure(failures.threshold)[language],
		},
		/** Number of requests that show two full rounds of the rotation. */
		twoTurns: String(webs.length * 2),
		guest: `${guest.distribution === 'debian' ? 'Debian' : 'Ubuntu'} (${guest.release})`,
		maxImageAge: spokenDays(cluster.maxImageAge)[language],
		memory: {
			all: spokenSize(neededMemory(cluster))[language],
			machines: spokenSize(cluster.nodes.reduce((sum, {memory}) => sum + memory, 0))[language],
		},
		disk: {all: spokenSize(neededDisk(cluster))[language], director: `${master.disk} GiB`},
		raid: {
			is4: raid.level === 4,
			is5: raid.level === 5,
			is6: raid.level === 6,
			is10: raid.level === 10,
			pieces: countInWords.piece(raid.disks - (raid.level === 6 ? 2 : 1))[language],
			all: `${raid.disks} × ${spokenSize(raid.size)[language]}`,
			kept: `${number(kept)} × ${spokenSize(raid.size)[language]}`,
			last: raid.serials.at(-1)!,
		},
		token: {milliseconds: String(ha.token), time: time(detection.token)},
		consensus: time(detection.consensus),
		detection: time(detection.total),
		crash: time(directorLost(cluster).seconds),
		monitor: time(ha.monitor),
		check: {
			interval: time(check.interval),
			timeout: time(check.timeout),
			worst: time(silentServerMissed(cluster)),
			healthPage: time(healthPageLimit(cluster)),
		},
		threshold: String(failures.threshold),
		forgottenAfter: time(failures.forgottenAfter * 60),
		scores: {each: String(scores.each), stickiness: String(scores.stickiness), location: String(scores.location)},
		grace: time(graceTime),
	};
}

/** Number of disks' worth of data that the array stores. */
function dataDisks({level, disks}: Cluster['raid']): number {
	return {4: disks - 1, 5: disks - 1, 6: disks - 2, 10: disks / 2}[level];
}

/** All of them by libvirt's names, or the first and the last of a pool where they are many. */
function machineList({nodes, byRole}: Cluster, language: Language): string {
	const list = (items: readonly string[]) => new Intl.ListFormat(language).format(items);
	if (nodes.length <= mostListed) {
		return list(nodes.map(({vm}) => vm));
	}

	return list(
		roles.flatMap(({id, pool}) => {
			const names = byRole[id].map(({vm}) => vm);
			return pool ? [`${names[0]!} … ${names.at(-1)!}`] : names;
		}),
	);
}
