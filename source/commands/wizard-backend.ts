import type {Role} from '../cluster/cluster.ts';
import type {AskedQuestion} from './ask-wizard.ts';
import type {DrillOverview} from './drill-overview.ts';
import type {MoveFacts} from './harm-lines.ts';
import type {Joining} from './joining-groups.ts';
import type {PlanFigures} from './plan-figures.ts';
import type {JobEvent} from './json-event.ts';
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
	/** The chapter's short name. */
	readonly name: Text;
	/** The node or the role that it is for; nothing if it is for all. */
	readonly subject?: string;
	readonly host: string;
	readonly needs: readonly string[];
	readonly tasks: number;
	/** What it makes on the host. */
	readonly creates: ReadonlyArray<{readonly kind: string; readonly name: string}>;
}

export interface NodeOverview {
	readonly name: string;
	readonly role: Role;
	readonly vm: string;
	readonly addresses: readonly string[];
}

/** What has happened to this cluster before. */
export type Past =
	| {readonly kind: 'none'}
	/** Another process works on it: `being built by process 4711 since 10:42`. `isFirst`: the cluster has never been whole. */
	| {readonly kind: 'working'; readonly text: Text; readonly isFirst: boolean}
	| {readonly kind: 'interrupted'; readonly since: string; readonly run: string; readonly unit?: string; readonly status: 'failed' | 'interrupted' | 'killed'}
	| {readonly kind: 'built'; readonly at: string; readonly run: string};

/** What is known of a cluster, there or not. */
export interface Overview {
	readonly name: string;
	readonly sandbox: boolean;
	/** Where it is cannot be chosen any more. */
	readonly isBegun: boolean;
	readonly stateDirectory: string;
	readonly cache: string;
	readonly nodes: readonly NodeOverview[];
	readonly networks: Readonly<Record<'external' | 'internal' | 'heartbeat', {readonly label: string; readonly cidr: string}>>;
	readonly vip: {readonly external: string; readonly internal: string};
	/** Address of the page that clients ask for. */
	readonly page: string;
	readonly nic?: string;
	readonly external: 'bridge' | 'nat' | 'sandbox';
	readonly acceleration: 'kvm' | 'tcg';
	readonly guest: string;
	readonly units: readonly UnitOverview[];
	/** The groups that a user joins, libvirt among them, which is as good as being root; nothing if nobody joins one. */
	readonly joins?: Joining;
	/** About answers that are allowed and may not be meant. */
	readonly warnings: readonly Text[];
	/** MiB. */
	readonly memory: {readonly needed: number; readonly available: number};
	/** MiB. */
	readonly disk: {readonly needed: number; readonly available: number};
	readonly past: Past;
	/** Cost of moving the VIPs and ldirectord to a director. */
	readonly move: MoveFacts;
	/** The tests that it can be put to, and the benchmarks. */
	readonly drills: readonly DrillOverview[];
	readonly bench: DrillOverview;
	/** Those whose harm may still be there, because they were cut off. */
	readonly openDrills: readonly string[];
	/** Nodes that are not in the answers any more: `up` removes them with their disks. */
	readonly leaving: readonly string[];
	/** Work expected of the next `up`, with earlier durations of its units. */
	readonly forecast: Forecast;
	/** Time, disk and download that it takes. */
	readonly figures: PlanFigures;
	/** Files that `down` leaves, besides images and packages. */
	readonly keeps: readonly Text[];
	/** What `down` would remove, and what would stay. */
	readonly owned: ReadonlyArray<{readonly kind: string; readonly name: string; readonly stays: boolean}>;
}

/** One row of the form of the answers. */
export interface AnswerField {
	readonly path: readonly string[];
	readonly isGroup: boolean;
	readonly about: Text;
	readonly form: Text;
	/** What it may be, where that is a short list; `note` says what is known of a choice. */
	readonly options?: ReadonlyArray<{readonly value: string; readonly note?: Text}>;
	/** What holds now: chosen, or the default. */
	readonly value: string;
	readonly isChosen: boolean;
	readonly problem?: Text;
}

export interface HostCheck {
	readonly title: string;
	/** `would-change`: it does not hold yet, and the building makes it hold. */
	readonly status: 'ok' | 'failed' | 'unknown' | 'would-change';
	readonly reason?: string;
	readonly advice?: string;
	/** What makes it hold, as it is shown. */
	readonly commands?: readonly string[];
}

/** A file of `logs/<run>/`. */
export interface LogEntry {
	readonly run: string;
	readonly name: string;
	readonly path: string;
	/** Milliseconds since 1970, of its last change. */
	readonly at: number;
	/** Bytes. */
	readonly size: number;
}

export interface JobHandlers {
	onEvent(event: JobEvent): void;
	onQuestion(question: AskedQuestion): void;
	/** What is no event: sentences for the user. */
	onText(line: string): void;
}

/** A command of ours that runs in a process of its own. */
export interface Job {
	readonly ended: Promise<number>;
	answer(id: string, decision: Decision): void;
	/**
	 * Asks it to end in order.
	 * @param patience milliseconds after which a command that only reads is killed; one that changes things is waited for
	 */
	stop(patience?: number): void;
}

export type JobCommand = 'up' | 'plan' | 'verify' | 'bench' | 'down' | 'exec' | 'support' | 'sandbox' | 'move' | 'stop' | 'start' | 'report' | 'open';

/** Where the machines' states are read from. */
export type MachineSource = 'virsh' | '@unraid/libvirt';

export interface MachineStates {
	readonly source: MachineSource;
	/** libvirt's state by its name of the machine: `running`, `shut off`, … */
	readonly states: ReadonlyMap<string, string>;
}

/** All that the screens need of the rest of the program. Tests have one that replays. */
export interface Backend {
	overview(): Promise<Overview>;
	/** Where the cluster is to be; only before it is begun. */
	choosePlace(sandbox: boolean): void;
	chooseLanguage(language: Language): void;
	fields(): Promise<readonly AnswerField[]>;
	/** Why a key cannot have this value; nothing if it can. */
	problemWith(path: readonly string[], value: string): Promise<Text | undefined>;
	/** Chooses a value; `undefined` takes the choice back. */
	change(path: readonly string[], value: string | undefined): Promise<void>;
	/** Writes the answers as a file. Returns its path. */
	saveAnswers(file: string): Promise<string>;
	/** Before `up`: what was changed in the form becomes the cluster's answers. */
	keepAnswers(): Promise<void>;
	checkHost(onCheck: (check: HostCheck) => void, signal: AbortSignal): Promise<void>;
	start(command: JobCommand, words: readonly string[], handlers: JobHandlers): Job;
	/** @param onFailed is told why looking has ended; it begins again by itself */
	watchStatus(onRows: (rows: readonly StatusRow[]) => void, onFailed: (reason: string) => void): () => void;
	watchMachines(onStates: (states: MachineStates) => void): () => void;
	/** Asks for the page as a client does, once a second. */
	watchRequests(onRequest: (request: ProbeRequest) => void): () => void;
	/** What has been measured on this cluster so far. */
	measurements(): Measurements;
	/** The program and its words that open a shell on a node, or the file of a unit's log in a pager. */
	shellWords(node: string): readonly string[];
	pagerWords(file: string): readonly string[];
	logFile(run: string, unit: string): string;
	/** The log files of all runs, newest first. */
	logs(): readonly LogEntry[];
	/** The words that show a node's own journal in a pager. */
	journalWords(node: string): readonly string[];
	/** Opens an address in the user's browser, where there is one. */
	browse(url: string): void;
	/** A chapter's text as Markdown; nothing when it is not there. */
	chapter(step: string, language: Language): string | undefined;
	/** What the user chose in earlier sessions. */
	remembered(): {language?: Language; guided?: boolean};
	remember(preferences: {guided?: boolean}): void;
}
