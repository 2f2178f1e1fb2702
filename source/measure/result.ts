import type {Prediction} from '../engine/prediction.ts';
import type {Text} from '../languages/text.ts';

/**
 * How one request of the probe ended. `sorry`: a director's own page that says that there is no server. `wrong-content`:
 * an answer that none of ours gives. `lost` is whatever is neither `answered` nor `sorry`.
 */
export type Outcome = 'answered' | 'sorry' | 'wrong-content' | 'refused' | 'reset' | 'timeout' | 'unreachable';

/** One request of the probe: one new connection. Times are milliseconds since the probe began. */
export interface ProbeRequest {
	/** When it was due: a multiple of the interval, whatever became of the requests before it. */
	readonly at: number;
	/** How much later than that it was sent. */
	readonly late: number;
	/** From sending it to the end of the answer, or to the error. */
	readonly latency: number;
	readonly outcome: Outcome;
	/** The web server that answered: a node's name. */
	readonly server?: string;
	/** HTTP's status, where it is an error. */
	readonly status?: number;
	/** The director that had the VIP's MAC when it ended: a node's name. */
	readonly director?: string;
}

/** What a probe saw. */
export interface ProbeRecord {
	/** ISO 8601. */
	readonly began: string;
	/** Milliseconds between two requests, and what one may take. */
	readonly interval: number;
	readonly limit: number;
	readonly requests: readonly ProbeRequest[];
	/** Whether the probe itself was so late that its figures say nothing, and how late it was (95th percentile, milliseconds). */
	readonly isVoid: boolean;
	readonly lateness: number;
}

/** How clients fared in a span of the record. Milliseconds since the probe began, durations in milliseconds. */
export interface Effect {
	readonly sent: number;
	readonly lost: number;
	/** The longest time from the last good answer before lost requests to the first good one after them; absent when none was lost. `to` is absent while it lasts. */
	readonly outage?: {readonly from: number; readonly to?: number; readonly duration: number; readonly lost: number};
	/** From the beginning of the span to the last request lost, where requests to some servers are lost and others are answered. */
	readonly affected: number;
	readonly longestLatency: number;
	/** Answers by server and by director. */
	readonly servers: Readonly<Record<string, number>>;
	readonly directors: Readonly<Record<string, number>>;
}

/** What a long connection did in a span: one that is kept alive, or one slow download. */
export interface HeldConnection {
	readonly kind: 'keep-alive' | 'download';
	readonly survived: boolean;
	/** Milliseconds of its longest silence. */
	readonly longestGap: number;
	/** How it ended when it did not survive. */
	readonly reason?: string;
}

export type Verdict = 'passed' | 'failed' | 'void' | 'interrupted';

export interface PhaseResult {
	readonly title: Text;
	/** When it was injected, and when all that was expected held: milliseconds since the probe began. */
	readonly injected: number;
	readonly settled?: number;
	readonly effect?: Effect;
	readonly held?: readonly HeldConnection[];
	readonly prediction?: Prediction;
	readonly verdict: Verdict;
	/** Why it is not `passed`. */
	readonly reason?: string;
}

/** Settings in force, scaled where machines are emulated: token in milliseconds, the other times in seconds. */
export interface Settings {
	readonly failback: boolean;
	readonly sorryPage: boolean;
	readonly token: number;
	readonly monitor: number;
	readonly checkInterval: number;
	readonly checkTimeout: number;
}

/** The program and the cluster that a measurement was made with. */
export interface MeasuredOn {
	readonly version: string;
	readonly acceleration: 'kvm' | 'tcg';
	/** Factor on limits of time. */
	readonly pace: number;
	readonly place: 'bridge' | 'nat' | 'sandbox';
	readonly guest: {readonly distribution: 'debian' | 'ubuntu'; readonly release: string};
	/** How many web servers there were. */
	readonly servers: number;
	readonly content: 'test-page' | 'own';
	/** Size of one disk in MiB. */
	readonly raid: {readonly level: number; readonly disks: number; readonly size: number};
	readonly settings: Settings;
}

/** One test of the verification, once. */
export interface DrillResult {
	readonly id: string;
	/** The thesis's section and test, or empty for one of ours. */
	readonly chapter: string;
	readonly title: Text;
	/** What is done, what is expected and why. */
	readonly explanation: Text;
	/** ISO 8601, and seconds. */
	readonly began: string;
	readonly duration: number;
	readonly phases: readonly PhaseResult[];
	readonly probe?: ProbeRecord;
	readonly verdict: Verdict;
	readonly reason?: string;
	/** Whether the cluster was brought back to how it was found. */
	readonly restored: boolean;
	/** Absent in files of versions that did not keep it. */
	readonly on?: MeasuredOn;
}

/** One run of ab or siege. Rates are requests a second, times milliseconds. */
export interface LoadSample {
	readonly tool: 'ab' | 'siege';
	readonly requests: number;
	readonly failed: number;
	/** Seconds. */
	readonly duration: number;
	readonly rate: number;
	/** Milliseconds a request. */
	readonly latency: {readonly mean: number; readonly median?: number; readonly p95?: number; readonly longest: number};
	/** Part of one processor's time that was used, 0 to the number of processors: of each machine and of the host. */
	readonly cpu: Readonly<Record<string, number>>;
}

/** The same load several times against the same servers. */
export interface LoadSeries {
	readonly tool: 'ab' | 'siege';
	/** How many servers were in rotation; 0: one server asked directly, without a director. */
	readonly servers: number;
	/** The command as it was run. */
	readonly command: string;
	/** How many processors the host has, which `cpu.host` is a part of. */
	readonly processors?: number;
	/** Absent in files of versions that did not keep it. */
	readonly on?: MeasuredOn;
	readonly samples: readonly LoadSample[];
}

/** Everything the verification and the benchmarks measured on one cluster: what the reports are made of, and their JSON. */
export interface Measurements {
	/** The program's version, ISO 8601. */
	readonly version: string;
	readonly at: string;
	readonly drills: readonly DrillResult[];
	readonly load: readonly LoadSeries[];
}
