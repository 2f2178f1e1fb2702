import type {AskedQuestion} from '../../commands/ask-wizard.ts';
import type {JobEvent} from '../../commands/json-event.ts';
import type {Language} from '../../languages/text.ts';
import type {Measurements, ProbeRequest} from '../../measure/result.ts';
import type {StatusRow} from '../../measure/status.ts';
import type {Estimate} from '../../engine/estimate.ts';
import type {AnswerField, HostCheck, JobCommand, MachineStates, Overview} from '../../commands/wizard-backend.ts';
import {noFilter, type Filter} from './filter.ts';
import type {Form} from './form.ts';
import {Logs} from './logs.ts';
import {RunProgress} from './run-progress.ts';
import {emptyRun, reduceQuestions, reduceRun, type RunState} from './run-state.ts';
import type {TextField} from './text-field.ts';
import {emptyTests, reduceTests, type TestsState} from './tests-state.ts';

export type Screen = 'welcome' | 'answers' | 'preflight' | 'plan' | 'run' | 'failure' | 'verification' | 'dashboard' | 'removal' | 'logs' | 'explanation';
export type Pane = 'log' | 'explanation' | 'machines';

export interface LogView {
	/** The machine whose output is shown; nothing until the user chooses: then it is where something happens. */
	readonly host?: string;
	/** Number of the first line shown; nothing: the newest are followed. */
	readonly top?: number;
}

/** A question before something that harms; the exact word for yes lets it happen, or the cluster's name where one is given. */
export interface Consent {
	readonly title: string;
	/** The action and its cost to clients. */
	readonly lines: readonly string[];
	readonly answer: TextField;
	readonly name?: string;
	readonly run: () => void;
}

/** Columns and rows of a terminal. */
export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** The smallest terminal that the screens fit in. */
export const smallest: Size = {columns: 60, rows: 20};

/** Everything the screens show, but for the lines of output, which are in `logs`. */
export interface State {
	readonly language: Language;
	readonly size: Size;
	/** Milliseconds since 1970, as of the last frame. */
	readonly now: number;
	/** The last one is shown; Esc goes back to the one before. */
	readonly screens: readonly Screen[];
	readonly isHelpOpen: boolean;
	/** Search on the screen that is shown. */
	readonly filter: Filter;
	/** The answers' screen: where its cursor is, and what is being typed there. */
	readonly form: Form;
	/** Item under the cursor, by screen: a node's name, a test's id. It stays when the list changes. */
	readonly chosen: Readonly<Partial<Record<Screen, string>>>;
	readonly consent?: Consent;
	readonly stopping: 'no' | 'asked' | 'stopping';
	readonly overview?: Overview;
	/** Why something did not work, in sentences. */
	readonly trouble?: string;
	readonly notice?: string;
	/** Consequence of the last answer to a failure, as a sentence. */
	readonly decided?: string;
	readonly job?: {readonly command: JobCommand; readonly words: readonly string[]; readonly isOver: boolean; readonly code?: number};
	/** What the job said beside its events. */
	readonly texts: readonly string[];
	readonly run: RunState;
	readonly tests: TestsState;
	/** What was measured on this cluster, as it is kept. */
	readonly measurements?: Measurements;
	readonly progress: Estimate;
	readonly questions: readonly AskedQuestion[];
	readonly isGuided: boolean;
	/** Whether the building begins when everything has been removed. */
	readonly isStartingOver: boolean;
	readonly pane: Pane;
	readonly log: LogView;
	readonly lines: number;
	readonly explanationTop: number;
	readonly checks: {readonly rows: readonly HostCheck[]; readonly isOver: boolean};
	readonly fields: readonly AnswerField[];
	/** The last look at the cluster, and when: milliseconds since 1970. `failed`: looking has ended since. */
	readonly status: {readonly rows: readonly StatusRow[]; readonly at?: number; readonly failed?: {readonly at: number; readonly reason: string}};
	readonly machines?: MachineStates;
	/** Address at which the page is forwarded to this computer. */
	readonly page?: string;
	/** The node whose chapters are read, and which of them. */
	readonly reading?: {readonly node: string; readonly chapter: number};
	/** The newest requests of a client, oldest first. */
	readonly requests: readonly ProbeRequest[];
}

export const initialState: State = {
	language: 'en',
	size: {columns: 80, rows: 24},
	now: 0,
	screens: ['welcome'],
	isHelpOpen: false,
	filter: noFilter,
	form: {},
	chosen: {},
	stopping: 'no',
	texts: [],
	run: emptyRun,
	tests: emptyTests,
	progress: {done: 0},
	questions: [],
	isGuided: false,
	isStartingOver: false,
	pane: 'log',
	log: {},
	lines: 0,
	explanationTop: 0,
	checks: {rows: [], isOver: false},
	fields: [],
	status: {rows: []},
	requests: [],
};

/** Whether all keys are text, also those that do something on every screen. */
export function isTyping({filter, form, consent}: State): boolean {
	return filter.isTyping || form.editing !== undefined || form.saving !== undefined || consent !== undefined;
}

/** Whether there is a place for text, at the removal for a name: only then pasted text is taken. */
export function takesText(state: State): boolean {
	const {screens, job, isHelpOpen, stopping} = state;
	const isName = screens.at(-1) === 'removal' && job?.command !== 'down';
	return stopping === 'no' && !isHelpOpen && (isTyping(state) || isName);
}

/** Milliseconds between two frames that the work causes; keys are answered at once. */
const interval = 80;

/** The state, outside React. What the work tells is gathered and shown at most twelve times a second. */
export class Store {
	readonly logs = new Logs();
	#state: State;
	#run: RunState;
	#tests: TestsState;
	readonly #progress = new RunProgress();
	readonly #listeners = new Set<() => void>();
	#timer: NodeJS.Timeout | undefined;
	readonly #clock: () => number;

	constructor(state: Partial<State> = {}, clock: () => number = Date.now) {
		this.#clock = clock;
		this.#state = {...initialState, now: clock(), ...state};
		this.#run = this.#state.run;
		this.#tests = this.#state.tests;
	}

	readonly get = (): State => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	/** A change that the user waits for. */
	set(change: Partial<State>): void {
		if (change.run) {
			this.#run = change.run;
		}

		if (change.tests) {
			this.#tests = change.tests;
		}

		if (change.questions) {
			this.#run = reduceQuestions(this.#run, new Set(change.questions.map(({unit}) => unit)), this.#clock());
		}

		this.#state = {...this.#state, ...change};
		this.#notify();
	}

	/** One event of a run. */
	apply(event: JobEvent): void {
		this.logs.add(event);
		if (event.type !== 'output') {
			this.#run = reduceRun(this.#run, event);
			this.#tests = reduceTests(this.#tests, event);
		}

		this.soon();
	}

	/** Shows what has come in, before long. */
	soon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.flush();
		}, interval);
	}

	/** Shows what has come in now. */
	flush(): void {
		const now = this.#clock();
		this.#state = {
			...this.#state,
			now,
			run: this.#run,
			tests: this.#tests,
			lines: this.logs.count,
			progress: this.#progress.next(this.#state.overview?.forecast, this.#run, now),
		};
		this.#notify();
	}

	/** Begins a new run on the screen. */
	reset(): void {
		this.logs.clear();
		this.set({run: emptyRun, tests: emptyTests, progress: {done: 0}, questions: [], texts: [], log: {}, lines: 0, explanationTop: 0, trouble: undefined, notice: undefined, decided: undefined});
	}

	close(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#notify(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
