import {createWriteStream, mkdirSync, statSync, type WriteStream} from 'node:fs';
import {join} from 'node:path';
import type {Event} from '../engine/event.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages} from './messages.ts';
import {differenceLines} from './difference-lines.ts';
import type {Reporter} from './reporter.ts';

/** Most bytes of one file: a command that never stops printing must not fill the disk. */
const longestFile = 2 ** 26;

interface LogFile {
	readonly stream: WriteStream;
	/** Bytes that may still be written. */
	room: number;
}

/**
 * Writes the logs of a run: `<unit>.log` with the commands and their output, and `events.jsonl` with the other events.
 * @param folder `logs/<run>`; created if it does not exist
 * @param limit most bytes of one file; a file that reaches it ends with a sentence that says so
 */
export function logFiles(folder: string, language: Language, limit = longestFile): Reporter {
	mkdirSync(folder, {recursive: true, mode: 0o750});
	const files = new Map<string, LogFile>();
	const write = (name: string, line: string) => {
		let file = files.get(name);
		if (!file) {
			const path = join(folder, name);
			const stream = createWriteStream(path, {flags: 'a', mode: 0o640});
			// A full disk must not end the run here: the run's journal reports it to the user.
			stream.on('error', () => {});
			// The process outside a sandbox and the one inside append to the same files, so bytes from before count.
			file = {stream, room: limit - (statSync(path, {throwIfNoEntry: false})?.size ?? 0)};
			files.set(name, file);
		}

		if (file.room <= 0) {
			return;
		}

		const bytes = Buffer.from(`${line}\n`);
		file.room -= bytes.length;
		file.stream.write(
			file.room > 0
				? bytes
				: `${name.endsWith('.jsonl') ? JSON.stringify({type: 'cut', limit}) : progressMessages.logCut(Math.round(limit / 2 ** 20))[language]}\n`,
		);
	};

	return {
		report(event) {
			if (event.type !== 'output') {
				write('events.jsonl', JSON.stringify(event));
			}

			const line = lineOf(event, language);
			if (line !== undefined && 'unit' in event) {
				write(`${event.unit.replaceAll(':', '-')}.log`, `${event.time} ${line}`);
			}
		},
		async close() {
			await Promise.all(
				[...files.values()].map(
					async ({stream}) =>
						new Promise<void>(resolve => {
							stream.once('error', () => {
								resolve();
							});
							stream.end(resolve);
						}),
				),
			);
		},
	};
}

function lineOf(event: Event, language: Language): string | undefined {
	switch (event.type) {
		case 'task-started': {
			return `# ${event.task}\n$ ${event.command}`;
		}

		case 'output': {
			return `${event.stream === 'stderr' ? '!' : '|'} ${event.line}${event.cut ? ` ${progressMessages.cut(event.cut)[language]}` : ''}`;
		}

		case 'difference': {
			return [`± ${event.task}`, ...differenceLines(event, language, (_, line) => line)].join('\n');
		}

		case 'kept': {
			return `# ${progressMessages.kept(event.path, event.copy)[language]}`;
		}

		case 'waiting': {
			return `… ${event.reason}`;
		}

		case 'task-finished': {
			return `= ${event.status} ${event.task}${event.reason ? `: ${event.reason}` : ''}`;
		}

		default: {
			return undefined;
		}
	}
}
