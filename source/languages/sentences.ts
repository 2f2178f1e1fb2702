import {readdirSync, readFileSync} from 'node:fs';
import {join, relative} from 'node:path';
import ts from 'typescript';

/** A sentence found in calls of `phrase`, `phraseIn` and `template`. */
export interface Sentence {
	/** Key in `assets/languages`: the sentence, followed by its context in brackets if it has one. */
	readonly key: string;
	readonly english: string;
	/** `file:line` of each call. */
	readonly places: readonly string[];
	/** Names of the values in the first call; undefined if it has none, or does not list them literally. */
	readonly values?: readonly string[];
	/** Whether the sentence is an ICU message. A sentence without values is literal text. */
	readonly isMessage: boolean;
}

/** Index of the sentence among the arguments, by function. */
const functions: Readonly<Record<string, number>> = {phrase: 0, phraseIn: 1, template: 0};

/**
 * Collects all sentences in the program's source.
 * @param root folder that contains `source` and `steps`
 * @throws Error for a call whose sentence is not a literal, because translators could not find it
 */
export function sentencesIn(root: string): Sentence[] {
	const found = new Map<string, Sentence>();
	for (const folder of ['source', 'steps']) {
		for (const entry of readdirSync(join(root, folder), {recursive: true, withFileTypes: true})) {
			const path = join(entry.parentPath, entry.name);
			if (entry.isFile() && /\.tsx?$/.test(path)) {
				for (const sentence of sentencesOf(relative(root, path), readFileSync(path, 'utf8'))) {
					const known = found.get(sentence.key);
					found.set(sentence.key, known ? {...known, places: [...known.places, ...sentence.places]} : sentence);
				}
			}
		}
	}

	return [...found.values()];
}

/** Collects the sentences in one source file. */
export function sentencesOf(path: string, text: string): Sentence[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: Sentence[] = [];
	const visit = (node: ts.Node) => {
		if (
			ts.isCallExpression(node) &&
			ts.isIdentifier(node.expression) &&
			Object.hasOwn(functions, node.expression.text)
		) {
			const sentence = sentenceOf(
				node,
				node.expression.text,
				`${path}:${String(file.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`,
			);
			found.push(...(sentence ? [sentence] : []));
		}

		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

function sentenceOf({arguments: given}: ts.CallExpression, name: string, place: string): Sentence | undefined {
	const at = functions[name]!;
	const [english, values] = [given[at], given[at + 1]];
	if (!english || !ts.isStringLiteralLike(english)) {
		// `template` passes on its parameter `english`; the sentence itself is found in the call of `template`.
		if (english && ts.isIdentifier(english) && english.text === 'english') {
			return undefined;
		}

		throw new Error(`${place}: the sentence has to be written out in the call of ${name}`);
	}

	const context = name === 'phraseIn' ? given[0] : undefined;
	return {
		key: context && ts.isStringLiteralLike(context) ? `${english.text} [${context.text}]` : english.text,
		english: english.text,
		places: [place],
		...(values &&
			ts.isObjectLiteralExpression(values) &&
			values.properties.every(property => !ts.isSpreadAssignment(property)) && {
				values: values.properties.map(property => property.name!.getText()),
			}),
		isMessage: values !== undefined || name === 'template',
	};
}
