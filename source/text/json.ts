import {cleanData} from './data.ts';

/**
 * JSON whose strings, keys among them, can be shown: a `\u001b` in it does not become an escape character.
 * @throws SyntaxError also where it is nested too deeply
 */
export function parseJson(text: string): unknown {
	return cleanData(JSON.parse(text) as unknown);
}

/** The same for a line that a killed process may have left incomplete: nothing where it is not JSON. */
export function jsonIn(line: string): unknown {
	try {
		return parseJson(line);
	} catch {
		return undefined;
	}
}
