import {styleText} from 'node:util';
import {estimate, type Forecast} from '../engine/estimate.ts';
import {ShownTotal} from '../engine/shown-total.ts';
import type {Event, UnitStatus} from '../engine/event.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages as messages} from './messages.ts';
import {clock} from '../text/columns.ts';
import {wrapLine} from '../text/wrap.ts';
import {addDetail, detailLines, namedNodes, type Overwritten} from './chapter-details.ts';
import {Chapters, hasEnded, secondsOfWork, statusOf, type Chapter} from './chapters.ts';
import {LiveLine, type LineTerminal} from './live-line.ts';
import {statusMarks, seconds, type Style} from './status-marks.ts';
import type {Reporter} from './reporter.ts';

export interface ChapterOptions {
	readonly output: LineTerminal;
	readonly language: Language;
	readonly color: boolean;
	readonly unicode: boolean;
	/** Prints only failures. */
	readonly quiet?: boolean;
	/** Whether to show a live line with the current task below the output. */
	readonly isLive?: boolean;
	/** The units of the plan: a chapter ends when all its units have ended. Without a plan, chapters show their titles. */
	readonly units?: ReadonlyArray<{readonly id: string; readonly step: string}>;
	/** Estimates for the live line; without them it shows only the elapsed time. */
	readonly forecast?: Forecast;
	/** When the run began, in milliseconds since 1970. */
	readonly started?: number;
}

/** Milliseconds between two drawings of the live line. */
const interval = 100;

/**
 * Prints one line for each chapter when all its units have ended. Below it come the tasks that failed or were skipped, and
 * those that changed something in a unit that was expected to be done, each with its reason. The log has everything else.
 */
export function chapterReporter(options: ChapterOptions): Reporter {
	return new ChapterLines(options);
}

class ChapterLines implements Reporter {
	readonly #options: ChapterOptions;
	readonly #chapters = new Chapters();
	readonly #live: LiveLine | undefined;
	/** Content that the current task overwrites, by unit. */
	readonly #overwritten = new Map<string, Overwritten>();
	#timer: NodeJS.Timeout | undefined;
	#drawn = 0;
	readonly #started: number;
	readonly #total = new ShownTotal();

	constructor(options: ChapterOptions) {
		this.#options = options;
		const {output, isLive, quiet, units = [], started = Date.now()} = options;
		this.#started = started;
		this.#live = isLive && !quiet ? new LiveLine(output) : undefined;
		for (const {id, step} of units) {
			this.#chapters.unit(id, step);
		}
	}

	report(event: Event): void {
		switch (event.type) {
			case 'step-started': {
				this.#chapters.begin(event.step);
				this.#chapters.change(event, {status: 'running', title: event.title, started: Date.parse(event.time)});
				this.#timer ??= this.#live && setInterval(() => this.#draw(), 1000).unref();
				break;
			}

			case 'task-started': {
				this.#chapters.change(event, {isWorking: true, task: event.task, waiting: undefined});
				break;
			}

			case 'waiting': {
				this.#chapters.change(event, {
					hasWaited: true,
					waiting: messages.waitingFor(event.reason)[this.#options.language],
				});
				break;
			}

			case 'difference': {
				this.#overwrittenBy(event.unit).differences.push({lines: event.lines, left: event.left});
				break;
			}

			case 'kept': {
				this.#overwrittenBy(event.unit).kept.push(messages.kept(event.path, event.copy)[this.#options.language]);
				break;
			}

			case 'task-finished': {
				this.#chapters.change(event, {waiting: undefined});
				this.#tellTask(event);
				break;
			}

			case 'step-finished': {
				this.#chapters.change(event, {status: event.status, duration: event.duration});
				const chapter = this.#chapters.of(event.step);
				if ([...chapter.units.values()].every(({status}) => hasEnded(status))) {
					this.#tell(chapter);
				}

				break;
			}

			default: {
				return;
			}
		}

		if (performance.now() - this.#drawn >= interval) {
			this.#draw();
		}
	}

	async close(): Promise<void> {
		clearInterval(this.#timer);
		for (const chapter of this.#chapters.all) {
			if (!chapter.isTold && [...chapter.units.values()].some(({status}) => hasEnded(status))) {
				this.#tell(chapter);
			}
		}

		this.#tellLost();
		this.#live?.clear();
	}

	#overwrittenBy(unit: string): Overwritten {
		const found = this.#overwritten.get(unit) ?? {differences: [], kept: []};
		this.#overwritten.set(unit, found);
		return found;
	}

	#tellTask({unit, step, host, task, status, reason}: Event & {type: 'task-finished'}): void {
		const chapter = this.#chapters.of(step);
		const overwritten = this.#overwrittenBy(unit);
		this.#overwritten.delete(unit);
		chapter.changes += status === 'changed' ? 1 : 0;
		const isExpected =
			status === 'ok' || (status === 'changed' && this.#options.forecast?.expected.get(unit) !== 'check');
		if (isExpected) {
			return;
		}

		const subject = this.#chapters.unit(unit, step).subject ?? host;
		addDetail(chapter.details, {subjects: [subject], status, task, ...(reason && {reason}), ...overwritten});
	}

	/** Prints a chapter's line and the details below it. */
	#tell(chapter: Chapter): void {
		chapter.isTold = true;
		const {language, quiet} = this.#options;
		const status = statusOf(chapter)!;
		// `#tellLost` prints the chapters that did not begin in one line.
		const isLost = (status === 'blocked' || status === 'interrupted') && chapter.details.length === 0;
		if (isLost || (quiet && status !== 'failed')) {
			return;
		}

		const worked = secondsOfWork([...chapter.units.values()]);
		const time = worked === undefined ? undefined : seconds(worked);
		const facts = [
			status === 'changed' ? messages.changes(chapter.changes)[language] : status === 'ok' ? '' : this.#word(status),
			time,
		]
			.filter(Boolean)
			.join(', ');
		const name = `${this.#styled('bold', chapter.step)}${this.#subjects(chapter)}`;
		const line = `${this.#mark(status)} ${name}${facts === '' ? '' : status === 'ok' ? ` ${facts}` : `: ${facts}`}`;
		this.#print(
			[
				this.#hanging(line),
				...chapter.details.flatMap(detail =>
					detailLines(detail, {
						language,
						hanging: line => this.#hanging(line),
						mark: status => this.#mark(status),
						styled: (style, text) => this.#styled(style, text),
					}),
				),
			].join('\n'),
		);
	}

	/** Prints one line with all blocked chapters, and one with all interrupted ones. */
	#tellLost(): void {
		for (const wanted of ['blocked', 'interrupted'] as const) {
			const lost = this.#chapters.all.filter(chapter => statusOf(chapter) === wanted && chapter.details.length === 0);
			if (lost.length > 0) {
				this.#print(
					this.#hanging(`${this.#mark(wanted)} ${this.#word(wanted)}: ${lost.map(({step}) => step).join(', ')}`),
				);
			}
		}
	}

	/** ` on nas, master`; in a run without a plan, the title. */
	#subjects({units, hosts}: Chapter): string {
		const {language} = this.#options;
		const all = [...units.values()];
		if (!this.#options.units) {
			return `  ${all[0]!.title}`;
		}

		const subjects = all.flatMap(({subject}) => subject ?? []);
		if (subjects.length === 0) {
			return '';
		}

		const isOn = subjects.every(subject => hosts.has(subject));
		return ` ${(isOn ? messages.on : messages.for)[language]} ${namedNodes(subjects, language)}`;
	}

	#draw(): void {
		const live = this.#live;
		if (!live) {
			return;
		}

		this.#drawn = performance.now();
		const now = Date.now();
		const running = this.#chapters.all
			.flatMap(({units}) => [...units.values()])
			.filter(({status}) => status === 'running');
		const shown =
			running.findLast(({isWorking, waiting}) => isWorking && waiting === undefined) ??
			running.findLast(({waiting}) => waiting !== undefined) ??
			running.at(-1);
		if (shown) {
			const others = running.length > 1 ? ` (+${running.length - 1})` : '';
			const doing = shown.waiting ?? (shown.task || shown.title);
			live.draw(
				`${this.#options.unicode ? '▶' : '>'} ${shown.id}${others} ${clock((now - shown.started!) / 1000)}: ${doing}`,
				this.#progress(now),
			);
		} else {
			live.clear();
		}
	}

	/** `42 %  1:05 of about 2:40` */
	#progress(now: number): string {
		const {forecast, language} = this.#options;
		const elapsed = (now - this.#started) / 1000;
		if (!forecast) {
			return clock(elapsed);
		}

		const states = this.#chapters.all.flatMap(({units}) => [...units]);
		const total = this.#total.next(elapsed, estimate(forecast, new Map(states), now).left);
		return messages.progress(Math.floor((elapsed / total) * 100), clock(elapsed), clock(total))[language];
	}

	#print(lines: string): void {
		if (this.#live) {
			this.#live.print(lines);
			this.#draw();
		} else {
			this.#options.output.write(`${lines}\n`);
		}
	}

	#hanging(line: string): string {
		return wrapLine(line, this.#options.output);
	}

	#word(status: UnitStatus): string {
		return messages.status[status][this.#options.language];
	}

	#mark(status: UnitStatus): string {
		const {unicode, ascii, style} = statusMarks[status];
		return this.#styled(style, this.#options.unicode ? unicode : ascii);
	}

	#styled(style: Style, text: string): string {
		return this.#options.color ? styleText(style, text) : text;
	}
}
