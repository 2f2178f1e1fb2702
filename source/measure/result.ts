import type {SettingValues} from '../cluster/setting.ts';
import type {measuredSettings} from '../cluster/settings.ts';
import type {Prediction} from '../engine/prediction.ts';
import type {Text} from '../languages/text.ts';

/**
 * Outcome of one probe request. `sorry`: a director's sorry page, shown while no web server is available. `wrong-content`:
 * any other answer than the right page. Every outcome except `answered` and `sorry` counts as lost.
 */
export type Outcome = 'answered' | 'sorry' | 'wrong-content' | 'refused' | 'reset' | 'timeout' | 'unreachable';

/** One request of the probe, on a connection of its own. Times in milliseconds. */
export interface ProbeRequest {
	/** Due time since the probe began: a multiple of the interval, whatever happened to earlier requests. */
	readonly at: number;
	/** Delay between `at` and sending. */
	readonly late: number;
	/** Time from sending to the end of the answer or to the error. */
	readonly latency: number;
	readonly outcome: Outcome;
	/** The web server that answered: a node's name. */
	readonly server?: string;
	/** HTTP status, if it is an error. */
	readonly status?: number;
	/** The director that had the VIP's MAC address when the request ended: a node's name. */
	readonly director?: string;
}

/** Record of one probe. */
export interface ProbeRecord {
	/** ISO 8601. */
	readonly began: string;
	/** Milliseconds between two requests, and timeout of one request in milliseconds. */
	readonly interval: number;
	readonly limit: number;
	readonly requests: readonly ProbeRequest[];
	/** Whether the probe's own delay makes its figures invalid, and that delay (95th percentile, milliseconds). */
	readonly isVoid: boolean;
	readonly lateness: number;
}

/** Effect on clients in a span of the record. Instants in milliseconds since the probe began, durations in milliseconds. */
export interface ClientImpact {
	readonly sent: number;
	readonly lost: number;
	/** Longest time between two good answers with lost requests in between; absent if none was lost. No `to`: still lasts. */
	readonly outage?: {readonly from: number; readonly to?: number; readonly duration: number; readonly lost: number};
	/** Time from the start of the span to the last lost request: the measure for faults that only some requests suffer from. */
	readonly affected: number;
	readonly longestLatency: number;
	/** Number of good answers by server and by director. */
	readonly servers: Readonly<Record<string, number>>;
	readonly directors: Readonly<Record<string, number>>;
}

/** How a long-lived connection fared in a span: a kept-alive connection or a slow download. */
export interface HeldConnection {
	readonly kind: 'keep-alive' | 'download';
	readonly survived: boolean;
	/** Longest silence in milliseconds. */
	readonly longestGap: number;
	/** Outcome that ended the connection, if it did not survive. */
	readonly reason?: string;
}

export type Verdict = 'passed' | 'failed' | 'void' | 'interrupted';

export interface PhaseResult {
	readonly title: Text;
	/** When the fault was injected, and when all expectations held: milliseconds since the probe began. */
	readonly injected: number;
	readonly settled?: number;
	readonly effect?: ClientImpact;
	readonly held?: readonly HeldConnection[];
	readonly prediction?: Prediction;
	readonly verdict: Verdict;
	/** Reason of any verdict except `passed`. */
	readonly reason?: string;
}

/** Settings in force, already scaled for emulated VMs: token in milliseconds, the other times in seconds. */
export type Settings = SettingValues<typeof measuredSettings>;

/** Program version and cluster settings that a measurement was made with. */
export interface MeasuredOn {
	readonly version: string;
	readonly acceleration: 'kvm' | 'tcg';
	/** Factor on all timeouts. */
	readonly pace: number;
	readonly place: 'bridge' | 'nat' | 'sandbox';
	readonly guest: {readonly distribution: 'debian' | 'ubuntu'; readonly release: string};
	/** Number of web servers. */
	readonly servers: number;
	readonly content: 'test-page' | 'own';
	/** Size of one disk in MiB. */
	readonly raid: {readonly level: number; readonly disks: number; readonly size: number};
	readonly settings: Settings;
}

/** Result of one run of a verification test. */
export interface DrillResult {
	readonly id: string;
	/** Section and test in the thesis; empty for a test that is not from the thesis. */
	readonly chapter: string;
	readonly title: Text;
	/** Describes the action, the expected result and the reason for it. */
	readonly explanation: Text;
	/** `began` in ISO 8601, `duration` in seconds. */
	readonly began: string;
	readonly duration: number;
	readonly phases: readonly PhaseResult[];
	readonly probe?: ProbeRecord;
	readonly verdict: Verdict;
	readonly reason?: string;
	/** Whether the cluster was restored to its state before the test. */
	readonly restored: boolean;
	/** Absent in files written by versions that did not record it. */
	readonly on?: MeasuredOn;
}

/** Result of one run of ab or siege. `rate` in requests per second. */
export interface LoadSample {
	readonly tool: 'ab' | 'siege';
	readonly requests: number;
	readonly failed: number;
	/** Seconds. */
	readonly duration: number;
	readonly rate: number;
	/** Response times in milliseconds. */
	readonly latency: {readonly mean: number; readonly median?: number; readonly p95?: number; readonly longest: number};
	/** Average number of processors used, by VM and by the whole host (`host`): 0 to the host's number of processors. */
	readonly cpu: Readonly<Record<string, number>>;
}

/** Repetitions of one load against the same servers. */
export interface LoadSeries {
	readonly tool: 'ab' | 'siege';
	/** Number of servers in rotation; 0: requests went directly to one server, without a director. */
	readonly servers: number;
	/** The command as it was run. */
	readonly command: string;
	/** Number of processors of the host, the maximum of `cpu.host`. */
	readonly processors?: number;
	/** Absent in files written by versions that did not record it. */
	readonly on?: MeasuredOn;
	readonly samples: readonly LoadSample[];
}

/** All results of `verify` and `bench` on one cluster: the data of the reports, stored as JSON. */
export interface Measurements {
	/** Version of the program; `at` in ISO 8601. */
	readonly version: string;
	readonly at: string;
	readonly drills: readonly DrillResult[];
	readonly load: readonly LoadSeries[];
}
