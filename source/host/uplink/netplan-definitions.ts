import {isMap, isScalar, parseDocument, type Document, type Node, type Pair, type YAMLMap} from 'yaml';
import {globPattern} from '../../regexp.ts';

/** A mapping in netplan's YAML. */
export type NetplanMapping = Record<string, unknown>;

/** Groups of definitions whose interfaces can be the port of a bridge. */
const groups = ['ethernets', 'bonds', 'vlans'] as const;

/** A definition of the NIC in a file. `pair` is its YAML node. */
export interface Definition {
	readonly id: string;
	readonly pair: Pair<Node, Node | null>;
	readonly values: NetplanMapping;
	/** Pattern that may match other NICs as well. */
	readonly pattern: string | undefined;
}

/**
 * Returns the backend of the NIC by netplan's rules: the key `renderer` of the definition, else of its group, else of the
 * whole network; the last file wins. Undefined if no definition matches the NIC.
 * @param texts the files of /etc/netplan, in the order in which they are read
 */
export function netplanRenderer(texts: readonly string[], names: NicNames): 'netplan' | 'networkmanager' | undefined {
	let isNamed = false;
	const chosen: {definition?: unknown; group?: unknown; all?: unknown} = {};
	for (const text of texts) {
		const document = parseDocument(text, {uniqueKeys: false});
		for (const {value} of document.errors.length > 0 ? [] : pairsOf(document.contents, 'network')) {
			chosen.all = valueOf(value, 'renderer') ?? chosen.all;
			for (const group of groups) {
				const definitions = pairsOf(value, group).flatMap(pair => definitionsIn(pair.value, document, names));
				if (definitions.length > 0) {
					isNamed = true;
					chosen.group =
						pairsOf(value, group)
							.map(pair => valueOf(pair.value, 'renderer'))
							.findLast(renderer => renderer !== undefined) ?? chosen.group;
					chosen.definition =
						definitions.map(({values}) => values['renderer']).findLast(renderer => renderer !== undefined) ??
						chosen.definition;
				}
			}
		}
	}

	return isNamed
		? (chosen.definition ?? chosen.group ?? chosen.all) === 'NetworkManager'
			? 'networkmanager'
			: 'netplan'
		: undefined;
}

/** Names of a NIC: its name, its alternative names (`ip link property`) and its MAC address. */
export interface NicNames {
	readonly nic: string;
	readonly mac: string;
	readonly altnames?: readonly string[];
}

/** Finds the definitions of this NIC, by its names or by their `match`. */
export function definitionsOf(document: Document, names: NicNames): Definition[] {
	return pairsOf(document.contents, 'network')
		.flatMap(({value}) => groups.flatMap(group => pairsOf(value, group)))
		.flatMap(({value}) => definitionsIn(value, document, names));
}

function definitionsIn(group: unknown, document: Document, {nic, mac, altnames = []}: NicNames): Definition[] {
	return pairsOf(group).flatMap((pair): Definition[] => {
		const id = String(isScalar(pair.key) ? pair.key.value : pair.key);
		const found: unknown = pair.value?.toJS(document);
		const values = isMapping(found) ? found : {};
		const match = values['match'] as {name?: unknown; macaddress?: unknown} | undefined;
		const isName = (name: string) => name === nic || altnames.includes(name);
		const pattern =
			typeof match?.name === 'string' &&
			!isName(match.name) &&
			[nic, ...altnames].some(name => globPattern(match.name as string).test(name))
				? match.name
				: undefined;
		const byMatch =
			match !== undefined &&
			(values['set-name'] === nic || isName(String(match.name)) || String(match.macaddress).toLowerCase() === mac);
		return byMatch || pattern !== undefined || (match === undefined && isName(id))
			? [{id, pair, values, pattern: byMatch ? undefined : pattern}]
			: [];
	});
}

/** Finds the bridges, bonds and VRFs of a file, with the ids of their ports. */
export function portsOf(document: Document): Array<[owner: string, ports: string[]]> {
	return pairsOf(document.contents, 'network')
		.flatMap(({value}) => ['bridges', 'bonds', 'vrfs'].flatMap(group => pairsOf(value, group)))
		.flatMap(({value}) => pairsOf(value))
		.map(pair => {
			const found: unknown = pair.value?.toJS(document);
			const ports = isMapping(found) ? found['interfaces'] : undefined;
			return [
				String(isScalar(pair.key) ? pair.key.value : pair.key),
				Array.isArray(ports) ? ports.map(port => String(port)) : [],
			];
		});
}

function valueOf(node: unknown, key: string): unknown {
	const value = pairsOf(node, key).at(-1)?.value;
	return isScalar(value) ? value.value : undefined;
}

function pairsOf(node: unknown, key?: string): Array<Pair<Node, Node | null>> {
	const pairs = isMap(node) ? (node as YAMLMap<Node, Node | null>).items : [];
	return pairs.filter(pair => key === undefined || (isScalar(pair.key) && pair.key.value === key));
}

export function isMapping(value: unknown): value is NetplanMapping {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
