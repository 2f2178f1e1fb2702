/** An expected error: a message for the user and an exit code, printed without a stack trace. */
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly exitCode: number;

	constructor(message: string, exitCode: number) {
		super(message);
		this.exitCode = exitCode;
	}
}
