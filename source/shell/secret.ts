import {inspect} from 'node:util';

/**
 * A value that must not be seen: it has its text only where a command is executed.
 * Everywhere else it shows as `***`, and in a printed script as a variable that the reader must set.
 */
export class Secret {
	/** The shell variable that stands for it in a script, for instance `COROSYNC_AUTHKEY`. */
	readonly name: string;
	readonly #value: string;

	constructor(name: string, value: string) {
		this.name = name;
		this.#value = value;
	}

	reveal(): string {
		return this.#value;
	}

	toString(): string {
		return '***';
	}

	toJSON(): string {
		return '***';
	}

	[inspect.custom](): string {
		return `Secret(${this.name})`;
	}
}
