import type {Decision} from '../engine/question.ts';
import type {AskedQuestion} from '../session/ask-wizard.ts';
import type {Backend, Job, JobCommand} from '../wizard/backend.ts';
import {workMessages} from '../messages/work.ts';
import {shortened} from '../text/clean.ts';
import {unitName} from './components/names.ts';
import {errorMessage} from './error-message.ts';
import type {Store} from './state/store.ts';

export interface WorkOptions {
	readonly store: Store;
	readonly backend: () => Backend;
	/** Is called when the engine asks what to do about a failure. */
	readonly onFailure: () => void;
	/** Is called when a job has ended and the store is up to date; `isStopped`: the user stopped it. */
	readonly onEnd: (command: JobCommand | undefined, isStopped: boolean) => void;
}

/** Commands after which nothing of an earlier look at the cluster needs to be true. */
const remaking: ReadonlySet<JobCommand> = new Set(['up', 'down']);

/** Characters of a line that a job says beside its events: more than a screen shows. */
const longestText = 2000;

/** Runs commands of this program as jobs: one main job, and short ones beside it. Puts their output into the store. */
export class JobRunner {
	readonly #options: WorkOptions;
	#job: Job | undefined;
	#ticker: NodeJS.Timeout | undefined;

	constructor(options: WorkOptions) {
		this.#options = options;
	}

	get isGoingOn(): boolean {
		const {job} = this.#options.store.get();
		return job !== undefined && !job.isOver;
	}

	/**
	 * Starts a command as the main job, unless one runs already.
	 * @param decide answers a question in the user's place; returns undefined to ask the user
	 */
	start(
		command: JobCommand,
		words: readonly string[] = [],
		decide: (question: AskedQuestion) => Decision | undefined = ({type}) =>
			type === 'apply' && !this.#options.store.get().isGuided ? 'all' : undefined,
	): void {
		const {store, backend, onFailure} = this.#options;
		if (this.isGoingOn) {
			return;
		}

		store.reset();
		store.set({
			job: {command, words, isOver: false},
			stopping: 'no',
			...(remaking.has(command) && {status: {rows: []}}),
		});
		this.#ticker = setInterval(() => {
			store.soon();
		}, 1000);
		const job = backend().start(command, words, {
			onEvent(event) {
				store.apply(event);
			},
			onQuestion: question => {
				const decision = decide(question);
				if (decision) {
					job.answer(question.id, decision);
					return;
				}

				store.flush();
				store.set({questions: [...store.get().questions, question]});
				if (question.type === 'failed') {
					store.set({decided: undefined});
					onFailure();
				}
			},
			onText(line) {
				store.set({texts: [...store.get().texts, shortened(line, longestText)].slice(-200)});
			},
		});
		this.#job = job;
		job.ended.then(
			code => {
				this.#end(code);
			},
			error => {
				store.set({trouble: errorMessage(error, store.get().language)});
				this.#end(1);
			},
		);
	}

	/** Runs a short command beside the main job. Shows a sentence on its exit code, or its last line, as a notice. */
	async beside(
		command: JobCommand,
		words: readonly string[],
		sentence: (code: number) => string | undefined,
	): Promise<void> {
		const {store, backend} = this.#options;
		let said: string | undefined;
		const {ended} = backend().start(command, words, {
			onEvent() {},
			onQuestion() {},
			onText(line) {
				said = shortened(line, longestText);
			},
		});
		const code = await ended;
		store.set({notice: code === 0 ? (sentence(code) ?? said) : [sentence(code), said].filter(Boolean).join(': ')});
	}

	async saveSupport(): Promise<void> {
		const {store} = this.#options;
		store.set({notice: workMessages.failure.saving[store.get().language]});
		await this.beside('support', [], code => (code === 0 ? undefined : `support: ${code}`));
	}

	/** Starts or shuts down a machine. */
	async power(node: string, vm: string, verb: 'start' | 'shutdown'): Promise<void> {
		const {language} = this.#options.store.get();
		await this.beside(
			'exec',
			['host', '--', 'virsh', '-q', verb, vm],
			code => (code === 0 ? workMessages.dashboard.told(node) : workMessages.dashboard.failed(node, code))[language],
		);
	}

	/** Clears the last job from the screen if it has ended and ran one of these commands. */
	forget(...commands: readonly JobCommand[]): void {
		const {job} = this.#options.store.get();
		if (job?.isOver && commands.includes(job.command)) {
			this.#options.store.set({job: undefined, texts: []});
		}
	}

	answer(id: string, decision: Decision): void {
		const {store} = this.#options;
		const {questions, screens, language, overview} = store.get();
		const failed = questions.find(question => question.id === id && question.type === 'failed');
		const left = questions.filter(question => question.id !== id);
		const isLast = !left.some(({type}) => type === 'failed') && screens.at(-1) === 'failure';
		store.set({
			questions: left,
			explanationTop: 0,
			...(failed && {
				decided: workMessages.failure.decided(
					decision,
					`${failed.task} (${unitName({overview, language}, failed.unit)})`,
				)[language],
			}),
			...(isLast && {screens: screens.slice(0, -1)}),
		});
		this.#job?.answer(id, decision);
	}

	/** Asks the job to shut down cleanly, which may take a while. */
	stop(): void {
		this.#options.store.set({stopping: 'stopping', questions: []});
		this.#job?.stop();
	}

	/** Stops the job if it runs this command, without telling the user; resolves when it has ended. */
	async endQuietly(command: JobCommand): Promise<void> {
		const job = this.#job;
		if (job && this.#options.store.get().job?.command === command) {
			job.stop();
			// `start` handles the result.
			await job.ended.catch(() => {});
		}
	}

	close(): void {
		clearInterval(this.#ticker);
	}

	#end(code: number): void {
		const {store, onEnd} = this.#options;
		const {job, stopping, screens} = store.get();
		this.close();
		this.#job = undefined;
		store.flush();
		store.set({
			...(job && {job: {...job, isOver: true, code}}),
			questions: [],
			stopping: 'no',
			screens: screens.filter(screen => screen !== 'failure'),
		});
		onEnd(job?.command, stopping === 'stopping');
	}
}
