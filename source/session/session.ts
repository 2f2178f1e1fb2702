import {randomUUID} from 'node:crypto';
import {join, resolve} from 'node:path';
import type {Cluster} from '../cluster/cluster.ts';
import {nodeIds} from '../answers/defaults.ts';
import {buildCluster} from '../answers/build-cluster.ts';
import type {Keys} from '../cluster/keys.ts';
import {detectHostFacts} from '../host/detect.ts';
import {hostFactsSchema, type HostFacts} from '../host/host-facts.ts';
import {ensureKeys, wizardKeyFile, type KeyStore} from '../cluster/keys.ts';
import {formatProblems} from '../answers/problems.ts';
import {hostDefaults} from '../answers/host-defaults.ts';
import {readAnswers, type ReadOptions} from '../answers/read.ts';
import type {Answers} from '../answers/schema.ts';
import {knownHosts, knownHostsFile, sshConfig} from '../cluster/ssh-config.ts';
import {contentCheck} from '../content/check.ts';
import type {Site} from '../content/site.ts';
import {ownContent, readStaged} from '../content/staged.ts';
import {UserError} from '../user-error.ts';
import {Journal} from '../engine/journal.ts';
import {makePlan, type Plan} from '../engine/plan.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from './messages.ts';
import {stateMessages} from '../state/messages.ts';
import {beginCache, checkCache} from '../state/cache.ts';
import {StateDirectory} from '../state/directory.ts';
import {invokingUser, type InvokingUser} from '../state/owner.ts';
import {isUsableForDisks, isUsablePath} from '../state/usable-path.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';
import {validationMessage} from '../text/validation-message.ts';
import {steps} from '../../steps/index.ts';
import {nameIn, readGivenAnswers, resolveContentPath, type AnswersText} from './answers-option.ts';
import {languageFor} from './language.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {refuseOldState} from './old-state.ts';
import {hostSite} from './host-site.ts';
import {refuseBrokenJournal} from './unreadable.ts';

/** Everything that a command needs to know about a cluster. */
export interface Session {
	readonly options: CommonOptions;
	readonly owner: InvokingUser;
	readonly state: StateDirectory;
	/** Whether the state directory contains this cluster; otherwise it exists only in memory. */
	readonly isSaved: boolean;
	readonly answers: Answers;
	readonly facts: HostFacts;
	readonly keys: Keys;
	readonly cluster: Cluster;
	readonly plan: Plan;
	readonly journal: Journal;
	readonly language: Language;
	/** Messages about files that could not be read; empty unless opened with `isTolerant`. */
	readonly troubles: readonly string[];
	/** The folder of the user's own pages, if the command reads it. */
	readonly site?: Site;
}

export interface OpenSession {
	/** Creates or updates the cluster in its state directory; otherwise nothing is written. */
	readonly save: boolean;
	/** Continues without files that are broken or not ours, and lists them in `troubles`. */
	readonly isTolerant?: boolean;
	/** Reads the folder of the user's own pages, which must exist then. */
	readonly readsSite?: boolean;
}

const files = {
	answers: 'answers.yaml',
	facts: 'facts.json',
	journal: 'journal.jsonl',
	acceleration: 'acceleration',
	sshConfig: 'ssh_config',
};

/**
 * Opens the cluster that the options name.
 * @throws UserError if its files or answers are invalid
 */
export async function openSession(
	options: CommonOptions,
	{save, isTolerant = false, readsSite = false}: OpenSession,
): Promise<Session> {
	const owner = invokingUser();
	const language = languageFor(options);
	const given = options.answers === undefined ? undefined : readGivenAnswers(options.answers, owner, language);
	refuseOldState(options, owner, language);
	const state = StateDirectory.open(options.stateDir ?? StateDirectory.defaultPath(nameIn(given?.text ?? '')), owner, {
		language,
		isTolerant,
	});
	const troubles = state.problems.map(({name, trouble}) => stateMessages.ignored(state.file(name), trouble)[language]);
	const isSaved = save || state.exists;
	const sandbox = isInSandbox(state, options, language);
	const facts = orElse(
		() => readFacts(state, language),
		() => detectHostFacts(state.marker?.id ?? randomUUID()),
	);
	const {text, file, folder} = given ?? savedAnswers(state);
	let site: Site | undefined;
	const check = readsSite
		? contentCheck(owner, found => {
				site = found;
			})
		: undefined;
	const answers = orElse<Answers>(
		() => checkedAnswers({text, file, folder}, {proposal: hostDefaults(facts, sandbox), contentCheck: check}, language),
		() => ({}),
	);
	const cache = resolve(options.cacheDir ?? state.marker?.cache ?? StateDirectory.defaultCache);
	const name = answers.name ?? state.marker?.name ?? 'web';
	if (`${cache}/`.startsWith(`${state.path}/`) || `${state.path}/`.startsWith(`${cache}/`)) {
		throw new UserError('folders-overlap', stateMessages.sameFolder(cache)[language]);
	}

	checkCache(cache, language);
	const paths = pathsOf(state, cache, name);
	const unusable =
		[paths.state, paths.cache].find(path => !isUsablePath(path)) ?? [paths.disks].find(path => !isUsableForDisks(path));
	if (unusable !== undefined) {
		throw new UserError('path-unusable', sessionMessages.pathUnusable(unusable)[language]);
	}

	if (save) {
		state.begin({id: facts.clusterId, name, sandbox, cache});
		state.create('logs', 'keys');
		state.protect(wizardKeyFile);
		beginCache(cache, language);
		writeIfNew(state, files.facts, `${JSON.stringify(facts, null, '\t')}\n`);
	}

	const store = save ? state : readOnly(state);
	const keys = orElse(
		() => ensureKeys(store, nodeIds(answers), language),
		() => ensureKeys(readOnly(), nodeIds(answers), language),
	);
	const cluster = buildCluster(answers, facts, keys, {
		sandbox,
		paths,
		content:
			answers.web?.content === undefined
				? {kind: 'test-page'}
				: ownContent(state.file('content'), site ?? hostSite() ?? readStaged(state.file('content'))),
		user: owner.uid === 0 ? undefined : owner.name,
	});
	if (save) {
		writeIfNew(state, files.answers, resolveContentPath(text, folder));
		writeIfNew(state, files.sshConfig, sshConfig(cluster));
		writeIfNew(state, knownHostsFile, knownHosts(cluster));
	}

	const journal = new Journal(state.file(files.journal));
	if (!isTolerant) {
		refuseBrokenJournal(journal, language);
	}

	return {
		options,
		owner,
		state,
		isSaved,
		answers,
		facts,
		keys,
		cluster,
		plan: makePlan(cluster, steps),
		journal,
		language,
		troubles,
		...(site && {site}),
	};

	/** Falls back to a substitute for a broken file if the command tolerates it. */
	function orElse<Value>(read: () => Value, without: () => Value): Value {
		try {
			return read();
		} catch (error) {
			if (!isTolerant || !(error instanceof UserError)) {
				throw error;
			}

			troubles.push(cleanText(error.message));
			return without();
		}
	}
}

/** Creates the state directory after the user has agreed to the build; the run lock is in it. */
export function beginState({
	state,
	facts,
	cluster: {
		name,
		sandbox,
		paths: {cache},
	},
}: Session): void {
	state.begin({id: facts.clusterId, name, sandbox, cache});
}

/**
 * Opens a session for a command that needs an existing cluster.
 * @throws UserError if there is none
 */
export async function openExisting(
	options: CommonOptions,
	{isTolerant = false}: {isTolerant?: boolean} = {},
): Promise<Session> {
	const session = await openSession(options, {save: false, isTolerant});
	if (!session.isSaved) {
		throw new UserError('no-cluster', sessionMessages.noCluster(session.cluster.name)[session.language]);
	}

	return session;
}

/** Answers saved in the state directory. They contain no relative paths. */
function savedAnswers(state: StateDirectory): AnswersText {
	return {text: state.read(files.answers) ?? '', file: state.file(files.answers), folder: process.cwd()};
}

function checkedAnswers(
	{text, file, folder}: AnswersText,
	options: Pick<ReadOptions, 'proposal' | 'contentCheck'>,
	language: Language,
): Answers {
	const read = readAnswers(text, {file, folder, ...options});
	if ('problems' in read) {
		throw new UserError(
			'answers-wrong',
			`${formatProblems(read.problems, language, read.more)}\n${sessionMessages.answersWrong(file, read.problems.length + read.more)[language]}`,
		);
	}

	return read.answers;
}

function writeIfNew(state: StateDirectory, name: string, text: string): void {
	if (text !== state.read(name)) {
		state.write(name, text);
	}
}

function isInSandbox(state: StateDirectory, options: CommonOptions, language: Language): boolean {
	const saved = state.holdsCluster ? state.marker?.sandbox : undefined;
	if (saved === false && options.sandbox) {
		throw new UserError('sandbox-fixed', sessionMessages.sandboxFixed[language]);
	}

	return saved ?? options.sandbox ?? false;
}

/** @throws UserError if the file is damaged, or belongs to another cluster */
function readFacts(state: StateDirectory, language: Language): HostFacts {
	const saved = state.read(files.facts);
	const facts =
		saved === undefined ? detectHostFacts(state.marker?.id ?? randomUUID()) : parseFacts(saved, state, language);
	if (state.marker && facts.clusterId !== state.marker.id) {
		throw new UserError('state-of-another-cluster', stateMessages.otherCluster(state.file(files.facts))[language]);
	}

	const [acceleration] = state.read(files.acceleration)?.split(/\s/) ?? [];
	return acceleration === 'kvm' || acceleration === 'tcg'
		? {...facts, acceleration: {value: acceleration, source: state.file(files.acceleration)}}
		: facts;
}

function parseFacts(text: string, state: StateDirectory, language: Language): HostFacts {
	try {
		return hostFactsSchema.parse(parseJson(text));
	} catch (error) {
		throw new UserError(
			'state-damaged',
			sessionMessages.stateBroken(state.file(files.facts), validationMessage(error))[language],
		);
	}
}

function pathsOf(state: StateDirectory, cache: string, name: string): Cluster['paths'] {
	return {
		state: state.path,
		cache,
		// A folder that QEMU's own user can read; in a sandbox it is part of the state directory.
		disks: join('/var/lib/libvirt/images', `cluster-wizard-${name}`),
		sshConfig: state.file(files.sshConfig),
	};
}

/** A key store for commands that only read: returns saved keys, and keeps new ones in memory. */
function readOnly(state?: StateDirectory): KeyStore {
	const made = new Map<string, string>();
	return {
		create() {},
		read: name => made.get(name) ?? state?.read(name),
		write(name, content) {
			made.set(name, content);
		},
	};
}

/** Packages that the step `packages` installed, as it recorded them; `down` keeps them. */
export function installedPackages({state}: Session): readonly string[] {
	return (
		state
			.read('installed-packages')
			?.split(/\s+/)
			.filter(name => /^[a-z\d][a-z\d.+-]+$/.test(name)) ?? []
	);
}
