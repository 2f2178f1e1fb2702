import type {Cluster, Node} from '../../cluster/cluster.ts';
import {definitionOf} from '../../roles/index.ts';
import {render, sh, type Command} from '../../shell/command.ts';
import type {Target} from '../../engine/target.ts';
import {FirstLines, LastLines} from '../../text/bounded-lines.ts';
import type {PageFacts} from './facts.ts';
import {askForPage, pageUrl} from './page.ts';
import {sectionMark} from './sections.ts';

/** Output of one node or the controller. `sent` and `received`: the controller's clock, milliseconds since 1970. */
export interface MachineAnswer {
	/** Absent if there was no answer. */
	readonly text?: string;
	/** Reason why there was no answer. */
	readonly reason?: string;
	readonly sent: number;
	readonly received: number;
}

/** Raw outputs of one status check. */
export interface HealthLook {
	readonly controller: MachineAnswer;
	/** By node name. */
	readonly nodes: ReadonlyMap<string, MachineAnswer>;
	readonly page: PageFacts;
	readonly openDrills: readonly string[];
}

export interface QueryOptions {
	readonly target: (place: string) => Target;
	readonly signal: AbortSignal;
	readonly openDrills: readonly string[];
	/** Called at the start and after each answer, with the places that have not answered yet and the number of all places. */
	readonly onAnswer?: ((silent: readonly string[], of: number) => void) | undefined;
}

/** Timeout of one answer in seconds, with hardware virtualization; multiplied by `cluster.timeoutScale`. */
const limit = 10;

/** Maximum characters of one answer. */
const longestOutput = 2 ** 20;

/** Queries everything in parallel: one round trip to each node, one HTTP request for each web server. */
export async function queryCluster(
	cluster: Cluster,
	{target, signal, openDrills, onAnswer}: QueryOptions,
): Promise<HealthLook> {
	const places = ['host', ...cluster.nodes.map(({name}) => name)];
	const silent = new Set(places);
	onAnswer?.(places, places.length);
	// One signal per place: `withDomainState` adds several listeners for a silent node, and Node warns beyond 10 on a signal.
	const ask = async (place: string, command: Command) => {
		const answer = await answerOf(target(place), command, limit * cluster.timeoutScale, AbortSignal.any([signal]));
		silent.delete(place);
		onAnswer?.([...silent], places.length);
		return answer;
	};

	const [page, controller, ...answers] = await Promise.all([
		unlessAborted(askForPage(cluster), signal),
		ask('host', controllerStatusCommand(cluster)),
		...cluster.nodes.map(async node => ask(node.name, nodeStatusCommand(cluster, node))),
	]);
	return {
		controller,
		nodes: new Map(cluster.nodes.map(({name}, index) => [name, answers[index]!])),
		page: page ?? {url: pageUrl(cluster), answers: []},
		openDrills,
	};
}

/** Resolves with undefined on abort, without waiting for a slow page. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
	if (signal.aborted) {
		return undefined;
	}

	let onAbort = () => {};
	const aborted = new Promise<undefined>(resolve => {
		onAbort = () => {
			resolve(undefined);
		};
	});
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}

async function answerOf(
	target: Target,
	command: Command,
	seconds: number,
	signal: AbortSignal,
): Promise<MachineAnswer> {
	const lines = new FirstLines(longestOutput);
	const errors = new LastLines(1, 500);
	const sent = Date.now();
	const exit = await target.exec(render(command, 'execute'), {
		limit: seconds,
		signal,
		onLine(line, stream) {
			(stream === 'stdout' ? lines : errors).push(line);
		},
	});
	const received = Date.now();
	if (exit.code === 0) {
		return {text: lines.text, sent, received};
	}

	const reason =
		'reason' in exit
			? exit.reason.replace(`${target.name}: `, '')
			: exit.code === 'limit'
				? `${seconds} s`
				: (errors.lines[0] ?? `exit ${exit.code}`);
	return {reason, sent, received};
}

/** Columns of `df` that parseFilesystems reads. */
const columns = 'fstype,size,used,avail,itotal,iused,target';

/** The time service that says in a file whether it has synchronized the clock. Nodes have none unless a user installs it. */
export const timeService = 'systemd-timesyncd.service';

/** Command that queries a node. Parts that touch file systems time out, since a mount whose server is gone blocks them. */
export function nodeStatusCommand(cluster: Cluster, node: Node): Command {
	const {units: needed, look} = definitionOf(node.role);
	const units = [...needed.map(name => `${name}.service`), timeService]
		.map(name => name.replaceAll('.', '\\.'))
		.join('|');
	return sh`
		echo %%clock; date +%s.%N; cat /proc/uptime
		[ ! -e /run/systemd/timesync/synchronized ] || echo %%synchronized
		echo %%memory; cat /proc/meminfo
		echo %%disks; timeout -s KILL 5 df -l -B1 ${`--output=${columns}`} 2>/dev/null
		echo %%units; systemctl list-units --plain --no-legend --full 2>&1 | grep -E ${`^(${units})|[[:space:]]failed[[:space:]]|^-\\.mount`}
		${look?.(cluster) ?? sh``}
		echo %%mounts; cat /proc/mounts
		echo %%end
	`;
}

/** libvirt's machines by UUID, as the user's own may have similar names; the file systems that ours live on. */
export function controllerStatusCommand({paths}: Cluster): Command {
	// virsh's `echo` prints no line feed at the end.
	const section = (name: string) => `echo "\n${sectionMark}${name}\n"`;
	const questions = [
		'list --all --uuid --name',
		section('autostart'),
		'list --all --autostart --uuid',
		section('states'),
		'domstats --state',
		section('networks'),
		'net-list --uuid',
		section('networks-autostart'),
		'net-list --all --autostart --uuid',
		section('answered'),
	];
	return sh`
		echo %%memory; cat /proc/meminfo
		echo %%disks; for path in ${[paths.disks, paths.state, paths.cache]}; do timeout -s KILL 5 df -B1 ${`--output=${columns}`} "$path" 2>/dev/null; done
		echo %%time; timeout -s KILL 5 timedatectl show --property=NTP --property=NTPSynchronized 2>/dev/null
		echo %%machines; timeout -s KILL 8 virsh -q ${questions.join('; ')} 2>&1
		echo; echo %%end
	`;
}
