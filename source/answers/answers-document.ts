import {
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	parseDocument,
	type Document,
	type LineCounter,
	type YAMLMap,
} from 'yaml';
import {isGroup, keysIn} from './answer-keys.ts';
import {serverKey} from './schema.ts';

/**
 * Parses answers; keeps comments, so that the document can be written back. Duplicate keys are found by `readDocument`,
 * because the parser's own search is quadratic.
 */
export function parseAnswers(text: string, lines?: LineCounter): Document {
	return parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: false});
}

export type Data = Record<string, unknown>;

/** Offsets in the text of a key, and of its value if that is a scalar. */
interface Offsets {
	readonly key: number;
	readonly value?: number;
}

/** Keys and values of a document. */
export interface DocumentData {
	/** Known keys only; their values are not validated. Groups without keys are omitted. Objects have no prototype. */
	readonly data: Data;
	/** Paths of unknown keys, in document order. */
	readonly unknown: ReadonlyArray<readonly string[]>;
	/** Offsets of duplicate keys. */
	readonly duplicates: readonly number[];
	/**
	 * Returns the offset in the document that is closest to a path: that of its value, its key, or the key of a parent
	 * group.
	 */
	readonly offsetOf: (path: readonly string[]) => number | undefined;
	readonly has: (path: readonly string[]) => boolean;
}

/** Reads a document in one pass. Returns undefined if it is not a mapping, or uses aliases, which no answer needs. */
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
			const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
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
				// Visited only to find aliases and duplicate keys.
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
	return data === undefined || hasReferences
		? undefined
		: {
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

/** An empty group, such as `networks:` followed only by comments, is allowed. */
function isEmpty(node: unknown): boolean {
	return node === null || node === undefined || (isScalar(node) && node.value === null);
}
