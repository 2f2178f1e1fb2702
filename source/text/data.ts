import {cleanText} from './clean.ts';

/** Levels of nesting; no data that we read has ten. */
const deepest = 100;

/**
 * Data that a parser made of foreign text, with all its strings and keys cleaned.
 * @throws SyntaxError where it is nested too deeply
 */
export function cleanData(value: unknown, level = 0): unknown {
	if (typeof value === 'string') {
		return cleanText(value);
	}

	if (typeof value !== 'object' || value === null) {
		return value;
	}

	if (level === deepest) {
		throw new SyntaxError(`nested more than ${deepest} levels deep`);
	}

	if (Array.isArray(value)) {
		return value.map(item => cleanData(item, level + 1));
	}

	// fromEntries defines: `__proto__` becomes a key like any other.
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanData(item, level + 1)]));
}
