import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {definitionOf} from '../roles/index.ts';
import {render, sh, type Command} from '../shell/command.ts';
import type {Target} from '../engine/target.ts';
import {UserError} from '../user-error.ts';
import type {Language} from '../languages/text.ts';
import {sessionMessages} from '../session/messages.ts';
import {uiMessages} from '../messages/screens.ts';
import {redactCredentials} from '../output/redact.ts';
import type {InvokingUser} from '../state/owner.ts';
import {UserFileError, writerAsUser} from '../state/user-files.ts';
import {FirstLines} from '../text/bounded-lines.ts';
import {lineSplitter} from '../text/lines.ts';
import {readText} from '../text/read-text.ts';
import {version} from '../version.ts';
import {cleanText} from '../text/clean.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {openTargets} from '../session/runner.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {callInSandbox, isSandboxUp} from '../session/sandbox.ts';
import {redactorFor} from '../session/secrets.ts';
import {openExisting, type Session} from '../session/session.ts';
import {unreadableParts} from '../session/unreadable.ts';

/** Number of latest runs whose logs are included. */
const runs = 3;

/** Time limit in seconds for one node's report, and its maximum length in characters. */
const limit = 60;
const longestOutput = 2 ** 24;

/** Commands that collect a node's state. A missing program or file only prints an error; nothing is changed. */
const common = sh`date; uname -a; uptime; free -m; df -h; ip -br address; ip route; systemctl --failed --no-pager; journalctl -b -p warning --no-pager -n 300`;
const hostLook = sh`${common}; virsh list --all; virsh net-list --all; virsh domstats --state --balloon; qemu-system-x86_64 --version; virsh version`;

/**
 * Writes everything that a bug report needs to one archive in the working directory, without secrets. Changes nothing
 * else. Returns the exit code.
 */
export async function support(options: CommonOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options, {isTolerant: true});
	const isOutside = session.cluster.sandbox && !isRunningInSandbox();
	// Nodes are queried from inside the sandbox; without them the rest of the bundle is still useful.
	if (isOutside && isSandboxUp(session)) {
		return callInSandbox(session, {signal});
	}

	for (const part of unreadableParts(session.journal)) {
		process.stderr.write(`${part[session.language]}\n`);
	}

	const file = await writeBundle(session, {hasMachines: !isOutside, signal});
	process.stdout.write(
		options.json ? `${JSON.stringify({file})}\n` : `${uiMessages.support(file)[session.language]}\n`,
	);
	return 0;
}

async function writeBundle(
	session: Session,
	{hasMachines, signal}: {hasMachines: boolean; signal: AbortSignal},
): Promise<string> {
	const {state, cluster, owner, language} = session;
	const troubles = [...session.troubles];
	const redact = redactorFor(session);
	const name = `cluster-wizard-${cluster.name}-${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}`;
	const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-support-'));
	const put = (path: string, text: string) => {
		const whole = join(folder, name, path);
		mkdirSync(dirname(whole), {recursive: true});
		writeFileSync(whole, redactCredentials(redact(text)));
	};

	try {
		put(
			'versions.txt',
			`cluster-wizard ${version}\nnode ${process.version}\n${readIfThere('/etc/os-release')}\n${readIfThere('/proc/version')}`,
		);
		// Only the files listed here are packed: keys and the sandbox stay out. `facts.json` is written from memory, because
		// the file of an earlier version contains more of the host's configuration.
		put('facts.json', `${JSON.stringify(session.facts, null, '\t')}\n`);
		for (const path of [
			'answers.yaml',
			'inventory.json',
			'journal.jsonl',
			'cluster.json',
			'acceleration',
			'reports/measurements.json',
			...newestLogs(state.file('logs')),
		]) {
			try {
				const text = state.read(path);
				if (text !== undefined) {
					put(path, text);
				}
			} catch (error) {
				if (!(error instanceof UserError)) {
					throw error;
				}

				troubles.push(cleanText(error.message));
			}
		}

		if (troubles.length > 0) {
			put('left-out.txt', `${troubles.join('\n')}\n`);
		}

		if (hasMachines) {
			if (!session.options.json && !session.options.quiet) {
				const begins = uiMessages.supportBegins(cluster.nodes.length, limit * cluster.timeoutScale);
				process.stderr.write(`${begins[language]}\n`);
			}

			await lookAtMachines(session, put, signal);
		}

		const file = resolve(`${name}.tar.gz`);
		await pack(folder, name, {owner, file, language});
		return file;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}

/**
 * Packs a folder into a new file that is written with the owner's rights, so that nothing of root's can be overwritten
 * through the working directory.
 */
async function pack(
	folder: string,
	name: string,
	{owner, file, language}: {owner: InvokingUser; file: string; language: Language},
): Promise<void> {
	const [program = '', ...words] = writerAsUser(owner, file);
	const writer = spawn(program, words, {stdio: ['pipe', 'ignore', 'pipe']});
	const said = new FirstLines(longestOutput);
	writer.stderr.on(
		'data',
		lineSplitter(line => {
			said.push(line);
		}).push,
	);
	const packer = spawn('tar', ['-C', folder, '-czf', '-', name], {stdio: ['ignore', writer.stdin as never, 'ignore']});
	writer.stdin.destroy();
	const [[packed], [written]] = (await Promise.all([once(packer, 'exit'), once(writer, 'close')])) as [
		[number | null],
		[number | null],
	];
	if (written !== 0) {
		throw new UserError(
			'file-not-written',
			sessionMessages.cannotWrite(file, owner.name, new UserFileError(said.text.trim() || `exit ${written}`))[language],
		);
	}

	if (packed !== 0) {
		throw new Error(`tar ended with ${packed}`);
	}
}

async function lookAtMachines(
	session: Session,
	put: (path: string, text: string) => void,
	signal: AbortSignal,
): Promise<void> {
	const {cluster} = session;
	const targets = openTargets(session);
	try {
		const looks = [
			{name: 'host', look: hostLook},
			...cluster.nodes.map(({name, role}) => ({name, look: sh`${common}; ${definitionOf(role).support}`})),
		];
		await Promise.all(
			looks.map(async ({name, look}) => {
				put(`machines/${name}.txt`, await stateOf(targets.target(name), look, limit * cluster.timeoutScale, signal));
			}),
		);
	} finally {
		targets.close();
	}
}

async function stateOf(target: Target, command: Command, seconds: number, signal: AbortSignal): Promise<string> {
	const lines = new FirstLines(longestOutput);
	const exit = await target.exec(render(sh`exec 2>&1; set -x; ${command}`, 'execute'), {
		limit: seconds,
		signal,
		onLine(line) {
			lines.push(line);
		},
	});
	return `${lines.text}${lines.isCut ? '# …\n' : ''}# ${'reason' in exit ? exit.reason : `exit ${exit.code}`}\n`;
}

function newestLogs(folder: string): string[] {
	const isFolder = (path: string) => lstatSync(path, {throwIfNoEntry: false})?.isDirectory() === true;
	if (!isFolder(folder)) {
		return [];
	}

	const newest = readdirSync(folder)
		.filter(run => isFolder(join(folder, run)))
		.sort()
		.slice(-runs);
	return newest.flatMap(run =>
		readdirSync(join(folder, run))
			.filter(file => lstatSync(join(folder, run, file)).isFile())
			.map(file => join('logs', run, file)),
	);
}

function readIfThere(path: string): string {
	return existsSync(path) ? readText(path) : '';
}
