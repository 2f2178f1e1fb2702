import {spawn} from 'node:child_process';
import type {Decision} from '../engine/unit.ts';
import type {Language} from '../messages/text.ts';
import {beginMessages} from '../messages/ui-begin.ts';
import {workMessages} from '../messages/ui-run.ts';
import {uiMessages} from '../messages/ui.ts';
import type {Backend, Job, JobCommand} from '../commands/wizard-backend.ts';
import type {Screen, Store} from './state/store.ts';

/** What the wizard needs of the terminal. */
export interface Suspendable {
	/** Gives the terminal away for as long as the work takes. */
	suspend(work: () => Promise<void>): Promise<void>;
}

/** What can be done from the screens. State is in the store; work is done by the backend's processes. */
export class Wizard {
	readonly store: Store;
	/** Resolves with the exit code when the user leaves. */
	readonly left: Promise<number>;
	readonly #terminal: Suspendable;
	#backend: Backend | undefined;
	#leave: (code: number) => void = () => {};
	readonly #clock: () => number;
	#job: Job | undefined;
	#isLeaving = false;
	#ticker: NodeJS.Timeout | undefined;
	#endWatches: Array<() => void> = [];

	constructor(store: Store, terminal: Suspendable, clock: () => number = Date.now) {
		this.store = store;
		this.#terminal = terminal;
		this.#clock = clock;
		this.left = new Promise(resolve => {
			this.#leave = resolve;
		});
	}

	/** Only screens that follow the first look at the cluster need it. */
	get backend(): Backend {
		if (!this.#backend) {
			throw new TypeError('The wizard has nothing behind it yet');
		}

		return this.#backend;
	}

	/** The first frame is shown before the rest of the program is loaded. */
	attach(backend: Backend): void {
		this.#backend = backend;
	}

	/** Reads what is known of the cluster; what is wrong with it is shown. */
	async load(): Promise<void> {
		try {
			const overview = await this.backend.overview();
			this.store.set({overview, trouble: undefined, now: this.#clock()});
		} catch (error) {
			this.store.set({trouble: (error as Error).message});
		}
	}

	go(screen: Screen): void {
		const {screens} = this.store.get();
		const known = screens.indexOf(screen);
		this.store.set({screens: known === -1 ? [...screens, screen] : screens.slice(0, known + 1), notice: undefined, explanationTop: 0});
	}

	back(): void {
		const {screens} = this.store.get();
		if (screens.length > 1) {
			this.store.set({screens: screens.slice(0, -1), notice: undefined, trouble: undefined});
		}
	}

	/** Esc: back, unless the screen shows work that is going on. */
	escape(): void {
		const isShown = ['run', 'verification', 'removal'].includes(this.store.get().screens.at(-1)!);
		if (!(this.isWorking && isShown)) {
			this.back();
		}
	}

	/** From the first screen on, with nothing behind. */
	home(...screens: Screen[]): void {
		this.store.set({isStartingOver: false, screens: ['welcome', ...screens], notice: undefined, trouble: undefined});
	}

	/** Removes everything, in the same place, and goes on to the building. */
	startOver(): void {
		this.backend.choosePlace(this.store.get().overview?.sandbox ?? false);
		this.go('removal');
		this.store.set({isStartingOver: true});
	}

	chooseLanguage(language: Language): void {
		this.#backend?.chooseLanguage(language);
		this.store.set({language});
	}

	async choosePlace(sandbox: boolean): Promise<void> {
		this.backend.choosePlace(sandbox);
		await this.load();
	}

	setGuided(isGuided: boolean): void {
		const {questions} = this.store.get();
		this.store.set({isGuided});
		this.backend.remember({guided: isGuided});
		if (!isGuided) {
			for (const {id, type} of questions) {
				if (type === 'apply') {
					this.answer(id, 'go');
				}
			}
		}
	}

	/** Starts a command of ours. One at a time. */
	start(command: JobCommand, words: readonly string[] = []): void {
		const {store} = this;
		if (this.isWorking) {
			return;
		}

		store.reset();
		store.set({job: {command, isOver: false}, stopping: 'no'});
		this.#ticker = setInterval(() => {
			store.soon();
		}, 1000);
		const job = this.backend.start(command, words, {
			onEvent(event) {
				store.apply(event);
			},
			onQuestion: question => {
				if (question.type === 'apply' && !store.get().isGuided) {
					job.answer(question.id, 'go');
					return;
				}

				store.flush();
				store.set({questions: [...store.get().questions, question]});
				if (question.type === 'failed' && store.get().screens.at(-1) === 'run') {
					this.go('failure');
				}
			},
			onText(line) {
				store.set({texts: [...store.get().texts, line].slice(-200)});
			},
		});
		this.#job = job;
		job.ended.then(code => {
			this.#end(code);
		}, error => {
			store.set({trouble: (error as Error).message});
			this.#end(1);
		});
	}

	/** Looks at the host, check by check. */
	async checkHost(signal: AbortSignal): Promise<void> {
		const {store} = this;
		store.set({checks: {rows: [], isOver: false}, trouble: undefined});
		try {
			await this.backend.checkHost(check => {
				if (!signal.aborted) {
					store.set({checks: {rows: [...store.get().checks.rows, check], isOver: false}});
				}
			}, signal);
			if (!signal.aborted) {
				store.set({checks: {...store.get().checks, isOver: true}});
			}
		} catch (error) {
			if (!signal.aborted) {
				store.set({trouble: (error as Error).message});
			}
		}
	}

	/** What of the plan is done already, by a dry run beside the list. */
	preview(): void {
		this.start('plan');
	}

	endPreview(): void {
		if (this.store.get().job?.command === 'plan') {
			this.#job?.stop();
		}
	}

	/** The plan is accepted: from here on things are changed. */
	async build(): Promise<void> {
		const job = this.#job;
		this.endPreview();
		await job?.ended;
		try {
			await this.backend.keepAnswers();
			await this.load();
			this.home('run');
			this.start('up');
			this.watchMachines();
		} catch (error) {
			this.store.set({trouble: (error as Error).message});
		}
	}

	async readFields(): Promise<void> {
		try {
			this.store.set({fields: await this.backend.fields()});
		} catch (error) {
			this.store.set({notice: (error as Error).message});
		}
	}

	async change(path: readonly string[], value: string | undefined): Promise<void> {
		await this.backend.change(path, value);
		await Promise.all([this.readFields(), this.load()]);
	}

	async saveAnswers(file: string): Promise<void> {
		const {language} = this.store.get();
		try {
			this.store.set({notice: beginMessages.answers.saved(await this.backend.saveAnswers(file))[language]});
		} catch (error) {
			this.store.set({notice: (error as Error).message});
		}
	}

	async saveSupport(): Promise<void> {
		await this.#quietly('support', [], code => code === 0 ? undefined : `support: ${code}`);
	}

	/** Starts or shuts down a machine. */
	async power(node: string, vm: string, verb: 'start' | 'shutdown'): Promise<void> {
		const {language} = this.store.get();
		await this.#quietly('exec', ['host', '--', 'virsh', '-q', verb, vm], code => (code === 0 ? workMessages.dashboard.told(node) : workMessages.dashboard.failed(node, code))[language]);
	}

	get isWorking(): boolean {
		const {job} = this.store.get();
		return job !== undefined && !job.isOver;
	}

	answer(id: string, decision: Decision): void {
		const {questions, screens} = this.store.get();
		const left = questions.filter(question => question.id !== id);
		const isLast = !left.some(({type}) => type === 'failed') && screens.at(-1) === 'failure';
		this.store.set({questions: left, ...(isLast && {screens: screens.slice(0, -1)})});
		this.#job?.answer(id, decision);
	}

	/** Ctrl-C: asks once while something runs; a second one stops it in order, and leaves. */
	interrupt(): void {
		const {stopping} = this.store.get();
		if (!this.isWorking) {
			this.leave(0);
		} else if (stopping === 'no') {
			this.store.set({stopping: 'asked'});
		} else if (stopping === 'asked') {
			this.stop();
		}
	}

	/** A signal: whatever runs is stopped in order, and then the wizard ends. */
	end(): void {
		this.#isLeaving = true;
		if (this.isWorking) {
			this.stop();
		} else {
			this.leave(130);
		}
	}

	stop(): void {
		this.store.set({stopping: 'stopping', questions: []});
		this.#job?.stop();
	}

	leave(code: number): void {
		this.close();
		this.#leave(code);
	}

	/** Lets go of everything that would keep the process alive. */
	close(): void {
		clearInterval(this.#ticker);
		this.unwatch();
		this.store.close();
	}

	/** Nodes and machines as they are, for as long as a screen shows them. */
	watch(): void {
		this.unwatch();
		const {store, backend} = this;
		this.#endWatches = [
			backend.watchStatus(rows => {
				store.set({status: {rows, at: this.#clock()}});
			}),
			...this.#watchMachines(),
		];
	}

	watchMachines(): void {
		this.unwatch();
		this.#endWatches = this.#watchMachines();
	}

	unwatch(): void {
		for (const end of this.#endWatches) {
			end();
		}

		this.#endWatches = [];
	}

	async shell(node: string): Promise<void> {
		await this.#attached(this.backend.shellWords(node), uiMessages.shell.entering(node)[this.store.get().language]);
	}

	/** The whole log of a unit, from the disk, in the user's pager. */
	async showLog(unit: string): Promise<void> {
		const {run} = this.store.get().run;
		if (run) {
			await this.showPastLog(run, unit);
		}
	}

	async showPastLog(run: string, unit: string): Promise<void> {
		await this.#attached(this.backend.pagerWords(this.backend.logFile(run, unit)));
	}

	/** A short command beside whatever runs; its last line, or a sentence on its exit code, is shown. */
	async #quietly(command: JobCommand, words: readonly string[], sentence: (code: number) => string | undefined): Promise<void> {
		const said: string[] = [];
		const {ended} = this.backend.start(command, words, {onEvent() {}, onQuestion() {}, onText: line => said.push(line)});
		const code = await ended;
		this.store.set({notice: code === 0 ? sentence(code) ?? said.at(-1) : [sentence(code), said.at(-1)].filter(Boolean).join(': ')});
	}

	#watchMachines(): Array<() => void> {
		return [this.backend.watchMachines(machines => {
			this.store.set({machines});
		})];
	}

	#end(code: number): void {
		const {store} = this;
		const {job, stopping, screens} = store.get();
		const isStopped = stopping === 'stopping' && (job?.command === 'up' || job?.command === 'down');
		clearInterval(this.#ticker);
		this.#job = undefined;
		store.flush();
		store.set({...(job && {job: {...job, isOver: true, code}}), questions: [], stopping: 'no', screens: screens.filter(screen => screen !== 'failure')});
		if (isStopped || this.#isLeaving) {
			this.leave(130);
			return;
		}

		if (job?.command !== 'plan') {
			void this.load();
		}
	}

	async #attached(words: readonly string[], sentence?: string): Promise<void> {
		const [program = '', ...rest] = words;
		await this.#terminal.suspend(async () => {
			if (sentence) {
				process.stdout.write(`${sentence}\n`);
			}

			const child = spawn(program, rest, {stdio: 'inherit'});
			await new Promise<void>(resolve => {
				child.once('error', error => {
					this.store.set({notice: error.message});
					resolve();
				});
				child.once('exit', () => {
					resolve();
				});
			});
		});
	}
}
