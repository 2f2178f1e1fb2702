import {isDeepStrictEqual} from 'node:util';
import {isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair, type YAMLMap} from 'yaml';
import {applyEdits, byteEdits} from './edits.ts';
import {digestOf} from './digest.ts';
import {definitionsOf, isMapping, portsOf, type Definition, type NetplanMapping} from './netplan-definitions.ts';
import {isSecretName, type EditedFile, type UplinkRefusal, type WholeUplink} from './uplink.ts';

/** Link-layer keys, which stay with the NIC and do not move to the bridge. `auth`, one of them, holds passwords. */
const ofTheCable =
	/^(match|interfaces|parameters|id|link|set-name|macaddress|wakeonlan|ignore-carrier|embedded-switch-mode|infiniband-mode|virtual-function-count|delay-virtual-functions-rebind|auth|emit-lldp|(receive|transmit|tcp|tcp6|generic|large).*-offload)$/;
/** Keys that the NIC keeps and the bridge gets as well. */
const ofBoth = /^(mtu|optional|renderer)$/;

/**
 * Computes the settings that move from the NIC to the bridge, and the edits that remove them from netplan's files. netplan
 * merges its files, lists included, so an additional file could not remove an address.
 */
export function reduceNetplan({
	nic,
	mac,
	altnames = [],
	files,
}: WholeUplink): {id: string; settings: NetplanMapping; files: EditedFile[]} | {refusal: UplinkRefusal} {
	const settings: NetplanMapping = {};
	const ids = new Set<string>();
	const members = new Map<string, string>();
	let pattern: string | undefined;
	const edited: EditedFile[] = [];
	for (const {path, content} of files) {
		const text = content.toString();
		// netplan merges groups that occur twice in a file.
		const document = parseDocument(text, {uniqueKeys: false});
		if (document.errors.length > 0 || !Buffer.from(text).equals(content)) {
			return {refusal: {kind: 'form', names: [path]}};
		}

		const cuts: Cut[] = [];
		for (const [owner, ports] of portsOf(document)) {
			for (const port of ports) {
				members.set(port, owner);
			}
		}

		for (const definition of definitionsOf(document, {nic, mac, altnames})) {
			const {id, pair, values} = definition;
			// netplan rejects `eno1:` without a mapping.
			if (isScalar(pair.value) || pair.value === null) {
				return {refusal: {kind: 'form', names: [path]}};
			}

			ids.add(id);
			pattern ??= definition.pattern;
			for (const [key, value] of Object.entries(values).filter(([key]) => !ofTheCable.test(key))) {
				join(settings, key, value);
			}

			cuts.push({pair, keys: Object.keys(values).filter(key => !ofTheCable.test(key) && !ofBoth.test(key))});
		}

		const edits = cutOut(
			text,
			document,
			cuts.filter(({keys}) => keys.length > 0),
		);
		if (edits === undefined) {
			return {refusal: {kind: 'form', names: [path]}};
		}

		if (edits.length > 0) {
			edited.push({path, digest: digestOf(content), edits});
		}
	}

	const [id, other] = ids;
	const secret = secretIn(settings);
	if (id === undefined) {
		return {refusal: {kind: 'unnamed', names: []}};
	}

	if (other !== undefined) {
		return {refusal: {kind: 'ambiguous', names: [id, other]}};
	}

	const owner = members.get(id);
	if (owner !== undefined) {
		return {refusal: {kind: 'member', names: [owner]}};
	}

	if (pattern !== undefined) {
		return {refusal: {kind: 'pattern', names: [id, pattern]}};
	}

	return secret === undefined ? {id, settings, files: edited} : {refusal: {kind: 'secret', names: [secret]}};
}

interface Cut {
	readonly pair: Definition['pair'];
	readonly keys: readonly string[];
}

/** Replacement of the characters from `from` up to, but not including, `to`. */
interface Span {
	readonly from: number;
	readonly to: number;
	readonly text: string;
}

/**
 * Returns edits that remove keys from definitions and keep every other character of the file. Returns undefined if that is
 * not possible: the parsed result must equal the former document without those keys.
 */
function cutOut(text: string, document: Document, cuts: readonly Cut[]): EditedFile['edits'] | undefined {
	try {
		const spans = cuts.flatMap(({pair, keys}) => spansOf(text, pair, new Set(keys)));
		const edits = byteEdits(text, spans);
		const after = parseDocument(applyEdits(Buffer.from(text), edits).toString(), {uniqueKeys: false});
		// Throws if a removed key had an anchor that is used elsewhere.
		after.toJS();
		for (const {pair, keys} of cuts) {
			const map = pair.value as YAMLMap;
			map.items = map.items.filter(({key}) => !keys.includes(String(key)));
		}

		return after.errors.length === 0 && isDeepStrictEqual(shapeOf(after.contents), shapeOf(document.contents))
			? edits
			: undefined;
	} catch {
		return undefined;
	}
}

/** Value of a node without position and formatting. Unlike `toJS`, it keeps duplicate keys. */
function shapeOf(node: unknown): unknown {
	if (isMap(node)) {
		return {map: node.items.map(({key, value}) => [shapeOf(key), shapeOf(value)])};
	}

	return isSeq(node)
		? node.items.map(item => shapeOf(item))
		: isAlias(node)
			? {alias: node.source}
			: isScalar(node)
				? {value: node.value}
				: null;
}

function spansOf(text: string, {key, value}: Definition['pair'], keys: ReadonlySet<string>): Span[] {
	if (!isMap<Node, Node | null>(value)) {
		throw new TypeError('not a mapping');
	}

	const {items, flow, range} = value;
	const isCut = (pair: Pair<Node, Node | null>) => keys.has(String(pair.key));
	const isEmptied = items.every(pair => isCut(pair));
	if (flow) {
		const last = items.findLastIndex(pair => !isCut(pair));
		return isEmptied
			? [{from: range![0], to: range![1], text: '{}'}]
			: items.flatMap((pair, index) => (isCut(pair) ? [flowSpan(items, index, last)] : []));
	}

	const colon = text.indexOf(':', key.range![1]);
	return [
		...(isEmptied ? [{from: colon + 1, to: colon + 1, text: ' {}'}] : []),
		...items.filter(pair => isCut(pair)).map(pair => blockSpan(text, pair)),
	];
}

/** Span of a pair in a flow mapping: with the comma after it, or, after the last kept pair, with the comma before it. */
function flowSpan(items: ReadonlyArray<Pair<Node, Node | null>>, index: number, lastKept: number): Span {
	return index < lastKept
		? {from: items[index]!.key.range![0], to: items[index + 1]!.key.range![0], text: ''}
		: {from: endOf(items[lastKept]!), to: endOf(items[index]!), text: ''};
}

/** Span of a pair in a block mapping: its whole lines, with a comment after the value. */
function blockSpan(text: string, pair: Pair<Node, Node | null>): Span {
	const start = text.lastIndexOf('\n', pair.key.range![0] - 1) + 1;
	const end = endOf(pair);
	const newline = text[end - 1] === '\n' ? end - 1 : text.indexOf('\n', end);
	return {from: start, to: newline === -1 ? text.length : newline + 1, text: ''};
}

/** Offset after the last character of a pair or a value. */
function endOf(node: Pair<Node, Node | null> | Node): number {
	if ('key' in node) {
		return node.value?.range && !(isScalar(node.value) && node.value.source === '')
			? endOf(node.value)
			: node.key.range![1];
	}

	const last = 'items' in node && !(node as YAMLMap).flow ? (node as {items: unknown[]}).items.at(-1) : undefined;
	return last === undefined ? node.range![1] : endOf(last as Node);
}

/** First key, at any depth, whose name suggests a secret. */
function secretIn(value: unknown): string | undefined {
	if (typeof value !== 'object' || value === null) {
		return undefined;
	}

	for (const [key, inner] of Object.entries(value)) {
		const found = isSecretName(key) ? key : secretIn(inner);
		if (found !== undefined) {
			return found;
		}
	}

	return undefined;
}

/** Merges a value as netplan merges a definition in several files: concatenates lists; otherwise the later value wins. */
function join(into: NetplanMapping, key: string, value: unknown): void {
	const present = into[key];
	if (Array.isArray(present) && Array.isArray(value)) {
		into[key] = [...present, ...value];
	} else if (isMapping(present) && isMapping(value)) {
		for (const [inner, innerValue] of Object.entries(value)) {
			join(present, inner, innerValue);
		}
	} else {
		into[key] = structuredClone(value);
	}
}
