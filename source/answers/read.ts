import {dirname, resolve} from 'node:path';
import {LineCounter, type YAMLError} from 'yaml';
import {phrase, type Text} from '../languages/text.ts';
import {cleanLine, cleanText, shortened} from '../text/clean.ts';
import {parseAnswers, readDocument, type Data, type DocumentData} from './answers-document.ts';
import {checkChoices, type ContentCheck} from './check-choices.ts';
import {applyDefaults, thesisDefaults, type Defaults} from './defaults.ts';
import {keyTexts, keysIn, answerKeys} from './answer-keys.ts';
import {closestWord} from '../text/did-you-mean.ts';
import type {Problem} from './problems.ts';
import {answersSchema, type Answers} from './schema.ts';

export interface ReadOptions {
	/** Name of the file for messages. */
	readonly file?: string;
	/** Base of relative paths; default: the file's folder. */
	readonly folder?: string;
	/** Defaults for open choices; default: the thesis's values. */
	readonly proposal?: Defaults;
	/** Checks the folder of the user's own pages, for commands that publish them; by default it is not checked. */
	readonly contentCheck?: ContentCheck;
}

/** The answers, or the first problems and the number of further ones. */
export type ReadResult = {readonly answers: Answers} | {readonly problems: readonly Problem[]; readonly more: number};

/** Maximum number of problems reported. */
const mostProblems = 50;

/** Maximum lengths in characters of a key, of a value and of the parser's message in a problem. */
const longestKey = 120;
const longestValue = 60;
const longestDetail = 200;

/**
 * A mistake whose message has not been made yet. `offset`: position in the text; undefined if the value is not in the
 * file.
 */
interface Mistake {
	readonly path: readonly string[];
	readonly offset: number | undefined;
	readonly message: () => Text;
}

/** Validates answers and reports all mistakes, not only the first. An empty file is valid. Runs in linear time. */
export function readAnswers(text: string, options: ReadOptions = {}): ReadResult {
	const {
		file,
		folder = file === undefined ? process.cwd() : dirname(file),
		proposal = thesisDefaults,
		contentCheck,
	} = options;
	const lines = new LineCounter();
	const document = parseAnswers(text, lines);
	const refuse = (mistakes: readonly Mistake[]): ReadResult => ({
		problems: mistakes
			.toSorted((one, other) => (one.offset ?? -1) - (other.offset ?? -1))
			.slice(0, mostProblems)
			.map(({path, offset, message}) => ({
				key: shortened(cleanLine(path.join('.')), longestKey),
				...(file !== undefined && {file: cleanLine(file)}),
				...position(lines, offset),
				message: message(),
			})),
		more: Math.max(0, mistakes.length - mostProblems),
	});
	if (document.errors.length > 0) {
		const tooDeep = document.errors.find(({code}) => code === 'RESOURCE_EXHAUSTION');
		return refuse(
			(tooDeep ? [tooDeep] : document.errors).map(error => ({
				path: [],
				offset: error.pos[0],
				message: () => notYaml(error),
			})),
		);
	}

	const read = readDocument(document);
	if (read === undefined) {
		return refuse([{path: [], offset: 0, message: () => notKeys}]);
	}

	if (read.duplicates.length > 0) {
		return refuse(read.duplicates.map(offset => ({path: [], offset, message: () => yamlErrors.DUPLICATE_KEY!})));
	}

	const {answers, malformed} = parse(read);
	const refused = new Set(malformed.map(({path}) => path.join('.')));
	const choices = applyDefaults(answers, proposal);
	const findings = checkChoices({...choices, content: choices.content && resolve(folder, choices.content)}, answers, {
		surroundings: proposal.surroundings,
		contentCheck,
	})
		.filter(({keys}) => !keys.some(key => refused.has(key)))
		.map(({keys, message}): Mistake => {
			const path = (keys.find(key => read.has(key.split('.'))) ?? keys[0]!).split('.');
			return {path, offset: read.offsetOf(path), message: () => message};
		});
	const unknown = read.unknown.map((path): Mistake => ({
		path,
		offset: read.offsetOf(path),
		message: () => unknownKey(path),
	}));
	const mistakes = [...unknown, ...malformed, ...findings];
	return mistakes.length > 0 ? refuse(mistakes) : {answers};
}

/** Removes malformed values until the rest is valid, so that one mistake does not hide others. */
function parse({data, offsetOf}: DocumentData): {answers: Answers; malformed: readonly Mistake[]} {
	const malformed: Mistake[] = [];
	for (;;) {
		const parsed = answersSchema.safeParse(data);
		if (parsed.success) {
			return {answers: parsed.data, malformed};
		}

		const paths = parsed.error.issues.map(issue => issue.path.map(String));
		malformed.push(
			...paths.map((path): Mistake => {
				const message = wrongValue(path, data);
				return {path, offset: offsetOf(path), message: () => message};
			}),
		);
		for (const path of paths) {
			remove(data, path);
		}
	}
}

function wrongValue(path: readonly string[], data: Data): Text {
	const form = keyTexts(path)?.form ?? phrase('something else');
	const value = path.reduce<unknown>((inside, key) => (inside as Data)[key], data);
	if (value === null) {
		return phrase('there is no value; it must be {form}.', {form});
	}

	const shown = shortened(cleanLine(JSON.stringify(value)), longestValue);
	return phrase('must be {form}; it is {shown}.', {form, shown});
}

/** Message for an unknown key, with a suggestion for a misspelled key or one in the wrong group. */
function unknownKey(whole: readonly string[]): Text {
	const path = whole.slice(0, -1);
	const key = whole.at(-1)!;
	const here = closestWord(key, keysIn(path));
	const elsewhere = answerKeys.find(known => known.path.at(-1) === key)?.path.join('.');
	const meant = here === undefined ? elsewhere : [...path, here].join('.');
	return meant === undefined
		? phrase('there is no such key; here one may write {path}.', {path: keysIn(path).join(', ')})
		: phrase('there is no such key; did you mean {meant}?', {meant});
}

const yamlErrors: Readonly<Partial<Record<YAMLError['code'], Text>>> = {
	DUPLICATE_KEY: phrase('the same key stands here a second time.'),
	TAB_AS_INDENT: phrase('a tab cannot indent; use spaces.'),
	MULTIPLE_DOCS: phrase('a second document begins here; there can be only one.'),
	RESOURCE_EXHAUSTION: phrase('this is nested too deeply; answers have three levels.'),
	BAD_INDENT: phrase('this is not YAML: the indentation is wrong.'),
	MISSING_CHAR: phrase('this is not YAML: a closing sign or a separator is missing.'),
};

const notKeys: Text = phrase('this is not a list of keys and values such as "name: web", without references.');

function notYaml(error: YAMLError): Text {
	const detail = shortened(cleanText(error.message).split('\n')[0]!, longestDetail);
	// A list in brackets that is never closed is told as an indentation as well.
	const code =
		error.code === 'BAD_INDENT' && cleanText(error.message).includes('end with a') ? 'MISSING_CHAR' : error.code;
	return yamlErrors[code] ?? phrase('this is not YAML: {detail}.', {detail});
}

function remove(data: Data, path: readonly string[]): void {
	const parent = path.slice(0, -1).reduce<unknown>((inside, key) => (inside as Data | undefined)?.[key], data);
	if (typeof parent === 'object' && parent !== null) {
		delete (parent as Data)[path.at(-1)!];
	}
}

function position(lines: LineCounter, offset: number | undefined): {line?: number; column?: number} {
	if (offset === undefined) {
		return {};
	}

	const {line, col} = lines.linePos(offset);
	return {line, column: col};
}
