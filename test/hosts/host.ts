import {execFile, execFileSync, spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {Answer, BridgedMachine, RunOptions, Way} from './bridge-tests.ts';
import {side, wan} from './cables.ts';
import type {HostDefinition} from './catalogue.ts';
import {layersOf, user} from './layers.ts';

/** A whole host with systemd, in namespaces; its disk outlives restarts and power cuts, and ends with `remove`. */
export class Host implements BridgedMachine {
	readonly wan = wan;
	readonly definition: HostDefinition;
	readonly #folder = mkdtempSync(join(tmpdir(), 'host-'));
	#router: ChildProcess | undefined;
	#machine: ChildProcess | undefined;
	#wayOut: ChildProcess | undefined;

	constructor(definition: HostDefinition) {
		this.definition = definition;
	}

	/** Puts the host's own files on its disk, and switches it on. */
	async start(): Promise<void> {
		const {files = {}, proc = {}, setup, hasWayOut} = this.definition;
		const key = join(this.#folder, 'key');
		execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
		const publicKey = readFileSync(`${key}.pub`, 'utf8');
		const name = 'aula';
		const nameServer = hasWayOut ? '10.0.2.3' : wan.gateway;
		this.#write('upper', {
			'/etc/hostname': `${name}\n`,
			'/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${name}\n`,
			'/etc/resolv.conf': `nameserver ${nameServer}\n`,
			// Its disk ends with it.
			'/etc/dpkg/dpkg.cfg.d/unsafe-io': 'force-unsafe-io\n',
			...files,
		});
		this.#write('proc', proc);
		this.#router = this.#spawn(
			[
				'unshare',
				'--net',
				'--pid',
				'--fork',
				'--kill-child',
				join(import.meta.dirname, 'route-hosts'),
				this.#folder,
				nameServer,
			],
			'router',
		);
		this.#wayOut = hasWayOut
			? this.#spawn([join(import.meta.dirname, 'way-out'), String(this.#router.pid)], 'way-out')
			: undefined;
		await this.boot();
		await this.succeeds(`cat > /root/.ssh/authorized_keys`, {input: publicKey});
		if (setup !== undefined) {
			await this.succeeds(setup);
		}
	}

	/**
	 * Switches it on.
	 * @param states of systemd; one of them is waited for
	 */
	async boot(states: readonly string[] = ['running', 'degraded']): Promise<void> {
		rmSync(join(this.#folder, 'pid'), {force: true});
		const {release, additions = []} = this.definition;
		const cables = [`${wan.nic}=${wan.mac}@lan`, `${side.nic}=${side.mac}@side`];
		const layers = await layersOf(release, additions);
		this.#machine = this.#spawn(
			[
				'unshare',
				'--mount',
				'--propagation',
				'private',
				join(import.meta.dirname, 'boot-host'),
				this.#folder,
				layers,
				String(this.#router!.pid),
				...cables,
			],
			'console',
		);
		const machine = this.#machine;
		await this.until(
			async () => {
				if (machine.exitCode !== null || machine.signalCode !== null) {
					throw new Error(`${this.definition.name} ended while it booted\n${this.console()}`);
				}

				return (
					existsSync(join(this.#folder, 'pid')) &&
					states.includes((await this.run('systemctl is-system-running')).output.trim())
				);
			},
			60,
			'the end of booting',
		);
	}

	/** Runs shell text as root and waits for its end. */
	async run(text: string, {by = 'console', input = '', seconds = 120}: RunOptions = {}): Promise<Answer> {
		const [program, ...words] = this.#enter(by, text);
		return new Promise(resolve => {
			const child = execFile(
				program!,
				words,
				{encoding: 'utf8', timeout: seconds * 1000, maxBuffer: 2 ** 24},
				(error, stdout, stderr) => {
					resolve(
						error
							? {code: typeof error.code === 'number' ? error.code : -1, output: `${stdout}${stderr}`}
							: {code: 0, output: stdout},
					);
				},
			);
			// A command that reads nothing may have ended already.
			child.stdin!.on('error', () => {});
			child.stdin!.end(input);
		});
	}

	/** Runs shell text as root and gives what it printed. Throws when it fails. */
	async succeeds(text: string, options: RunOptions = {}): Promise<string> {
		const {code, output} = await this.run(text, options);
		if (code !== 0) {
			throw new Error(`${this.definition.name}: ${text}: exit ${code}: ${output}`);
		}

		return output.trim();
	}

	/** Runs shell text as root without waiting: the process here is the wizard's, and may be killed. */
	begin(text: string, by: Way = 'wan'): ChildProcess {
		const [program, ...words] = this.#enter(by, text);
		return spawn(program!, words, {stdio: 'ignore'});
	}

	/** The words that run shell text as the ordinary user, with a terminal of the host's: sudo asks for the password there. */
	asUser(text: string): string[] {
		return this.#enter('console', `exec su --pty --login ${user.name} --command ${quoted(text)}`);
	}

	async until(holds: () => Promise<boolean>, seconds: number, what: string): Promise<void> {
		const deadline = Date.now() + seconds * 1000;
		while (!(await holds())) {
			if (Date.now() > deadline) {
				throw new Error(`${this.definition.name}: waited ${seconds} s for ${what}\n${this.console()}`);
			}

			await delay(100);
		}
	}

	/** Waits until a way in answers. */
	async answers(by: Way, seconds = 60): Promise<void> {
		await this.until(async () => (await this.run('true', {by, seconds: 5})).code === 0, seconds, `an answer by ${by}`);
	}

	/** Ends all of the host's processes at once, and switches it on again. Does not wait for its network. */
	async losePower(): Promise<void> {
		await this.#cut();
		await this.boot(['starting', 'running', 'degraded']);
	}

	async reboot(): Promise<void> {
		const ended = once(this.#machine!, 'exit');
		this.begin('systemctl reboot', 'console');
		await ended;
		await this.boot();
	}

	/** Gives the seconds it took. */
	async powerOff(): Promise<number> {
		const began = performance.now();
		const ended = once(this.#machine!, 'exit');
		this.begin('systemctl poweroff', 'console');
		await ended;
		return (performance.now() - began) / 1000;
	}

	console(): string {
		return readFileSync(join(this.#folder, 'console'), 'utf8').split('\n').slice(-15).join('\n');
	}

	async remove(): Promise<void> {
		await this.#cut();
		this.#wayOut?.kill('SIGKILL');
		if (this.#router?.exitCode === null) {
			const ended = once(this.#router, 'exit');
			this.#router.kill('SIGKILL');
			await ended;
		}

		rmSync(this.#folder, {recursive: true, force: true});
	}

	async #cut(): Promise<void> {
		if (this.#machine?.exitCode === null && this.#machine.signalCode === null) {
			const ended = once(this.#machine, 'exit');
			process.kill(this.#init, 'SIGKILL');
			await ended;
		}
	}

	get #init(): number {
		return Number(readFileSync(join(this.#folder, 'pid'), 'utf8'));
	}

	#enter(by: Way, text: string): string[] {
		if (by === 'console') {
			return [
				'nsenter',
				'-t',
				String(this.#init),
				'-m',
				'-p',
				'-u',
				'-i',
				'-n',
				'-C',
				'-w',
				'--',
				'env',
				'-i',
				'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
				'TERM=xterm-256color',
				'sh',
				'-c',
				text,
			];
		}

		const options = [
			'BatchMode=yes',
			'StrictHostKeyChecking=no',
			'UserKnownHostsFile=/dev/null',
			'LogLevel=ERROR',
			'ConnectTimeout=5',
			'ServerAliveInterval=10',
			'ServerAliveCountMax=12',
		];
		return [
			'nsenter',
			'-t',
			String(this.#router!.pid),
			'-n',
			'--',
			'ssh',
			'-F',
			'none',
			'-i',
			join(this.#folder, 'key'),
			...options.flatMap(option => ['-o', option]),
			`root@${wan.address}`,
			text,
		];
	}

	/** Starts a part of the host that ends with this process. */
	#spawn(words: readonly string[], log: string): ChildProcess {
		const output = openSync(join(this.#folder, log), 'a');
		const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...words], {stdio: ['ignore', output, output]});
		closeSync(output);
		return child;
	}

	#write(under: string, files: Readonly<Record<string, string>>): void {
		for (const [path, content] of Object.entries(files)) {
			const file = join(this.#folder, under, path);
			mkdirSync(dirname(file), {recursive: true});
			// systemd-networkd is not root, and has to read its files.
			writeFileSync(file, content, {mode: /netplan|nmconnection/.test(path) ? 0o600 : 0o644});
		}
	}
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
