import {dirname, resolve} from 'node:path';
import {isMap, isNode, isScalar, LineCounter, parseDocument, type Document, type Node, type YAMLError} from 'yaml';
import type * as z from 'zod';
import type {Text} from '../messages/text.ts';
import {checkChoices, type ContentCheck} from './check-choices.ts';
import {completeAnswers, thesisProposal, type Proposal} from './complete.ts';
import {aboutKey, isGroup, keysIn, knownKeys} from './known-keys.ts';
import {nearest} from './nearest.ts';
import type {Problem} from './problems.ts';
import {answersSchema, type Answers} from './schema.ts';

export interface ReadOptions {
	/** How the file is called in the messages. */
	readonly file?: string;
	/** What relative paths in it are relative to; by default the file's folder. */
	readonly folder?: string;
	/** What holds where nothing is chosen; by default the thesis's values. */
	readonly proposal?: Proposal;
	/** Looks at the folder of the user's own pages, for commands that publish them; by default it may be missing. */
	readonly contentCheck?: ContentCheck;
}

export type ReadResult = {readonly answers: Answers} | {readonly problems: readonly Problem[]};

/** Reads answers and finds everything that is wrong with them, not only the first. An empty file is a good one. */
export function readAnswers(text: string, options: ReadOptions = {}): ReadResult {
	const {file, folder = file === undefined ? process.cwd() : dirname(file), proposal = thesisProposal, contentCheck} = options;
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, logLevel: 'error'});
	if (document.errors.length > 0) {
		return {problems: document.errors.map(error => ({key: '', file, ...position(lines, error.pos[0]), message: notYaml(error)}))};
	}

	const data = toData(document);
	if (data === undefined) {
		return {problems: [{key: '', file, line: 1, column: 1, message: {
			en: 'this is not a list of keys and values such as "name: web", without references.',
			es: 'esto no es una lista de claves y valores como «name: web», sin referencias.',
		}}]};
	}

	dropEmptyGroups(data, []);
	const problem = (path: readonly string[], message: Text): Problem => ({key: path.join('.'), file, ...position(lines, offsetOf(document, path)), message});
	const {answers, malformed} = parse(data);
	const refused = new Set(malformed.map(({path}) => path.join('.')));
	const choices = completeAnswers(answers, proposal);
	const findings = checkChoices({...choices, content: choices.content && resolve(folder, choices.content)}, answers, contentCheck)
		.filter(({keys}) => !keys.some(key => refused.has(key)));
	const problems = [
		...malformed.map(({path, message}) => problem(path, message)),
		...findings.map(({keys, message}) => problem((keys.find(key => document.hasIn(key.split('.'))) ?? keys[0]!).split('.'), message)),
	];
	return problems.length > 0 ? {problems} : {answers};
}

type Data = Record<string, unknown>;

interface Malformed {
	readonly path: readonly string[];
	readonly message: Text;
}

/** Takes away what is malformed until the rest is not, so that one mistake does not hide another. */
function parse(data: Data): {answers: Answers; malformed: readonly Malformed[]} {
	const malformed: Malformed[] = [];
	for (;;) {
		const parsed = answersSchema.safeParse(data);
		if (parsed.success) {
			return {answers: parsed.data, malformed};
		}

		const found = parsed.error.issues.flatMap(issue => explain(issue, data));
		malformed.push(...found);
		for (const {path} of found) {
			remove(data, path);
		}
	}
}

function explain(issue: z.core.$ZodIssue, data: Data): Malformed[] {
	const path = issue.path.map(String);
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => ({path: [...path, key], message: unknownKey(path, key)}));
	}

	const form = aboutKey(path)?.form ?? {en: 'something else', es: 'otra cosa'};
	const value = path.reduce<unknown>((inside, key) => (inside as Data)[key], data);
	if (value === null) {
		return [{path, message: {en: `there is no value; it must be ${form.en}.`, es: `no hay ningún valor; debe ser ${form.es}.`}}];
	}

	const json = JSON.stringify(value);
	const shown = json.length > 60 ? `${json.slice(0, 59)}…` : json;
	return [{path, message: {en: `must be ${form.en}; it is ${shown}.`, es: `debe ser ${form.es}; es ${shown}.`}}];
}

/** A key with a slip of the pen, or one that stands in the wrong group. */
function unknownKey(path: readonly string[], key: string): Text {
	const here = nearest(key, keysIn(path));
	const elsewhere = knownKeys.find(known => known.path.at(-1) === key)?.path.join('.');
	const meant = here === undefined ? elsewhere : [...path, here].join('.');
	return meant === undefined
		? {en: `there is no such key; here one may write ${keysIn(path).join(', ')}.`, es: `no existe esa clave; aquí se puede escribir ${keysIn(path).join(', ')}.`}
		: {en: `there is no such key; did you mean ${meant}?`, es: `no existe esa clave; ¿quería decir ${meant}?`};
}

const yamlErrors: Readonly<Partial<Record<YAMLError['code'], Text>>> = {
	DUPLICATE_KEY: {en: 'the same key stands here a second time.', es: 'aquí está la misma clave por segunda vez.'},
	TAB_AS_INDENT: {en: 'a tab cannot indent; use spaces.', es: 'no se puede sangrar con tabuladores; use espacios.'},
	MULTIPLE_DOCS: {en: 'a second document begins here; there can be only one.', es: 'aquí empieza un segundo documento; solo puede haber uno.'},
	BAD_INDENT: {en: 'this is not YAML: the indentation is wrong.', es: 'esto no es YAML: el sangrado es incorrecto.'},
	MISSING_CHAR: {en: 'this is not YAML: a closing sign or a separator is missing.', es: 'esto no es YAML: falta un signo de cierre o un separador.'},
};

function notYaml(error: YAMLError): Text {
	const detail = error.message.split('\n')[0]!;
	return yamlErrors[error.code] ?? {en: `this is not YAML: ${detail}.`, es: `esto no es YAML: ${detail}.`};
}

/** The file's content, `{}` for an empty one, or nothing if it is no list of keys. */
function toData(document: Document): Data | undefined {
	if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
		return {};
	}

	try {
		// No answer needs an alias; a file with many of them can be made to fill the memory.
		return isMap(document.contents) ? document.toJS({maxAliasCount: 0}) as Data : undefined;
	} catch (error) {
		if (error instanceof ReferenceError) {
			return undefined;
		}

		throw error;
	}
}

/** `networks:` with nothing but comments below is not a mistake. */
function dropEmptyGroups(data: Data, path: readonly string[]): void {
	for (const [key, value] of Object.entries(data)) {
		const below = [...path, key];
		if (value === null && isGroup(below)) {
			delete data[key];
		} else if (typeof value === 'object' && value !== null && isGroup(below)) {
			dropEmptyGroups(value as Data, below);
		}
	}
}

function remove(data: Data, path: readonly string[]): void {
	const parent = path.slice(0, -1).reduce<unknown>((inside, key) => (inside as Data | undefined)?.[key], data);
	if (typeof parent === 'object' && parent !== null) {
		delete (parent as Data)[path.at(-1)!];
	}
}

/** Where a value stands, or the key itself if it has none or is unknown, or the nearest group above it that is in the file. */
function offsetOf(document: Document, path: readonly string[]): number | undefined {
	for (let length = path.length; length > 0; length--) {
		const parent = document.getIn(path.slice(0, length - 1), true);
		const pair = isMap(parent) ? parent.items.find(item => String(isScalar(item.key) ? item.key.value : item.key) === path[length - 1]) : undefined;
		if (pair && isNode(pair.key)) {
			const isWrongValue = length === path.length && aboutKey(path) && isScalar(pair.value) && pair.value.value !== null;
			return ((isWrongValue ? pair.value : pair.key) as Node).range?.[0];
		}
	}

	return undefined;
}

function position(lines: LineCounter, offset: number | undefined): {line?: number; column?: number} {
	if (offset === undefined) {
		return {};
	}

	const {line, col} = lines.linePos(offset);
	return {line, column: col};
}
