/** A sentence for the user and an exit code; never a stack trace. */
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly exitCode: number;

	constructor(message: string, exitCode: number) {
		super(message);
		this.exitCode = exitCode;
	}
}
