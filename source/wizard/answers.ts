import {resolve} from 'node:path';
import type {Document} from 'yaml';
import {assetBytes} from '../assets.ts';
import {parseAnswers} from '../answers/answers-document.ts';
import {answersFrom} from '../answers/answers-from.ts';
import {accelerationOf, defaultVcpus} from '../answers/build-cluster.ts';
import {applyDefaults, type Choices, type Defaults} from '../answers/defaults.ts';
import type {HostFacts, HostNic} from '../host/host-facts.ts';
import {answerKeys, type AnswerKey} from '../answers/answer-keys.ts';
import {readAnswers} from '../answers/read.ts';
import type {Answers} from '../answers/schema.ts';
import type {ContentCheck} from '../answers/check-choices.ts';
import {writeAnswers} from '../answers/write.ts';
import type {Language, Text} from '../languages/text.ts';
import {beginMessages} from '../messages/begin.ts';
import {scaleSettings, writeSettings, type SettingGroup} from '../cluster/setting.ts';
import {settingGroups, settings} from '../cluster/settings.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';
import type {AnswerField} from './backend.ts';

/** Answers being edited: the file's own text, which keeps its comments, and the problems in it. */
export class AnswersDraft {
	readonly #document: Document;
	readonly #folder: string;
	readonly #contentCheck: ContentCheck | undefined;

	/**
	 * @param folder base of relative paths
	 * @param contentCheck validates the folder of the user's own pages
	 */
	constructor(text: string, folder: string, contentCheck?: ContentCheck) {
		this.#document = parseAnswers(text);
		this.#folder = folder;
		this.#contentCheck = contentCheck;
	}

	get text(): string {
		return this.#document.contents === null ? '' : this.#document.toString();
	}

	/** Sets a value in the form in which it is typed; `undefined` resets it to the default. */
	change(path: readonly string[], value: string | undefined): void {
		setIn(this.#document, path, value, this.#folder);
	}

	problemWith(path: readonly string[], value: string, proposal: Defaults): Text | undefined {
		const copy = this.#document.clone() as Document;
		setIn(copy, path, value, this.#folder);
		const key = path.join('.');
		const problems = this.#problemsOf(copy, proposal);
		const before = new Set(this.#problemsOf(this.#document, proposal).map(problem => problem.message.en));
		return (problems.find(problem => problem.key === key) ?? problems.find(problem => !before.has(problem.message.en)))
			?.message;
	}

	fields(facts: HostFacts, proposal: Defaults): AnswerField[] {
		const answers = this.answers(proposal);
		const emulated = accelerationOf(facts) === 'tcg';
		const choices = applyDefaults(answers, proposal);
		const all = answersFrom(choices);
		const counting = inForce(choices, emulated);
		const problems = this.#problemsOf(this.#document, proposal);
		return withServers(answerKeys, answers.web?.count)
			.filter(({path}) => !(path[0] === 'host' && proposal.external === 'sandbox'))
			.map(({path, isGroup, about, form}) => {
				const chosen: unknown = isGroup ? undefined : this.#document.getIn(path);
				const value =
					chosen ?? path.reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], all);
				const options = isGroup
					? undefined
					: path.join('.') === 'host.nic'
						? facts.nics.value
								.filter(({name, kind}) => kind !== 'virtual' || proposal.instead?.bridges.has(name))
								.map(nic => ({value: nic.name, note: noteOn(nic)}))
						: optionsOf(path);
				const key = path.join('.');
				const problem = problems.find(problem => problem.key === key)?.message;
				const shown = isGroup ? '' : String(value ?? (path.at(-1) === 'vcpus' ? defaultVcpus(emulated) : ''));
				const counts = counting.get(key);
				return {
					path,
					isGroup,
					about,
					form,
					value: shown,
					...(counts !== undefined && counts !== shown && {inForce: counts}),
					isChosen: chosen !== undefined,
					...(options && options.length > 0 && {options}),
					...(problem && {problem}),
				};
			});
	}

	/** The answers if they are valid; empty otherwise. */
	answers(proposal: Defaults): Answers {
		const read = readAnswers(this.text, {folder: this.#folder, proposal});
		return 'answers' in read ? read.answers : {};
	}

	/** A complete answers file: every key has a comment, and keys without a choice are commented out. */
	file(proposal: Defaults, language: Language): string {
		return writeAnswers(this.answers(proposal), {language, proposal});
	}

	#problemsOf(document: Document, proposal: Defaults): ReadonlyArray<{key: string; message: Text}> {
		const read = readAnswers(document.contents === null ? '' : document.toString(), {
			folder: this.#folder,
			proposal,
			contentCheck: this.#contentCheck,
		});
		return 'problems' in read ? read.problems : [];
	}
}

/** Values of settings as the cluster gets them, by key, in the form in which they are typed. */
function inForce(choices: Choices, emulated: boolean): ReadonlyMap<string, string> {
	return new Map(
		settingGroups.flatMap(group => {
			const scaled = scaleSettings<SettingGroup>(settings[group], choices[group], emulated);
			return Object.entries(writeSettings(settings[group], scaled)).map(
				([key, value]) => [`${group}.${key}`, String(value)] as const,
			);
		}),
	);
}

function setIn(document: Document, path: readonly string[], value: string | undefined, folder: string): void {
	if (value === undefined) {
		document.deleteIn(path);
		for (let length = path.length - 1; length > 0 && isEmpty(document.getIn(path.slice(0, length))); length--) {
			document.deleteIn(path.slice(0, length));
		}

		return;
	}

	document.contents ??= document.createNode({}) as never;
	for (let length = 1; length < path.length; length++) {
		if (isEmpty(document.getIn(path.slice(0, length)))) {
			document.setIn(path.slice(0, length), document.createNode({}));
		}
	}

	document.setIn(path, path.join('.') === 'web.content' ? resolve(folder, value) : scalar(value));
}

function isEmpty(node: unknown): boolean {
	return (
		node === undefined ||
		node === null ||
		(typeof node === 'object' && 'items' in node && Array.isArray(node.items) && node.items.length === 0)
	);
}

/** Parses a typed value: `3` is a number and `true` a boolean, as in the file; everything else is text. */
function scalar(value: string): unknown {
	try {
		const document = parseAnswers(value);
		const parsed: unknown = document.errors.length > 0 ? undefined : document.toJS();
		return typeof parsed === 'number' || typeof parsed === 'boolean' ? parsed : value;
	} catch {
		return value;
	}
}

function withServers(keys: readonly AnswerKey[], count = 3): AnswerKey[] {
	const isServer = ({path}: AnswerKey) => path[0] === 'nodes' && path[1] === 'server1';
	const first = keys.findIndex(key => isServer(key));
	const ofServer = keys.filter(key => isServer(key));
	const servers = Array.from({length: count}, (_, index) =>
		ofServer.map(key => ({...key, path: ['nodes', `server${index + 1}`, ...key.path.slice(2)]})),
	).flat();
	const others = keys.filter(key => !isServer(key));
	return [...others.slice(0, first), ...servers, ...others.slice(first)];
}

interface JsonSchema {
	readonly type?: string;
	readonly enum?: readonly string[];
	readonly anyOf?: ReadonlyArray<{const: unknown}>;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** Possible values of a key that has only a few, read from the published JSON Schema. */
function optionsOf(path: readonly string[]): AnswerField['options'] {
	schema ??= parseJson(cleanText(assetBytes('answers.schema.json'))) as JsonSchema;
	const found = path.reduce<JsonSchema | undefined>((inside, key) => inside?.properties?.[key], schema);
	const values =
		found?.enum ?? found?.anyOf?.map(option => option.const) ?? (found?.type === 'boolean' ? [true, false] : undefined);
	return values?.map(value => ({value: String(value)}));
}

let schema: JsonSchema | undefined;

function noteOn({kind, carrier}: HostNic): Text {
	const {wifi, virtual, cable, noCable} = beginMessages.answers;
	return kind === 'wireless' ? wifi : kind === 'virtual' ? virtual : carrier === false ? noCable : cable;
}
