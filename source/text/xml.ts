import {XMLParser} from 'fast-xml-parser';
import {cleanData} from './data.ts';

/**
 * XML as data: attributes and children by name, lists for the names given. Strings can be shown: `&#27;` in it is no escape.
 * Nothing where it is not XML.
 */
export function parseXml(text: string, lists: readonly string[]): unknown {
	try {
		return cleanData(new XMLParser({ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && lists.includes(name)}).parse(text));
	} catch {
		// The parser throws plain errors for broken documents, entities of their own and names such as __proto__.
		return undefined;
	}
}
