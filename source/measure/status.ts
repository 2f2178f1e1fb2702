import type {Cluster, Node} from '../answers/cluster.ts';
import {render, sh, type Command} from '../engine/command.ts';
import type {Target} from '../engine/target.ts';
import {FirstLines} from '../text/kept.ts';
import {parseXml} from '../text/xml.ts';

/** One thing that is known of a cluster that is there. */
export type StatusRow =
	| {kind: 'node'; name: string; role: Node['role']; machine: string; addresses: string[]; reachable: boolean}
	| {kind: 'director'; name: string; online: boolean; standby: boolean}
	| {kind: 'resource'; name: string; agent: string; state: string; node?: string; failed: boolean}
	| {kind: 'vip'; address: string; nodes: string[]}
	| {kind: 'real-server'; service: string; address: string; weight: number; active: number; inactive: number; director: string}
	| {kind: 'array'; node: string; level: string; members: string; state: string}
	| {kind: 'export'; node: string; path: string; clients: string};

export interface StatusOptions {
	readonly target: (place: string) => Target;
	readonly signal: AbortSignal;
}

/** Seconds a machine may take to answer, with hardware virtualization. */
const limit = 10;

/** Characters of a machine's answer. */
const longestOutput = 2 ** 20;

/** Looks at everything at once; what does not answer is left out and its node is shown as not reachable. */
export async function readStatus(cluster: Cluster, options: StatusOptions): Promise<StatusRow[]> {
	const ask = async (place: string, command: Command) => output(options.target(place), command, limit * cluster.pace, options.signal);
	const [machines, ...answers] = await Promise.all([ask('host', sh`virsh -q list --all`), ...cluster.nodes.map(async node => ask(node.name, questions[node.role]))]);
	const states = machineStates(machines ?? '');
	const nodes = cluster.nodes.map((node, index): StatusRow => ({
		kind: 'node', name: node.name, role: node.role, machine: states.get(node.vm) ?? '-', addresses: node.nics.map(({address}) => address), reachable: answers[index] !== undefined,
	}));
	const parts = (role: Node['role']) => cluster.nodes.flatMap((node, index) => node.role === role && answers[index] !== undefined ? [{name: node.name, texts: answers[index].split(/^%%\n/m)}] : []);
	const directors = parts('director');
	const [storage] = parts('storage');
	return [
		...nodes,
		...pacemakerRows(directors.map(({texts}) => texts[0]!)),
		...[cluster.vip.external, cluster.vip.internal].map((address): StatusRow => ({kind: 'vip', address, nodes: directors.filter(({texts}) => texts[1]?.includes(` ${address}/`)).map(({name}) => name)})),
		...directors.flatMap(({name, texts}) => realServers(name, texts[2] ?? '')),
		...(storage ? [...arrays(storage.name, storage.texts[0] ?? ''), ...exported(storage.name, storage.texts[1] ?? '')] : []),
	];
}

const questions: Record<Node['role'], Command> = {
	director: sh`crm_mon -1 --output-as=xml 2>/dev/null; echo %%; ip -4 -o address; echo %%; ipvsadm -Ln 2>/dev/null; true`,
	storage: sh`cat /proc/mdstat; echo %%; exportfs -v; true`,
	web: sh`true`,
};

async function output(target: Target, command: Command, seconds: number, signal: AbortSignal): Promise<string | undefined> {
	const lines = new FirstLines(longestOutput);
	const exit = await target.exec(render(command, 'execute'), {
		limit: seconds,
		signal,
		onLine(line, stream) {
			if (stream === 'stdout') {
				lines.push(line);
			}
		},
	});
	return exit.code === 0 ? lines.text : undefined;
}

/** ` 3   MASTER   running` */
export function machineStates(text: string): Map<string, string> {
	return new Map(text.split('\n').flatMap((line): Array<[string, string]> => {
		const [id = '', name, ...state] = line.trim().split(/\s+/);
		return /^(?:\d+|-)$/.test(id) && state.length > 0 ? [[name!, state.join(' ')]] : [];
	}));
}

/** An element of crm_mon's XML. A document that is no status of Pacemaker may have anything in its place. */
type XmlNode = {readonly node?: readonly XmlNode[]} & Readonly<Record<string, unknown>>;

interface Status {
	readonly nodes?: {readonly node?: readonly XmlNode[]};
	readonly resources?: {readonly resource?: readonly XmlNode[]; readonly group?: ReadonlyArray<{readonly resource?: readonly XmlNode[]}>};
}

/** crm_mon's XML (its format is documented as stable: api/crm_mon.rng), from the first director that gives it. */
export function pacemakerRows(texts: readonly string[]): StatusRow[] {
	const text = texts.find(text => text.includes('<nodes>'));
	if (!text) {
		return [];
	}

	const document = parseXml(text, ['node', 'resource', 'group']) as Record<string, Status | undefined> | undefined;
	const result = document?.['pacemaker-result'] ?? document?.['crm_mon'] ?? {};
	const word = (value: unknown) => typeof value === 'string' ? value : '-';
	const resources = [...(result.resources?.resource ?? []), ...(result.resources?.group ?? []).flatMap(group => group.resource ?? [])];
	return [
		...(result.nodes?.node ?? []).map((node): StatusRow => ({kind: 'director', name: word(node['name']), online: node['online'] === 'true', standby: node['standby'] === 'true'})),
		...resources.map((resource): StatusRow => ({
			kind: 'resource', name: word(resource['id']), agent: word(resource['resource_agent']), state: word(resource['role']), failed: resource['failed'] === 'true', ...(resource.node?.[0] && {node: word(resource.node[0]['name'])}),
		})),
	];
}

/** `ipvsadm -Ln`. */
export function realServers(director: string, text: string): StatusRow[] {
	let service = '';
	return text.split('\n').flatMap((line): StatusRow[] => {
		const [first, second, ...rest] = line.trim().split(/\s+/);
		if (first === 'TCP') {
			service = second ?? '';
		}

		return first === '->' && /^\d/.test(second ?? '') && service ? [{kind: 'real-server', service, address: second!, weight: Number(rest[1]), active: Number(rest[2]), inactive: Number(rest[3]), director}] : [];
	});
}

/** `/proc/mdstat`. */
export function arrays(node: string, text: string): StatusRow[] {
	return [...text.matchAll(/^(md\S+) : (\S+) (raid\d+) .*\n.*?\[(\d+\/\d+)\] \[([U_]+)\](?:\n.*?((?:resync|recovery|check|reshape)\s*=\s*[\d.]+%))?/gm)]
		.map(([, , state, level, members, map, progress]) => ({kind: 'array', node, level: level!, members: `[${members}] [${map}]`, state: progress ?? state!}));
}

/** `exportfs -v`: the path and, in brackets, its clients; a long path puts them on the next line. */
export function exported(node: string, text: string): StatusRow[] {
	return [...text.replaceAll(/\n\s+/g, ' ').matchAll(/^(\S+)\s+(\S+?)\(/gm)].map(([, path, clients]) => ({kind: 'export', node, path: path!, clients: clients!}));
}
