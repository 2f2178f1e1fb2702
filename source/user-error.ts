import {errorCodes, type ErrorCode} from './error-codes.ts';

/** A sentence for the user, a code for programs and an exit code; never a stack trace. */
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly code: ErrorCode;
	readonly exitCode: number;

	/** @param exitCode where it is not the code's own */
	constructor(code: ErrorCode, message: string, exitCode: number = errorCodes[code].exit) {
		super(message);
		this.code = code;
		this.exitCode = exitCode;
	}
}
