import type {AskedQuestion} from '../../session/ask-wizard.ts';
import type {JobEvent} from '../../planning/json-event.ts';
import type {Language} from '../../languages/text.ts';
import type {Measurements, ProbeRequest} from '../../measure/result.ts';
import type {StatusRow} from '../../measure/status.ts';
import type {Estimate} from '../../engine/estimate.ts';
import type {AnswerField, HostCheck, JobCommand, MachineStates, Overview} from '../../wizard/backend.ts';
import {noFilter, type Filter} from './filter.ts';
import type {Form} from './form.ts';
import {Logs} from './logs.ts';
import {RunProgress} from './run-progress.ts';
import {emptyRun, reduceQuestions, reduceRun, type RunState} from './run-state.ts';
import type {TextField} from './text-field.ts';
import {emptyTests, reduceTests, type VerificationState} from './verification-state.ts';

export type Screen =
	| 'welcome'
	| 'answers'
	| 'preflight'
	| 'plan'
	| 'run'
	| 'failure'
	| 'verification'
	| 'dashboard'
	| 'removal'
	| 'logs'
	| 'explanation';
export type Pane = 'log' | 'explanation' | 'machines';

export interface LogView {
	/** The machine whose output is shown; undefined until the user chooses one: the one where something happened last. */
	readonly host?: string;
	/** Number of the first line shown; undefined to follow the newest lines. */
	readonly top?: number;
}

/** A question before a harmful action. The user agrees with the exact word for yes, or with `name` if that is given. */
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

/** Everything the screens show, except the lines of output, which are in `Store.logs`. */
export interface State {
	readonly language: Language;
	readonly size: Size;
	/** Milliseconds since 1970, as of the last frame. */
	readonly now: number;
	/** The last one is shown; Esc goes back to the one before. */
	readonly screens: readonly Screen[];
	readonly isHelpOpen: boolean;
	/** Search on the current screen. */
	readonly filter: Filter;
	/** Cursor and typed text of the answers screen. */
	readonly form: Form;
	/** Name under which the answers were last saved, as it was typed. */
	readonly savedAs?: string;
	/** Item under the cursor, by screen: a node's name, a test's id. Does not depend on the order of the list. */
	readonly chosen: Readonly<Partial<Record<Screen, string>>>;
	readonly consent?: Consent;
	readonly stopping: 'no' | 'asked' | 'stopping';
	readonly overview?: Overview;
	/** Why the last action failed, in sentences. */
	readonly trouble?: string;
	readonly notice?: string;
	/** Consequence of the last answer to a failure, as a sentence. */
	readonly decided?: string;
	readonly job?: {
		readonly command: JobCommand;
		readonly words: readonly string[];
		readonly isOver: boolean;
		readonly code?: number;
	};
	/** Text that the job printed besides its events. */
	readonly texts: readonly string[];
	readonly run: RunState;
	readonly tests: VerificationState;
	/** Saved measurements of this cluster. */
	readonly measurements?: Measurements;
	readonly progress: Estimate;
	readonly questions: readonly AskedQuestion[];
	readonly isGuided: boolean;
	/** Whether a new build follows the removal. */
	readonly isStartingOver: boolean;
	readonly pane: Pane;
	readonly log: LogView;
	readonly lines: number;
	readonly explanationTop: number;
	readonly checks: {readonly rows: readonly HostCheck[]; readonly isOver: boolean};
	readonly fields: readonly AnswerField[];
	/**
	 * The last look at the cluster, and when: milliseconds since 1970. `cluster`: whose look it is. `asking`: since when the
	 * first look of a screen is under way, while one of before may be shown. `failed`: looking has ended since.
	 */
	readonly status: {
		readonly rows: readonly StatusRow[];
		readonly at?: number;
		readonly cluster?: string;
		readonly asking?: number;
		readonly failed?: {readonly at: number; readonly reason: string};
	};
	readonly machines?: MachineStates;
	/** Address at which the page is forwarded to this computer. */
	readonly page?: string;
	/** The node whose chapters the explanation screen shows, and the index of the current chapter. */
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

/** Whether every key is text, even those with a meaning on every screen (`?` and Esc). */
export function isTyping({filter, form, consent}: State): boolean {
	return filter.isTyping || form.editing !== undefined || form.saving !== undefined || consent !== undefined;
}

/** Whether the screen has an open text field, such as the name on the removal screen. Otherwise pastes are dropped. */
export function takesText(state: State): boolean {
	const {screens, job, isHelpOpen, stopping} = state;
	const isName = screens.at(-1) === 'removal' && job?.command !== 'down';
	return stopping === 'no' && !isHelpOpen && (isTyping(state) || isName);
}

/** Least milliseconds between two frames caused by jobs; keys are answered at once. */
const interval = 80;

/** The state, outside React. Events of jobs are collected and shown at most twelve times a second. */
export class Store {
	readonly logs = new Logs();
	#state: State;
	#run: RunState;
	#tests: VerificationState;
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

	/** Changes the state and renders at once: for changes that the user waits for. */
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

	/** Applies an event of a job; it appears with the next frame. */
	apply(event: JobEvent): void {
		this.logs.add(event);
		if (event.type !== 'output') {
			this.#run = reduceRun(this.#run, event);
			this.#tests = reduceTests(this.#tests, event);
		}

		this.soon();
	}

	/** Schedules `flush`, at most once per `interval`. */
	soon(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.flush();
		}, interval);
	}

	/** Renders all events so far at once. */
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

	/** Clears everything about the last job, before a new one starts. */
	reset(): void {
		this.logs.clear();
		this.set({
			run: emptyRun,
			tests: emptyTests,
			progress: {done: 0},
			questions: [],
			texts: [],
			log: {},
			lines: 0,
			explanationTop: 0,
			trouble: undefined,
			notice: undefined,
			decided: undefined,
		});
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
