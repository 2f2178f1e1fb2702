import {createWriteStream, mkdirSync, type WriteStream} from 'node:fs';
import {join} from 'node:path';
import type {Event} from '../engine/event.ts';
import type {Reporter} from './reporter.ts';

/** Keeps every line: `logs/<run>/<unit>.log` with the commands and their output, `logs/<run>/events.jsonl` with the events. */
export function logFiles(folder: string): Reporter {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const streams = new Map<string, WriteStream>();
	const write = (name: string, line: string) => {
		let stream = streams.get(name);
		if (!stream) {
			stream = createWriteStream(join(folder, name), {flags: 'a', mode: 0o600});
			// A full disk must not end the run by way of the log: the journal says so, with a sentence.
			stream.on('error', () => {});
			streams.set(name, stream);
		}

		stream.write(`${line}\n`);
	};

	return {
		report(event) {
			if (event.type !== 'output') {
				write('events.jsonl', JSON.stringify(event));
			}

			const line = lineOf(event);
			if (line !== undefined && 'unit' in event) {
				write(`${event.unit.replaceAll(':', '-')}.log`, `${event.time} ${line}`);
			}
		},
		async close() {
			await Promise.all([...streams.values()].map(async stream => new Promise<void>(resolve => {
				stream.once('error', () => {
					resolve();
				});
				stream.end(resolve);
			})));
		},
	};
}

function lineOf(event: Event): string | undefined {
	switch (event.type) {
		case 'task-started': {
			return `# ${event.task}\n$ ${event.command}`;
		}

		case 'output': {
			return `${event.stream === 'stderr' ? '!' : '|'} ${event.line}`;
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
