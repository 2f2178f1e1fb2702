import type {JobEvent} from '../../planning/json-event.ts';
import type {TaskStatus} from '../../engine/event.ts';
import {findLine, matcher} from './filter.ts';
import {RingBuffer} from './ring-buffer.ts';

/** A line of the log pane: a command, its output, or a note on a task (a difference, or how it ended). */
export interface LogLine {
	readonly kind: 'stdout' | 'stderr' | 'command' | 'note';
	readonly text: string;
	/** How a task ended; `text` is then the task's title. */
	readonly status?: TaskStatus;
	/** Bytes left out at the end of the line. */
	readonly cut?: number;
}

/** Most lines, and most characters, kept for each machine; the log files have the rest. */
const capacity = 5000;
const characters = 2 ** 22;

/** The newest output of each machine, outside React: even a flood of output takes bounded memory and renders nothing. */
export class Logs {
	readonly #hosts = new Map<string, RingBuffer<LogLine>>();
	/** Number of lines added since `clear`; it changes whenever there is something new to show. */
	count = 0;
	#counted: {lines: RingBuffer<LogLine>; text: string; start: number; end: number; count: number} | undefined;

	get hosts(): string[] {
		return [...this.#hosts].flatMap(([host, lines]) => (lines.end > 0 ? host : []));
	}

	of(host: string): RingBuffer<LogLine> {
		let lines = this.#hosts.get(host);
		if (!lines) {
			lines = new RingBuffer(capacity, {most: characters, sizeOf: ({text}) => text.length});
			this.#hosts.set(host, lines);
		}

		return lines;
	}

	clear(): void {
		this.#hosts.clear();
		this.count = 0;
	}

	add(event: JobEvent): void {
		switch (event.type) {
			case 'output': {
				this.#push(event.host, event.stream, event.line, event.cut === undefined ? {} : {cut: event.cut});
				break;
			}

			case 'task-started': {
				for (const [index, line] of event.command.split('\n').entries()) {
					this.#push(event.host, 'command', `${index === 0 ? '$' : ' '} ${line}`);
				}

				break;
			}

			case 'difference': {
				for (const line of event.lines) {
					this.#push(event.host, 'note', line);
				}

				break;
			}

			case 'task-finished': {
				if (event.status !== 'ok') {
					this.#push(event.host, 'note', `${event.task}${event.reason ? ` (${event.reason})` : ''}`, {
						status: event.status,
					});
				}

				break;
			}

			default:
		}
	}

	/** Number of the nearest line with this text, from line `from` backward (-1) or forward (1); ignores case. */
	find(host: string, text: string, from: number, direction: -1 | 1): number | undefined {
		const lines = this.of(host);
		return findLine({start: lines.start, end: lines.end, at: number => lines.at(number)!.text}, text, from, direction);
	}

	/** Number of kept lines with this text. */
	countOf(host: string, text: string): number {
		const lines = this.of(host);
		// Every frame asks for the same text, so the count is kept and only new lines are searched.
		if (this.#counted?.lines !== lines || this.#counted.text !== text || lines.start > this.#counted.start) {
			this.#counted = {lines, text, start: lines.start, end: lines.start, count: 0};
		}

		const counted = this.#counted;
		const matches = matcher(text);
		for (let number = counted.end; number < lines.end; number++) {
			counted.count += matches(lines.at(number)!.text) ? 1 : 0;
		}

		counted.end = lines.end;
		return counted.count;
	}

	#push(host: string, kind: LogLine['kind'], text: string, more: Pick<LogLine, 'cut' | 'status'> = {}): void {
		this.of(host).push({kind, text, ...more});
		this.count++;
	}
}
