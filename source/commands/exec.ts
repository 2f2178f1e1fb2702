import {spawn, type StdioOptions} from 'node:child_process';
import {constants} from 'node:os';
import type {Cluster} from '../cluster/cluster.ts';
import {closestWord} from '../text/did-you-mean.ts';
import {quote} from '../shell/command.ts';
import {UserError} from '../user-error.ts';
import type {Stream} from '../engine/target.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from '../session/messages.ts';
import {lineSplitter} from '../text/lines.ts';
import {invocationVariable} from '../command-line/invocation.ts';
import {languageFor} from '../session/language.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {runHereOrInSandbox} from '../session/sandbox.ts';
import {openExisting, type Session} from '../session/session.ts';

/**
 * Runs a command on a node or on the host, connected to the standard streams or printing its lines as JSON. Returns the
 * command's exit code.
 * @param given words of the command; a leading `--` is dropped
 */
export async function exec(options: CommonOptions, wanted: string, given: readonly string[]): Promise<number> {
	const [first = ''] = given;
	if (first.startsWith('-') && first !== '--') {
		throw new UserError(
			'options-after-node',
			sessionMessages.optionsBehindNode(first.replace(/=.*/, ''), wanted)[languageFor(options)],
		);
	}

	const session = await openExisting(options);
	const place = findPlace(session.cluster, wanted, session.language);
	const command = given[0] === '--' ? given.slice(1) : given;
	if (command.length === 0) {
		throw new UserError('command-missing', sessionMessages.commandMissing(place)[session.language]);
	}

	return runHereOrInSandbox(session, async () => {
		const text = command.map(word => quote(word)).join(' ');
		const [program, words] =
			place === 'host'
				? (['sh', ['-c', text]] as const)
				: (['ssh', [...sshOptions(session), '-T', place, '--', text]] as const);
		return options.json ? tell(place, program, words) : attached(program, words);
	});
}

/** Opens a shell on a node or on the host. */
export async function ssh(options: CommonOptions, wanted: string): Promise<number> {
	const session = await openExisting(options);
	const place = findPlace(session.cluster, wanted, session.language);
	return runHereOrInSandbox(session, async () =>
		place === 'host' ? attached(process.env['SHELL'] ?? 'sh', []) : attached('ssh', [...sshOptions(session), place]),
	);
}

/**
 * Returns the place that a user names: a node by its own name or its VM's, or `host`. Ignores case.
 * @throws UserError if there is no such place
 */
export function findPlace({nodes}: Pick<Cluster, 'nodes'>, wanted: string, language: Language): string {
	const same = (name: string) => name.toLowerCase() === wanted.toLowerCase();
	const node =
		nodes.find(({name}) => name === wanted) ??
		nodes.find(({vm}) => vm === wanted) ??
		nodes.find(({name, vm}) => same(name) || same(vm));
	if (!node && !same('host')) {
		const near = closestWord(wanted.toLowerCase(), [
			'host',
			...nodes.flatMap(({name, vm}) => [name, vm.toLowerCase()]),
		]);
		throw new UserError(
			'unknown-node',
			sessionMessages.unknownNode(
				wanted,
				nodes.map(({name, vm}) => (name.toLowerCase() === vm.toLowerCase() ? name : `${name} (${vm})`)),
				near,
			)[language],
		);
	}

	return node?.name ?? 'host';
}

function sshOptions({cluster}: Session): string[] {
	return ['-F', cluster.paths.sshConfig];
}

/** Prints a JSON line for each line of output, with its stream, and one with the exit code. */
async function tell(node: string, program: string, words: readonly string[]): Promise<number> {
	const print = (value: object) => {
		process.stdout.write(`${JSON.stringify({node, ...value})}\n`);
	};

	const code = await attached(program, words, (stream, line) => {
		print({stream, line});
	});
	print({code});
	return code;
}

/** @param onLine called for each line; without it, the standard streams are inherited */
async function attached(
	program: string,
	words: readonly string[],
	onLine?: (stream: Stream, line: string) => void,
): Promise<number> {
	// A program started from this shell must determine its own invocation.
	const {[invocationVariable]: _, ...env} = process.env;
	const output = onLine ? 'pipe' : 'inherit';
	const child = spawn(program, words, {stdio: ['inherit', output, output] satisfies StdioOptions, env});
	for (const stream of ['stdout', 'stderr'] as const) {
		const {push, end} = lineSplitter(line => {
			onLine?.(stream, line);
		});
		child[stream]?.on('data', push).on('end', end);
	}

	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => {
			resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
		});
	});
}
