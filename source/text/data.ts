import {cleanText} from './clean.ts';

/** Maximum nesting depth; the program's data has fewer than ten levels. */
const deepest = 100;

/**
 * Cleans all strings and keys in data that a parser made from foreign text.
 * @throws SyntaxError if the data is nested too deeply
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

	// fromEntries defines properties instead of assigning them, so `__proto__` becomes an ordinary key.
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanData(item, level + 1)]));
}
