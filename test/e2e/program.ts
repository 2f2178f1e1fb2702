import {spawn, type ChildProcess} from 'node:child_process';
import {
	createWriteStream,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {assetPath} from '../../source/assets.ts';
import type {Event} from '../../source/engine/event.ts';
import {strictEvents} from '../strict-events.ts';

export interface Ended {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly events: readonly Event[];
	/** Seconds. */
	readonly duration: number;
}

/** Commands whose `--json` is a stream of events. */
const streams = new Set(['up', 'plan', 'verify', 'bench', 'move', 'stop', 'start']);
const isDescribed = strictEvents(JSON.parse(readFileSync(assetPath('events.schema.json'), 'utf8')) as object);

/** The bundled program with a state directory and an image cache of its own. */
export class Program {
	readonly folder: string;
	readonly state: string;
	readonly cache: string | undefined;
	/** Events that it told with `--json` and that docs/events.md does not describe. */
	readonly undescribed: Event[] = [];
	readonly #log;

	/** @param cache shared between programs when given, so that images are built once */
	constructor(name: string, cache?: string) {
		this.cache = cache;
		// Not under /tmp's own name: QEMU and the sandbox want an ordinary place with room.
		this.folder = mkdtempSync(join(process.env['E2E_FOLDER'] ?? tmpdir(), `cluster-wizard-${name}-`));
		this.state = join(this.folder, 'state');
		mkdirSync(join(this.folder, 'cache'));
		this.#log = createWriteStream(join(this.folder, 'log'));
	}

	/** Writes an answers file and gives its path. */
	answers(text: string): string {
		const path = join(this.folder, 'answers.yaml');
		writeFileSync(path, text);
		return path;
	}

	/** What the program finds around it. */
	get environment(): Record<string, string> {
		return {LANG: 'C.UTF-8', XDG_CONFIG_HOME: join(this.folder, 'config')};
	}

	/** The words that start it, for a command or for the wizard. */
	line(...words: readonly string[]): string[] {
		// Behind a node's name everything belongs to the command that is run there.
		return [
			resolve('dist/cluster-wizard.js'),
			...words.slice(0, 1),
			'--state-dir',
			this.state,
			'--cache-dir',
			this.cache ?? join(this.folder, 'cache'),
			...words.slice(1),
		];
	}

	/** The runs so far, oldest first, as their logs tell. */
	runs(): Array<{readonly id: string; readonly events: readonly Event[]}> {
		const logs = join(this.state, 'logs');
		const ids = existsSync(logs) ? readdirSync(logs).toSorted() : [];
		return ids
			.filter(id => existsSync(join(logs, id, 'events.jsonl')))
			.map(id => {
				// A run that was killed can leave a part of its last line.
				const lines = readFileSync(join(logs, id, 'events.jsonl'), 'utf8')
					.split('\n')
					.slice(0, -1);
				return {id, events: lines.map(line => JSON.parse(line) as Event)};
			});
	}

	/** Starts the program; `onEvent` sees its events when it was started with `--json`. */
	start(
		words: readonly string[],
		onEvent: (event: Event) => void = () => {},
	): {child: ChildProcess; ended: Promise<Ended>} {
		const started = performance.now();
		this.#log.write(`\n${new Date().toISOString()} $ ${words.join(' ')}\n`);
		const child = spawn(process.execPath, this.line(...words), {
			stdio: ['ignore', 'pipe', 'pipe'],
			env: {...process.env, ...this.environment},
		});
		let stdout = '';
		let stderr = '';
		let rest_ = '';
		const events: Event[] = [];
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += String(chunk);
			this.#log.write(chunk);
			if (words.includes('--json')) {
				const lines = (rest_ + String(chunk)).split('\n');
				rest_ = lines.pop()!;
				for (const line of lines.filter(Boolean)) {
					const event = JSON.parse(line) as Event;
					events.push(event);
					if (streams.has(words[0]!) && !isDescribed({...event})) {
						this.undescribed.push(event);
					}

					onEvent(event);
				}
			}
		});
		child.stderr.on('data', (chunk: Buffer) => {
			stderr += String(chunk);
			this.#log.write(chunk);
		});
		const ended = new Promise<Ended>(resolve => {
			child.once('close', code => {
				resolve({code, stdout, stderr, events, duration: (performance.now() - started) / 1000});
			});
		});
		return {child, ended};
	}

	async run(...words: string[]): Promise<Ended> {
		return this.start(words).ended;
	}

	/** Runs a command that has to end well. Throws with what it said last when it does not. */
	async succeeds(...words: string[]): Promise<Ended> {
		const ended = await this.run(...words);
		if (ended.code !== 0) {
			throw new Error(
				`${words.join(' ')}: exit ${ended.code}: ${ended.stdout.slice(-4000)}\n${ended.stderr.slice(-4000)}`,
			);
		}

		return ended;
	}

	/** Runs shell text on a node or the host and gives what it printed. Throws when it fails. */
	async on(place: string, text: string): Promise<string> {
		const {code, stdout, stderr} = await this.run('exec', place, '--', 'sh', '-c', text);
		if (code !== 0) {
			throw new Error(`${place}: ${text}: exit ${code}: ${stderr || stdout}`);
		}

		return stdout;
	}

	remove(): void {
		this.#log.end();
		rmSync(this.folder, {recursive: true, force: true});
	}
}

/** The tasks that changed something. */
export function changedTasks(events: readonly Event[]): string[] {
	return events.flatMap(event =>
		event.type === 'task-finished' && event.status === 'changed' ? [`${event.unit}: ${event.task}`] : [],
	);
}

/** The same numbers for the same seed (mulberry32), from 0 to below 1. */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d_2b_79_f5) | 0;
		let value = Math.imul(state ^ (state >>> 15), 1 | state);
		value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
		return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
	};
}
