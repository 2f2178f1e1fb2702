import type {FailureReport} from './event.ts';

/** An expected failure: something outside the program did not work. Any other error is a bug in this program. */
export class TaskFailed extends Error {
	override readonly name = 'TaskFailed';
	readonly report: FailureReport;
	/** The node on which the task ran, if the unit's name does not include it. */
	place?: string;

	constructor(report: FailureReport) {
		super(report.attempted);
		this.report = report;
	}
}

/** Thrown when a signal from the user ended the work. */
export class Interrupted extends Error {
	override readonly name = 'Interrupted';
}

/** Thrown when the journal cannot be written, most often because the disk is full. */
export class JournalFailed extends Error {
	override readonly name = 'JournalFailed';
	/** Path of the journal and the system's error code, named as in Node's own errors. */
	readonly path: string;
	readonly code: string | undefined;

	constructor(path: string, reason: string, code?: string) {
		super(reason);
		this.path = path;
		this.code = code;
	}
}
