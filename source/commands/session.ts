import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {dirname, isAbsolute, join, resolve} from 'node:path';
import {parseDocument} from 'yaml';
import type {Cluster} from '../answers/cluster.ts';
import {nodeIds} from '../answers/complete.ts';
import {readContent} from '../answers/content.ts';
import {deriveCluster, type Keys} from '../answers/derive.ts';
import {detectHostFacts} from '../answers/detect.ts';
import {hostFactsSchema, type HostFacts} from '../answers/host-facts.ts';
import {ensureKeys, type KeyStore} from '../answers/keys.ts';
import {formatProblems} from '../answers/problems.ts';
import {proposalFor} from '../answers/propose.ts';
import {readAnswers} from '../answers/read.ts';
import type {Answers} from '../answers/schema.ts';
import {knownHosts, knownHostsFile, sshConfig} from '../answers/ssh-config.ts';
import {UserError} from '../engine/failure.ts';
import {Journal} from '../engine/journal.ts';
import {makePlan, type Plan} from '../engine/plan.ts';
import {sessionMessages} from '../messages/session.ts';
import type {Language} from '../messages/text.ts';
import {currentOwner, StateDirectory, type Owner} from '../state/directory.ts';
import {steps} from '../../steps/index.ts';
import {languageOf, type CommonOptions} from './options.ts';

/** Everything a command works with. */
export interface Session {
	readonly options: CommonOptions;
	readonly owner: Owner;
	readonly state: StateDirectory;
	/** Whether the state directory holds this cluster; otherwise it exists in memory only. */
	readonly isSaved: boolean;
	readonly answers: Answers;
	readonly facts: HostFacts;
	readonly keys: Keys;
	readonly cluster: Cluster;
	readonly plan: Plan;
	readonly journal: Journal;
	readonly language: Language;
}

const files = {answers: 'answers.yaml', facts: 'facts.json', journal: 'journal.jsonl', sandbox: 'in-sandbox', acceleration: 'acceleration', sshConfig: 'ssh_config'};

/**
 * Reads what is known of the cluster that the options name.
 * @param save begins the cluster in its state directory; otherwise nothing is written
 */
export async function openSession(options: CommonOptions, {save}: {save: boolean}): Promise<Session> {
	const owner = currentOwner();
	const language = languageOf(options);
	const {text, file, folder} = answersText(options, owner, language);
	const name = nameIn(text);
	const state = new StateDirectory(options.stateDir ? resolve(options.stateDir) : StateDirectory.defaultPath(name, owner), owner);
	const isSaved = save || state.exists;
	const sandbox = isInSandbox(state, options, language);
	const facts = await readFacts(state, language);
	const read = readAnswers(text, {file, folder, proposal: proposalFor(facts, sandbox)});
	if ('problems' in read) {
		throw new UserError(`${formatProblems(read.problems, language)}\n${sessionMessages.answersWrong(file, read.problems.length)[language]}`, 2);
	}

	const {answers} = read;
	if (save) {
		state.create('logs', 'keys');
		writeIfNew(state, files.facts, `${JSON.stringify(facts, null, '\t')}\n`);
	}

	const keys = ensureKeys(isSaved ? state : memoryStore(), nodeIds(answers), language);
	const cluster = deriveCluster(answers, facts, keys, {
		sandbox,
		paths: pathsOf(state, owner, name),
		content: contentOf(answers, file, language),
		proxy: process.env['http_proxy'],
	});
	if (save) {
		writeIfNew(state, files.answers, withAbsoluteContent(text, folder));
		state.write(files.sandbox, sandbox ? 'yes\n' : 'no\n');
		state.write(files.sshConfig, sshConfig(cluster));
		state.write(knownHostsFile, knownHosts(cluster));
	}

	return {options, owner, state, isSaved, answers, facts, keys, cluster, plan: makePlan(cluster, steps), journal: new Journal(state.file(files.journal)), language};
}

/** A session for a command that needs a cluster that has been begun. */
export async function openExisting(options: CommonOptions): Promise<Session> {
	const session = await openSession(options, {save: false});
	if (!session.isSaved) {
		throw new UserError(sessionMessages.noCluster(session.cluster.name)[session.language], 2);
	}

	return session;
}

/** The answers given, or those of the cluster that is there. Relative paths in them are relative to the file. */
function answersText({answers, stateDir}: CommonOptions, owner: Owner, language: Language): {text: string; file: string; folder: string} {
	const file = answers === undefined ? join(stateDir ? resolve(stateDir) : StateDirectory.defaultPath('web', owner), files.answers) : resolve(answers);
	try {
		return {text: readFileSync(file, 'utf8'), file, folder: dirname(file)};
	} catch (error) {
		if (answers !== undefined || (error as NodeJS.ErrnoException).code !== 'ENOENT') {
			throw new UserError(sessionMessages.answersUnreadable(file, (error as Error).message)[language], 2);
		}

		return {text: '', file, folder: process.cwd()};
	}
}

/** The cluster's name, which says where its state is, before the answers are looked at as a whole. */
function nameIn(text: string): string {
	const name: unknown = parseDocument(text).get('name');
	return typeof name === 'string' && /^[a-z\d-]+$/.test(name) ? name : 'web';
}

function writeIfNew(state: StateDirectory, name: string, text: string): void {
	if (text !== state.read(name)) {
		state.write(name, text);
	}
}

/** The kept answers stand in another folder, so the path of the user's pages is made whole in them. */
function withAbsoluteContent(text: string, folder: string): string {
	const document = parseDocument(text);
	const content = document.getIn(['web', 'content']);
	if (typeof content !== 'string' || isAbsolute(content)) {
		return text;
	}

	document.setIn(['web', 'content'], resolve(folder, content));
	return document.toString();
}

function isInSandbox(state: StateDirectory, options: CommonOptions, language: Language): boolean {
	const saved = state.read(files.sandbox)?.trim();
	if (saved === 'no' && options.sandbox) {
		throw new UserError(sessionMessages.sandboxFixed[language], 2);
	}

	return saved === undefined ? options.sandbox ?? false : saved === 'yes';
}

async function readFacts(state: StateDirectory, language: Language): Promise<HostFacts> {
	const saved = state.read(files.facts);
	let facts: HostFacts;
	if (saved === undefined) {
		facts = await detectHostFacts(randomUUID());
	} else {
		try {
			facts = hostFactsSchema.parse(JSON.parse(saved));
		} catch (error) {
			throw new UserError(sessionMessages.stateBroken(state.file(files.facts), (error as Error).message)[language], 2);
		}
	}

	const [acceleration] = state.read(files.acceleration)?.split(/\s/) ?? [];
	if (acceleration === 'kvm' || acceleration === 'tcg') {
		facts = {...facts, acceleration: {value: acceleration, source: state.file(files.acceleration)}};
	}

	return facts;
}

function contentOf(answers: Answers, file: string, language: Language): Cluster['content'] {
	const {content} = answers.web ?? {};
	try {
		return readContent(content === undefined || isAbsolute(content) ? content : resolve(dirname(file), content));
	} catch (error) {
		throw new UserError(sessionMessages.answersUnreadable(content!, (error as Error).message)[language], 2);
	}
}

function pathsOf(state: StateDirectory, owner: Owner, name: string): Cluster['paths'] {
	return {
		state: state.path,
		cache: StateDirectory.defaultCache(owner),
		// A folder that QEMU's own user can read; in a sandbox it lies in the state directory.
		disks: `/var/lib/libvirt/images/cluster-wizard-${name}`,
		sshConfig: state.file(files.sshConfig),
	};
}

/** For a plan that is only looked at: keys that are never written. */
function memoryStore(): KeyStore {
	const kept = new Map<string, string>();
	return {
		create() {},
		read: name => kept.get(name),
		write(name, content) {
			kept.set(name, content);
		},
	};
}

/** What was not there before and stays: the host step wrote down the packages it installed. */
export function installedPackages({state}: Session): readonly string[] {
	return state.read('installed-packages')?.split(/\s+/).filter(Boolean) ?? [];
}
