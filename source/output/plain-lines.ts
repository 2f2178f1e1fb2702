import {styleText} from 'node:util';
import type {Event, TaskStatus, UnitStatus} from '../engine/event.ts';
import {differenceLines, diffStyles} from './difference-lines.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages} from './messages.ts';
import {statusMarks, seconds, type Style} from './status-marks.ts';
import type {Reporter} from './reporter.ts';

export interface PlainOptions {
	readonly output: NodeJS.WritableStream;
	readonly language: Language;
	readonly color: boolean;
	readonly unicode: boolean;
}

/** Most lines shown of a command, which may contain a whole file; the log has all of them. */
const longest = 16;

/** Milliseconds between two lines about the same wait. */
const waitingInterval = 10_000;

/** Prints all events as lines (`--verbose`): tasks, their commands and nodes, and the output of the commands. */
export function plainLines({output, language, color, unicode}: PlainOptions): Reporter {
	const styled = (style: Style, text: string) => (color ? styleText(style, text) : text);
	const print = (text: string) => {
		output.write(`${text}\n`);
	};

	const said = new Map<string, number>();
	const word = (status: UnitStatus | TaskStatus) => progressMessages.status[status][language];
	const mark = (status: UnitStatus) =>
		styled(statusMarks[status].style, unicode ? statusMarks[status].unicode : statusMarks[status].ascii);

	return {
		report(event: Event) {
			switch (event.type) {
				case 'step-started': {
					print(`${clock(event.time)} ${styled('bold', event.unit)}  ${event.title}`);
					break;
				}

				case 'task-started': {
					const lines = event.command.split('\n');
					const shown = lines
						.slice(0, longest)
						.map((line, index) => styled('cyan', `    ${index === 0 ? '$' : ' '} ${line}`));
					const more = lines.length - shown.length;
					print(
						[
							`${clock(event.time)} ${event.unit}: ${event.task}`,
							...shown,
							...(more > 0 ? [styled('dim', `      ${progressMessages.moreLines(more)[language]}`)] : []),
						].join('\n'),
					);
					break;
				}

				case 'output': {
					print(
						styled(
							'dim',
							`    ${event.host} ${event.stream === 'stderr' ? '!' : '|'} ${event.line}${event.cut ? ` ${progressMessages.cut(event.cut)[language]}` : ''}`,
						),
					);
					break;
				}

				case 'difference': {
					print(
						differenceLines(event, language, (part, line) => styled(diffStyles[part], line))
							.map(line => `    ${line}`)
							.join('\n'),
					);
					break;
				}

				case 'kept': {
					print(`    ${event.host}: ${progressMessages.kept(event.path, event.copy)[language]}`);
					break;
				}

				case 'waiting': {
					const key = `${event.unit} ${event.task}`;
					const last = said.get(key) ?? -Infinity;
					if (event.seconds * 1000 - last >= waitingInterval || event.seconds * 1000 < last) {
						said.set(key, event.seconds * 1000);
						print(
							`${clock(event.time)} ${event.unit}: ${progressMessages.waiting(event.reason, event.seconds, event.limit)[language]}`,
						);
					}

					break;
				}

				case 'task-finished': {
					if (event.status !== 'ok') {
						print(
							`${clock(event.time)} ${mark(event.status)} ${event.unit}: ${event.task}: ${word(event.status)}${event.reason ? ` (${event.reason})` : ''}`,
						);
					}

					break;
				}

				case 'step-finished': {
					print(
						`${clock(event.time)} ${mark(event.status)} ${styled('bold', event.unit)} ${word(event.status)} (${seconds(event.duration)})`,
					);
					break;
				}

				default:
			}
		},
	};
}

function clock(time: string): string {
	return new Date(time).toTimeString().slice(0, 8);
}
