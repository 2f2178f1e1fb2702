import {thesisDefaults, type Defaults} from '../../source/answers/defaults.ts';
import {AnswersDraft} from '../../source/wizard/answers.ts';
import {sessionMessages} from '../../source/session/messages.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {noHistory, type Forecast} from '../../source/engine/estimate.ts';
import type {EventBody} from '../../source/engine/event.ts';
import type {Decision} from '../../source/engine/question.ts';
import type {AskedQuestion} from '../../source/session/ask-wizard.ts';
import {drillOverview, applicableDrills} from '../../source/drilling/drill-overview.ts';
import {moveFacts} from '../../source/drilling/move-facts.ts';
import {figuresOf} from '../../source/planning/plan-figures.ts';
import {subjectOf} from '../../source/wizard/overview.ts';
import type {PlanBody, ResultBody, UpFinished} from '../../source/planning/json-event.ts';
import type {Backend, HostCheck, JobHandlers, LogEntry, MachineStates, Overview} from '../../source/wizard/backend.ts';
import type {Measurements, ProbeRequest} from '../../source/measure/result.ts';
import type {StatusRow} from '../../source/measure/status.ts';
import {pageUrl} from '../../source/measure/health/page.ts';
import {resourceLabel} from '../../source/tasks/removal.ts';
import type {Answers} from '../../source/answers/schema.ts';
import {benchDrill} from '../../steps/drills/bench.ts';
import {steps} from '../../steps/index.ts';
import {testCluster, testFacts, withoutCache} from '../cluster-fixture.ts';

/** A moment in every test: nothing on a screen depends on when it was made. */
export const testTime = Date.parse('2026-01-02T12:00:00.000Z');

const known = new Map<string, Overview>();

/** The default cluster as the screens see it. Its plan takes longer than a screen: it is made once for the same answers. */
export function testOverview(change: Partial<Overview> = {}, answers: Answers = {}): Overview {
	const key = JSON.stringify(answers);
	const overview = known.get(key) ?? overviewOf(answers);
	known.set(key, overview);
	return {...overview, ...change};
}

function overviewOf(answers: Answers): Overview {
	const cluster = testCluster(answers);
	const plan = makePlan(cluster, steps);
	const forecast: Forecast = {
		units: plan.map(({id, step, needs, stage}) => ({id, step: step.id, needs, stage})),
		history: noHistory,
		expected: new Map(),
		acceleration: 'kvm',
	};
	return {
		name: cluster.name,
		sandbox: true,
		isBegun: false,
		stateDirectory: cluster.paths.state,
		cache: cluster.paths.cache,
		nodes: cluster.nodes.map(({name, role, vm, nics}) => ({
			name,
			role,
			vm,
			addresses: nics.map(({address}) => address),
		})),
		networks: cluster.networks,
		vip: cluster.vip,
		page: pageUrl(cluster),
		external: 'sandbox',
		acceleration: 'kvm',
		guest: 'Debian bookworm',
		units: plan.map(({id, step, place, needs, tasks, subject}) => ({
			id,
			step: step.id,
			chapter: step.chapter,
			title: step.title,
			name: step.name!,
			...subjectOf(subject),
			host: place,
			needs,
			tasks: tasks.length,
			creates: tasks
				.flatMap(task => task.creates ?? [])
				.map(resource => resourceLabel(resource, cluster.paths))
				.map(({kind, name}) => ({kind, name: name.replace(/-[\da-f]{12}\./, '-0123456789ab.')})),
		})),
		warnings: [],
		memory: {needed: 3456, available: 12_000},
		disk: {available: 65_000},
		past: {kind: 'none'},
		move: moveFacts(cluster),
		drills: applicableDrills(cluster).map(drill => drillOverview(drill, cluster)),
		bench: drillOverview(benchDrill, cluster),
		openDrills: [],
		leaving: [],
		forecast,
		figures: figuresOf({cluster: withoutCache(cluster), plan, language: 'en', journal: {owned: () => []}}, forecast),
		keeps: [],
		owned: [],
	};
}

/** A backend that does nothing of its own: a test says what its jobs tell. */
export class FakeBackend implements Backend {
	view: Overview;
	checks: HostCheck[] = [];
	rows: StatusRow[] = [];
	machines: MachineStates | undefined;
	requests: ProbeRequest[] = [];
	kept: Measurements = {version: '0.1.0', at: '2026-01-02T11:30:00.000Z', drills: [], load: []};
	chapters = new Map<string, string>();
	readonly started: string[] = [];
	readonly answers: Array<[string, Decision]> = [];
	readonly remembering: unknown[] = [];
	changes: Array<[string, string | undefined]> = [];
	stops = 0;
	logFiles: LogEntry[] = [];
	readonly browsed: string[] = [];
	/** Proposal for answers that are not chosen. */
	proposal: Defaults = thesisDefaults;
	/** Names of files that are there already. */
	existing: string[] = [];
	/** How long the program behind the answers takes. */
	delay: () => Promise<void> = async () => {};
	readonly #draft = new AnswersDraft('', '/home/student');
	#handlers: JobHandlers | undefined;
	#end: (code: number) => void = () => {};

	constructor(view: Overview = testOverview()) {
		this.view = view;
	}

	async overview() {
		return this.view;
	}

	choosePlace(sandbox: boolean) {
		this.view = {...this.view, sandbox};
	}

	chooseLanguage() {}

	async fields() {
		await this.delay();
		return this.#draft.fields(testFacts, this.proposal);
	}

	async problemWith(path: readonly string[], value: string) {
		await this.delay();
		return this.#draft.problemWith(path, value, this.proposal);
	}

	async change(path: readonly string[], value: string | undefined) {
		await this.delay();
		this.changes.push([path.join('.'), value]);
		this.#draft.change(path, value);
	}

	async saveAnswers(file: string) {
		if (this.existing.includes(file)) {
			throw new Error(
				sessionMessages.cannotWrite(`/home/student/${file}`, 'student', {code: 'EEXIST', message: ''}).en,
			);
		}

		return `/home/student/${file}`;
	}

	async keepAnswers() {}

	async checkHost(onCheck: (check: HostCheck) => void) {
		for (const check of this.checks) {
			onCheck(check);
		}
	}

	start(command: string, words: readonly string[], handlers: JobHandlers) {
		this.started.push([command, ...words].join(' '));
		this.#handlers = handlers;
		const ended = new Promise<number>(resolve => {
			this.#end = resolve;
		});
		return {
			ended,
			answer: (id: string, decision: Decision) => {
				this.answers.push([id, decision]);
			},
			stop: () => {
				this.stops++;
				this.#end(130);
			},
		};
	}

	/** Ends the look at the cluster, as a command that fails. */
	failLook: (reason: string) => void = () => {};
	watchStatus(onRows: (rows: readonly StatusRow[]) => void, onFailed: (reason: string) => void) {
		this.failLook = onFailed;
		if (this.rows.length > 0) {
			onRows(this.rows);
		}

		return () => {};
	}

	watchMachines(onStates: (states: MachineStates) => void) {
		if (this.machines) {
			onStates(this.machines);
		}

		return () => {};
	}

	watchRequests(onRequest: (request: ProbeRequest) => void) {
		for (const request of this.requests) {
			onRequest(request);
		}

		return () => {};
	}

	measurements() {
		return this.kept;
	}

	shellWords(node: string) {
		return ['true', node];
	}

	pagerWords(file: string) {
		return ['true', file];
	}

	logFile(run: string, unit: string) {
		return `/logs/${run}/${unit}.log`;
	}

	chapter(step: string) {
		return this.chapters.get(step);
	}

	logs() {
		return this.logFiles;
	}

	journalWords(node: string) {
		return ['true', 'journal', node];
	}

	browse(url: string) {
		this.browsed.push(url);
	}

	remembered() {
		return {};
	}

	remember(change: unknown) {
		this.remembering.push(change);
	}

	/** What the running job tells, `seconds` after the beginning of the test. */
	tell(seconds: number, body: EventBody | ResultBody | PlanBody | UpFinished) {
		this.#handlers!.onEvent(at(seconds, body));
	}

	ask(question: AskedQuestion) {
		this.#handlers!.onQuestion(question);
	}

	say(line: string) {
		this.#handlers!.onText(line);
	}

	async end(code: number) {
		this.#end(code);
		await new Promise(setImmediate);
	}

	/** All units announced, as a run begins. */
	announce() {
		this.tell(0, {
			type: 'run-started',
			run: 'r1',
			command: 'cluster-wizard up',
			cluster: 'web',
			steps: this.view.units.map(({id, step, host, tasks}) => ({unit: id, step, host, tasks})),
		});
	}
}

export function at<Body extends EventBody | ResultBody | PlanBody | UpFinished>(
	seconds: number,
	body: Body,
): Body & {time: string} {
	return {time: new Date(testTime + seconds * 1000).toISOString(), ...body};
}
