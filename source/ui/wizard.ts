import type {Backend, LogEntry} from '../wizard/backend.ts';
import {errorMessage} from './error-message.ts';
import {AnswersForm} from './answers-form.ts';
import {Navigation} from './navigation.ts';
import {ForegroundPrograms, type Suspendable} from './foreground-programs.ts';
import {PageForwarding} from './page-forwarding.ts';
import {BuildPreparation} from './build-preparation.ts';
import type {Store} from './state/store.ts';
import {Polling} from './polling.ts';
import {JobRunner} from './job-runner.ts';
import type {Language} from '../languages/text.ts';

const installWords = ['--only', 'packages'];

/**
 * Milliseconds between two loads of the overview: while another process works on the cluster, and while the welcome screen
 * shows a cluster, which another process may remove.
 */
const lookInterval = {working: 2000, welcome: 5000};

/**
 * The actions of the screens. Those that concern several parts are methods of this class, the others belong to a part.
 * The store holds the state; processes of the backend do the work.
 */
export class Wizard {
	readonly store: Store;
	readonly navigation: Navigation;
	readonly preparation: BuildPreparation;
	readonly answers: AnswersForm;
	readonly work: JobRunner;
	readonly watches: Polling;
	readonly page: PageForwarding;
	readonly programs: ForegroundPrograms;
	/** Resolves with the exit code when the user leaves. */
	readonly left: Promise<number>;
	#backend: Backend | undefined;
	#leave: (code: number) => void = () => {};
	readonly #clock: () => number;
	#isLeaving = false;
	#isClosed = false;
	#nextLook: NodeJS.Timeout | undefined;

	constructor(store: Store, terminal: Suspendable, clock: () => number = Date.now) {
		const backend = () => this.backend;
		this.store = store;
		this.navigation = new Navigation(store, () => this.work);
		this.#clock = clock;
		this.preparation = new BuildPreparation({store, backend, onChange: async () => this.load()});
		this.answers = new AnswersForm(store, backend, this.preparation, this.navigation);
		this.page = new PageForwarding(store, backend);
		this.watches = new Polling(store, backend, clock, async () => this.load());
		this.programs = new ForegroundPrograms(store, backend, terminal);
		this.work = new JobRunner({
			store,
			backend,
			onFailure: () => {
				if (store.get().screens.at(-1) === 'run') {
					this.navigation.go('failure');
				}
			},
			onEnd: (command, isStopped) => {
				if (this.#isLeaving || (isStopped && (command === 'up' || command === 'down'))) {
					this.leave(130);
				} else if (command !== 'plan') {
					this.readMeasurements();
					void this.load();
				}
			},
		});
		this.left = new Promise(resolve => {
			this.#leave = resolve;
		});
	}

	/** Throws a TypeError before `attach`. Only screens that follow the first overview need the backend. */
	get backend(): Backend {
		if (!this.#backend) {
			throw new TypeError('The wizard has nothing behind it yet');
		}

		return this.#backend;
	}

	/** Sets the backend, which is loaded after the first frame is shown. */
	attach(backend: Backend): void {
		this.#backend = backend;
	}

	/** Loads the overview of the cluster, shows an error as `trouble`, and schedules the next load. */
	async load(): Promise<void> {
		clearTimeout(this.#nextLook);
		try {
			const overview = await this.backend.overview();
			this.store.set({overview, trouble: undefined, now: this.#clock()});
		} catch (error) {
			this.store.set({trouble: errorMessage(error, this.store.get().language)});
		}

		const {overview, screens} = this.store.get();
		const interval =
			overview?.past.kind === 'working'
				? lookInterval.working
				: overview?.isBegun && screens.at(-1) === 'welcome'
					? lookInterval.welcome
					: undefined;
		clearTimeout(this.#nextLook);
		if (interval !== undefined && !this.#isClosed) {
			this.#nextLook = setTimeout(() => void this.load(), interval);
		}
	}

	/** The log files of all runs; if they cannot be read, an empty list and a notice. */
	logs(): readonly LogEntry[] {
		try {
			return this.backend.logs();
		} catch (error) {
			this.store.set({notice: errorMessage(error, this.store.get().language)});
			return [];
		}
	}

	readMeasurements(): void {
		try {
			this.store.set({measurements: this.backend.measurements()});
		} catch (error) {
			this.store.set({notice: errorMessage(error, this.store.get().language)});
		}
	}

	/** Opens the removal screen; after the removal, the wizard goes on to a new build in the same place. */
	startOver(): void {
		this.backend.choosePlace(this.store.get().overview?.sandbox ?? false);
		this.navigation.go('removal');
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
					this.work.answer(id, 'all');
				}
			}
		}
	}

	/** Starts a dry run, which shows in the plan what is done already. */
	preview(): void {
		this.work.start('plan');
	}

	async endPreview(): Promise<void> {
		await this.work.endQuietly('plan');
	}

	/** Installs the missing packages now, as a build would do first. */
	async install(): Promise<void> {
		await this.endPreview();
		// Asks nothing: the screen has shown the commands, and the host checks afterwards reveal a failure.
		this.work.start('up', installWords, ({type}) => (type === 'apply' ? 'all' : 'stop'));
	}

	/** Starts the build after the user has accepted the plan. From here on the host is changed. */
	async build(): Promise<void> {
		await this.endPreview();
		try {
			await this.backend.keepAnswers();
			await this.load();
			this.navigation.home('run');
			this.work.start('up');
			this.watches.machines();
		} catch (error) {
			this.store.set({trouble: errorMessage(error, this.store.get().language)});
		}
	}

	/** Ctrl-C: leaves if no job runs. Otherwise the first asks for confirmation, and the second stops the job cleanly. */
	interrupt(): void {
		const {stopping} = this.store.get();
		if (!this.work.isGoingOn) {
			this.leave(0);
		} else if (stopping === 'no') {
			this.store.set({stopping: 'asked'});
		} else if (stopping === 'asked') {
			this.work.stop();
		}
	}

	/** Ends the wizard after a signal; a running job is stopped cleanly first. */
	end(): void {
		this.#isLeaving = true;
		if (this.work.isGoingOn) {
			this.work.stop();
		} else {
			this.leave(130);
		}
	}

	leave(code: number): void {
		this.close();
		this.#leave(code);
	}

	/** Ends all timers, polls and forwarding, which would keep the process alive. */
	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#nextLook);
		this.work.close();
		this.page.close();
		this.watches.end();
		this.store.close();
	}
}
