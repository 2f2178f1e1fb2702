import {XMLParser} from 'fast-xml-parser';
import {cleanData} from './data.ts';

/**
 * Parses XML into objects with attributes and children by name; elements named in `lists` are always arrays. Strings are
 * cleaned: `&#27;` does not become an escape character. Returns undefined if the text is not XML.
 */
export function parseXml(text: string, lists: readonly string[]): unknown {
	try {
		return cleanData(
			new XMLParser({
				ignoreAttributes: false,
				attributeNamePrefix: '',
				parseTagValue: false,
				isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && lists.includes(name),
			}).parse(text),
		);
	} catch {
		// The parser throws for malformed documents, custom entities and names such as __proto__.
		return undefined;
	}
}
