import type {Role} from '../roles/index.ts';
import type {AskedQuestion} from '../session/ask-wizard.ts';
import type {DrillOverview} from '../drilling/drill-overview.ts';
import type {MoveFacts} from '../drilling/impact-notices.ts';
import type {GroupMembershipChange} from '../planning/groups-to-join.ts';
import type {PlanFigures} from '../planning/plan-figures.ts';
import type {JobEvent} from '../planning/json-event.ts';
import type {Forecast} from '../engine/estimate.ts';
import type {Decision} from '../engine/question.ts';
import type {Language, Text} from '../languages/text.ts';
import type {Measurements, ProbeRequest} from '../measure/result.ts';
import type {StatusRow} from '../measure/status.ts';

export interface UnitOverview {
	readonly id: string;
	readonly step: string;
	readonly chapter: string;
	readonly title: Text;
	/** Short name of the chapter. */
	readonly name: Text;
	/** Node or role that the unit works for; absent if it works for the whole cluster. */
	readonly subject?: string;
	readonly host: string;
	readonly needs: readonly string[];
	readonly tasks: number;
	/** Resources that the unit creates on the host. */
	readonly creates: ReadonlyArray<{readonly kind: string; readonly name: string}>;
}

export interface NodeOverview {
	readonly name: string;
	readonly role: Role;
	readonly vm: string;
	readonly addresses: readonly string[];
}

/** History of this cluster. */
export type ClusterHistory =
	| {readonly kind: 'none'}
	/** Another process works on it: `being built by process 4711 since 10:42`. `isFirst`: the first build is not complete. */
	| {readonly kind: 'working'; readonly text: Text; readonly isFirst: boolean}
	| {
			readonly kind: 'interrupted';
			readonly since: string;
			readonly run: string;
			readonly unit?: string;
			readonly status: 'failed' | 'interrupted' | 'killed';
	  }
	| {readonly kind: 'built'; readonly at: string; readonly run: string};

/** Everything that the screens show about a cluster, whether it exists or not. */
export interface Overview {
	readonly name: string;
	readonly sandbox: boolean;
	/** The cluster exists, so its place (host or sandbox) is fixed. */
	readonly isBegun: boolean;
	readonly stateDirectory: string;
	readonly cache: string;
	readonly nodes: readonly NodeOverview[];
	readonly networks: Readonly<
		Record<'external' | 'internal' | 'heartbeat', {readonly label: string; readonly cidr: string}>
	>;
	readonly vip: {readonly external: string; readonly internal: string};
	/** URL of the page that clients request. */
	readonly page: string;
	readonly nic?: string;
	readonly external: 'bridge' | 'nat' | 'sandbox';
	readonly acceleration: 'kvm' | 'tcg';
	readonly guest: string;
	readonly units: readonly UnitOverview[];
	/** The groups that a user is added to. Membership of libvirt is equivalent to root. Absent if nobody is added. */
	readonly joins?: GroupMembershipChange;
	/** Warnings about answers that are allowed but may be unintended. */
	readonly warnings: readonly Text[];
	/** MiB; `needed` by the machines that are not there yet. */
	readonly memory: {readonly needed: number; readonly available: number};
	/** MiB; how much is needed stands in `figures`. */
	readonly disk: {readonly available: number};
	readonly past: ClusterHistory;
	/** Expected outage when the VIPs and ldirectord move to another director. */
	readonly move: MoveFacts;
	/** Drills that are possible on this cluster, and the benchmarks. */
	readonly drills: readonly DrillOverview[];
	readonly bench: DrillOverview;
	/** Drills that were cut off, whose faults may still be in place. */
	readonly openDrills: readonly string[];
	/** Nodes that are no longer in the answers: `up` removes them with their disks. */
	readonly leaving: readonly string[];
	/** Expected work of the next `up`, with durations from earlier runs. */
	readonly forecast: Forecast;
	/** Time, disk space and download of the next `up`. */
	readonly figures: PlanFigures;
	/** Files that `down` keeps, besides images and packages. */
	readonly keeps: readonly Text[];
	/** What `down` would remove, and what would stay; `isInside` the sandbox. */
	readonly owned: ReadonlyArray<{
		readonly kind: string;
		readonly name: string;
		readonly stays: boolean;
		readonly isInside?: boolean;
	}>;
}

/** One row of the answers form. */
export interface AnswerField {
	readonly path: readonly string[];
	readonly isGroup: boolean;
	readonly about: Text;
	readonly form: Text;
	/** Possible values, if there are only a few; `note` describes a value. */
	readonly options?: ReadonlyArray<{readonly value: string; readonly note?: Text}>;
	/** Chosen, or the default. */
	readonly value: string;
	/** The value that the cluster gets, where that is another one because the machines are emulated. */
	readonly inForce?: string;
	readonly isChosen: boolean;
	readonly problem?: Text;
}

export interface HostCheck {
	readonly title: string;
	/** `would-change`: the check does not pass yet, and the build will fix it. */
	readonly status: 'ok' | 'failed' | 'unknown' | 'would-change';
	readonly reason?: string;
	/** Output of a check that passes, such as the number of processors. */
	readonly found?: string;
	readonly advice?: string;
	/** Commands that fix it, formatted for display. */
	readonly commands?: readonly string[];
}

/** A log file in `logs/<run>/`. */
export interface LogEntry {
	readonly run: string;
	readonly name: string;
	readonly path: string;
	/** Time of the last change, in milliseconds since 1970. */
	readonly at: number;
	/** Size in bytes. */
	readonly size: number;
}

export interface JobHandlers {
	onEvent(event: JobEvent): void;
	onQuestion(question: AskedQuestion): void;
	/** Called for lines that are not events: messages for the user. */
	onText(line: string): void;
}

/** A command of this program that runs in its own process. */
export interface Job {
	readonly ended: Promise<number>;
	answer(id: string, decision: Decision): void;
	/**
	 * Asks the command to stop in order.
	 * @param patience milliseconds after which a read-only command is killed; a command that changes something gets no
	 * limit
	 */
	stop(patience?: number): void;
}

export type JobCommand =
	| 'up'
	| 'plan'
	| 'verify'
	| 'bench'
	| 'down'
	| 'exec'
	| 'support'
	| 'sandbox'
	| 'move'
	| 'stop'
	| 'start'
	| 'report'
	| 'open';

/** Source of the VMs' states. */
export type MachineSource = 'virsh' | '@unraid/libvirt';

export interface MachineStates {
	readonly source: MachineSource;
	/** libvirt's state by VM name: `running`, `shut off`, … */
	readonly states: ReadonlyMap<string, string>;
}

/** Interface between the screens and the rest of the program. Tests replay a recorded one. */
export interface Backend {
	overview(): Promise<Overview>;
	/** Chooses the host or a sandbox; only before the cluster exists. */
	choosePlace(sandbox: boolean): void;
	chooseLanguage(language: Language): void;
	fields(): Promise<readonly AnswerField[]>;
	/** Returns the problem with a value for a key; undefined if the value is valid. */
	problemWith(path: readonly string[], value: string): Promise<Text | undefined>;
	/** Sets a value; `undefined` resets it to the default. */
	change(path: readonly string[], value: string | undefined): Promise<void>;
	/** Writes the answers to a new file. Returns its path. */
	saveAnswers(file: string): Promise<string>;
	/** Called before `up`: saves the form's changes as the cluster's answers. */
	keepAnswers(): Promise<void>;
	checkHost(onCheck: (check: HostCheck) => void, signal: AbortSignal): Promise<void>;
	start(command: JobCommand, words: readonly string[], handlers: JobHandlers): Job;
	/**
	 * Watches the cluster's status, and retries by itself after a failure. Returns a function that stops watching.
	 * @param onFailed called with the reason whenever watching has failed
	 */
	watchStatus(onRows: (rows: readonly StatusRow[]) => void, onFailed: (reason: string) => void): () => void;
	watchMachines(onStates: (states: MachineStates) => void): () => void;
	/** Requests the page once a second, as a client does. Returns a function that stops. */
	watchRequests(onRequest: (request: ProbeRequest) => void): () => void;
	/** Returns all measurements of this cluster. */
	measurements(): Measurements;
	/** Program and arguments that open a shell on a node; `pagerWords`: a log file in a pager. */
	shellWords(node: string): readonly string[];
	pagerWords(file: string): readonly string[];
	logFile(run: string, unit: string): string;
	/** Log files of all runs, newest first. */
	logs(): readonly LogEntry[];
	/** Program and arguments that show a node's own journal in a pager. */
	journalWords(node: string): readonly string[];
	/** Opens a URL in the user's browser, if there is one. */
	browse(url: string): void;
	/** Text of a chapter as Markdown; undefined if there is none. */
	chapter(step: string, language: Language): string | undefined;
	/** Choices that the user made in earlier sessions. */
	remembered(): {language?: Language; guided?: boolean};
	remember(preferences: {guided?: boolean}): void;
}
