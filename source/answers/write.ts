import {stringify} from 'yaml';
import {answersFrom} from './answers-from.ts';
import {applyDefaults, thesisDefaults, type Defaults} from './defaults.ts';
import {answerKeys, type AnswerKey} from './answer-keys.ts';
import {serverKey, type Answers} from './schema.ts';
import {phrase, type Language} from '../languages/text.ts';

export interface AnswersWriteOptions {
	readonly language?: Language;
	/** Values shown for keys that were left open. */
	readonly proposal?: Defaults;
}

const header = [
	phrase('The choices for one cluster. Lines that begin with # are what holds if nothing is chosen:'),
	phrase('take the # and the space after it away, from the groups above as well, and change the value.'),
];

/** Examples for keys that have no default value, or one that is determined later. */
const examples: Readonly<Record<string, string | number>> = {
	'host.external': 'bridge',
	'host.nic': 'eno1',
	'web.content': './site',
	vcpus: 2,
};
const example = phrase('; an example');

/**
 * Formats answers as a file for people to read and edit: every key has a comment, and keys left open are commented out.
 * `readAnswers` returns the same answers.
 */
export function writeAnswers(
	answers: Answers,
	{language = 'en', proposal = thesisDefaults}: AnswersWriteOptions = {},
): string {
	const all = answersFrom(applyDefaults(answers, proposal));
	const servers = Object.keys(answers.nodes ?? {})
		.filter(key => serverKey.test(key))
		.sort((one, other) => Number(one.slice(6)) - Number(other.slice(6)));
	const keys = answerKeys.filter(key => !isServer(key));
	const perServer = (servers.length > 0 ? servers : ['server1']).flatMap(server =>
		answerKeys.filter(key => isServer(key)).map(key => ({...key, path: [key.path[0]!, server, ...key.path.slice(2)]})),
	);
	const lastNode = keys.findLastIndex(key => key.path[0] === 'nodes');
	const lines = [...keys.slice(0, lastNode + 1), ...perServer, ...keys.slice(lastNode + 1)].map(key => {
		const chosen = valueAt(answers, key.path);
		return lineFor(key, chosen ?? valueAt(all, key.path), {isChosen: chosen !== undefined, language});
	});
	const width = Math.min(40, Math.max(...lines.map(line => line.code.length)));
	return [
		...header.map(line => `# ${line[language]}`),
		'',
		...lines.map(({code, comment}) => `${code.padEnd(width)}  # ${comment}`),
		'',
	].join('\n');
}

function isServer(key: AnswerKey): boolean {
	return key.path[0] === 'nodes' && key.path[1] === 'server1';
}

function lineFor(
	{path, about, isGroup}: AnswerKey,
	value: unknown,
	{isChosen, language}: {isChosen: boolean; language: Language},
): {code: string; comment: string} {
	const name = path.at(-1)!;
	const shown = isGroup
		? ''
		: ` ${stringify(value ?? examples[path.join('.')] ?? examples[name], {lineWidth: 0}).trimEnd()}`;
	const code = `${'  '.repeat(path.length - 1)}${name}:${shown}`;
	return {
		code: isChosen ? code : `# ${code}`,
		comment: about[language] + (isGroup || value !== undefined ? '' : example[language]),
	};
}

function valueAt(answers: Answers, path: readonly string[]): unknown {
	return path.reduce<unknown>((inside, key) => (inside as Record<string, unknown> | undefined)?.[key], answers);
}
