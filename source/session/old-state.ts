import {renameSync} from 'node:fs';
import {hostFactsSchema} from '../host/host-facts.ts';
import {inventorySchema} from '../cluster/inventory.ts';
import {formatEntry, parseJournal} from '../engine/journal-entry.ts';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {measurementsSchema} from '../measure/measurements-schema.ts';
import {journalMessages} from '../engine/journal-messages.ts';
import {stateMessages} from '../state/messages.ts';
import {StateDirectory} from '../state/directory.ts';
import {OldState, oldCache, oldStatePath} from '../state/old-state.ts';
import {invokingUser, type InvokingUser} from '../state/owner.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';
import {validationMessage} from '../text/validation-message.ts';
import {confirm} from './confirm.ts';
import {nameIn, readGivenAnswers} from './answers-option.ts';
import {languageFor} from './language.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {isRunningInSandbox} from './in-sandbox.ts';

/** Files that versions up to 0.1 kept, apart from the folders `keys`, `logs`, `reports` and `sandbox`. */
const oldNames = [
	'answers.yaml',
	'facts.json',
	'inventory.json',
	'journal.jsonl',
	'in-sandbox',
	'acceleration',
	'ssh_config',
	'known_hosts',
	'installed-packages',
	'added-groups',
	'lock',
];

const keyName = /^(?:wizard|authkey|host-[a-z\d-]+)$/;

/**
 * Moves a cluster's state, which versions up to 0.1 kept in the owner's home, to root's own directory. Reads it with
 * the owner's rights and validates it like untrusted input; runs no shell text from it and keeps no program. Asks
 * first.
 * @throws UserError if the cluster's sandbox runs, or a file cannot be parsed
 */
export async function moveOldState(options: CommonOptions & {readonly yes?: boolean}): Promise<void> {
	const language = languageFor(options);
	const found = isRunningInSandbox() ? undefined : findOldState(options, invokingUser(), language);
	if (!found) {
		return;
	}

	process.stderr.write(`${stateMessages.willMove(found.old.path, found.to)[language]}\n`);
	await confirm({yes: options.yes, language});
	moveState(found.old, found.to, found.owner, language);
	process.stderr.write(`${stateMessages.moved(found.old.path, found.to)[language]}\n`);
}

/** @throws UserError if the cluster is one of an earlier version, whose files are not trustworthy */
export function refuseOldState(options: CommonOptions, owner: InvokingUser, language: Language): void {
	const found = isRunningInSandbox() ? undefined : findOldState(options, owner, language);
	if (found) {
		throw new UserError('state-to-move', stateMessages.mustMove(found.old.path, found.to)[language]);
	}
}

function findOldState(
	options: CommonOptions,
	owner: InvokingUser,
	language: Language,
): {old: OldState; to: string; owner: InvokingUser} | undefined {
	// A folder named by the user either has our marker or is refused elsewhere.
	if (options.stateDir !== undefined) {
		return undefined;
	}

	const given =
		options.answers === undefined ? undefined : nameIn(readGivenAnswers(options.answers, owner, language).text);
	const old = new OldState(oldStatePath(owner, given ?? 'web'), owner);
	if (!old.exists) {
		return undefined;
	}

	const to = StateDirectory.defaultPath(nameIn(cleanText(old.read('answers.yaml') ?? '')));
	const isTaken = StateDirectory.open(to, owner, {language, isTolerant: true}).marker !== undefined;
	// A cluster that already exists in the new directory takes precedence.
	return isTaken ? undefined : {old, to, owner};
}

/** Moves everything that can be parsed, or nothing: the new directory gets its final name last. */
export function moveState(old: OldState, to: string, owner: InvokingUser, language: Language): void {
	if (old.isSandboxRunning) {
		throw new UserError('old-sandbox-runs', stateMessages.sandboxOf(`${old.path}/sandbox`)[language]);
	}

	const read = <Value>(name: string, parse: (text: string) => Value): Value | undefined => {
		const bytes = old.read(name);
		try {
			return bytes && parse(cleanText(bytes));
		} catch (error) {
			throw new UserError(
				'state-damaged',
				stateMessages.oldBroken(`${old.path}/${name}`, validationMessage(error))[language],
			);
		}
	};

	const facts = read('facts.json', text => hostFactsSchema.parse(parseJson(text)))!;
	const answers = old.read('answers.yaml') ?? Buffer.alloc(0);
	const name = nameIn(cleanText(answers));
	const paths = {state: old.path, cache: oldCache(owner), disks: `/var/lib/libvirt/images/cluster-wizard-${name}`};
	const journal = parseJournal(cleanText(old.read('journal.jsonl') ?? ''), {
		clusterId: facts.clusterId,
		paths,
		addedGroups: cleanText(old.read('added-groups') ?? ''),
	});
	const inventory = read('inventory.json', text => inventorySchema.parse(parseJson(text)));
	const measurements = read('reports/measurements.json', text => measurementsSchema.parse(parseJson(text)));

	const moving = `${to}.moving`;
	const state = StateDirectory.open(moving, owner, {language, isTolerant: true});
	state.begin({
		id: facts.clusterId,
		name,
		sandbox: cleanText(old.read('in-sandbox') ?? '').trim() === 'yes',
		cache: StateDirectory.defaultCache,
	});
	state.create('keys');
	state.write('facts.json', `${JSON.stringify(facts, null, '\t')}\n`);
	state.write('answers.yaml', answers);
	state.write('journal.jsonl', journal.entries.map(entry => formatEntry(entry)).join(''));
	state.write('installed-packages', cleanText(old.read('installed-packages') ?? ''));
	if (inventory) {
		state.write('inventory.json', JSON.stringify(inventory, null, '\t'));
	}

	if (measurements) {
		state.create('reports');
		state.write('reports/measurements.json', `${JSON.stringify(measurements, null, '\t')}\n`);
	}

	const keys = old.list('keys').filter(key => keyName.test(key));
	for (const key of keys) {
		state.write(`keys/${key}`, old.read(`keys/${key}`) ?? '');
	}

	const isSandboxLeft = old.moveSandbox(state.file('sandbox'));
	renameSync(moving, to);
	old.remove([...oldNames, ...keys.flatMap(key => [`keys/${key}`, `keys/${key}.pub`])]);
	const lost = [
		...journal.problems.map(({line, reason}) => journalMessages.at('journal.jsonl', line, reason)),
		...journal.unknown.map(({kind, name, line}) =>
			journalMessages.at('journal.jsonl', line, journalMessages.unknown(kind, name)),
		),
	];
	for (const sentence of [...lost, ...(isSandboxLeft ? [stateMessages.sandboxStays(`${old.path}/sandbox`)] : [])]) {
		process.stderr.write(`${sentence[language]}\n`);
	}
}
