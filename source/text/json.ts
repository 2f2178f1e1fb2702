import {cleanData} from './data.ts';

/**
 * Parses JSON and cleans its strings and keys, so that they are safe to show: `\u001b` does not become an escape character.
 * @throws SyntaxError for invalid JSON, and for JSON that is nested too deeply
 */
export function parseJson(text: string): unknown {
	return cleanData(JSON.parse(text) as unknown);
}

/** Like `parseJson`, but returns undefined for invalid JSON, such as the last line of a killed process. */
export function jsonIn(line: string): unknown {
	try {
		return parseJson(line);
	} catch {
		return undefined;
	}
}
