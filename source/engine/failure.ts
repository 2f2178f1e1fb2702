import type {FailureReport} from './event.ts';

/** An expected end: something outside the program did not work. Any other error is a bug of ours. */
export class TaskFailed extends Error {
	override readonly name = 'TaskFailed';
	readonly report: FailureReport;
	/** The node it was done on, where the unit's name does not say it. */
	place?: string;

	constructor(report: FailureReport) {
		super(report.attempted);
		this.report = report;
	}
}

/** The user's signal ended the work. */
export class Interrupted extends Error {
	override readonly name = 'Interrupted';
}

/** Thrown when the journal cannot be written: a full disk, most often. */
export class JournalFailed extends Error {
	override readonly name = 'JournalFailed';
	/** The journal's file, and the system's error, as in Node's own errors. */
	readonly path: string;
	readonly code: string | undefined;

	constructor(path: string, reason: string, code?: string) {
		super(reason);
		this.path = path;
		this.code = code;
	}
}

