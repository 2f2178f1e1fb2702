import {isAlias, isMap, isNode, isScalar, isSeq, parseDocument, type Document, type LineCounter, type YAMLMap} from 'yaml';
import {isGroup, keysIn} from './known-keys.ts';
import {serverKey} from './schema.ts';

/**
 * Parses answers. Their text is exact, so that it can be written back with its comments.
 * The parser's own search for keys that stand twice is quadratic; `readDocument` finds them.
 */
export function parseAnswers(text: string, lines?: LineCounter): Document {
	return parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: false});
}

export type Data = Record<string, unknown>;

/** Place of a key, and of its value where it has one that is not a group: offsets in the text. */
interface Offsets {
	readonly key: number;
	readonly value?: number;
}

/** The keys and values of a document. */
export interface DocumentData {
	/** Only keys that there are; values may be of any form. Groups without a key are left out. Without a prototype. */
	readonly data: Data;
	/** Paths of keys that there are not, in the order of the document. */
	readonly unknown: ReadonlyArray<readonly string[]>;
	/** Offsets of keys that stand a second time in a group. */
	readonly duplicates: readonly number[];
	/** The nearest place to a path that is in the document: of its value, its key, or the key of a group above it. */
	readonly offsetOf: (path: readonly string[]) => number | undefined;
	readonly has: (path: readonly string[]) => boolean;
}

/** Reads a document in one pass; nothing if it is no list of keys or uses references, which no answer needs. */
export function readDocument(document: Document): DocumentData | undefined {
	const contents = document.contents as unknown;
	const unknown: Array<readonly string[]> = [];
	const duplicates: number[] = [];
	const offsets = new Map<string, Offsets>();
	let hasReferences = false;

	const visit = (map: YAMLMap, onKey: (key: string, value: unknown, offsets: Offsets) => void) => {
		const seen = new Set<string>();
		for (const {key, value} of map.items) {
			hasReferences ||= isAlias(key);
			const name = isScalar(key) ? String(key.value) : '';
			const offset = isNode(key) ? key.range?.[0] ?? 0 : 0;
			if (seen.has(name)) {
				duplicates.push(offset);
			}

			seen.add(name);
			onKey(name, value, {key: offset, ...(isScalar(value) && value.value !== null && {value: value.range?.[0]})});
		}
	};

	const dataOf = (node: unknown): unknown => {
		if (isMap(node)) {
			const data = Object.create(null) as Data;
			visit(node, (key, value) => {
				data[key] = dataOf(value);
			});
			return data;
		}

		hasReferences ||= isAlias(node);
		return isSeq(node) ? node.items.map(item => dataOf(item)) : isScalar(node) ? node.value : null;
	};

	const groupOf = (map: YAMLMap, path: readonly string[]): Data => {
		const data = Object.create(null) as Data;
		const known = new Set(keysIn(path));
		visit(map, (key, value, where) => {
			const below = [...path, key];
			const isKnown = known.has(key) || (path.length === 1 && path[0] === 'nodes' && serverKey.test(key));
			offsets.set(below.join('\0'), isKnown ? where : {key: where.key});
			if (!isKnown) {
				unknown.push(below);
				// Looked at only for references and for keys that stand twice.
				dataOf(value);
			} else if (!isGroup(below)) {
				data[key] = dataOf(value);
			} else if (isMap(value)) {
				data[key] = groupOf(value, below);
			} else if (!isEmpty(value)) {
				data[key] = dataOf(value);
			}
		});
		return data;
	};

	const data = isEmpty(contents) ? {} : isMap(contents) ? groupOf(contents, []) : undefined;
	return data === undefined || hasReferences ? undefined : {
		data,
		unknown,
		duplicates,
		has: path => offsets.has(path.join('\0')),
		offsetOf(path) {
			const own = offsets.get(path.join('\0'));
			const above = path.map((_, index) => offsets.get(path.slice(0, path.length - index).join('\0'))?.key);
			return own?.value ?? above.find(offset => offset !== undefined);
		},
	};
}

/** `networks:` with nothing but comments below is no mistake. */
function isEmpty(node: unknown): boolean {
	return node === null || node === undefined || (isScalar(node) && node.value === null);
}
