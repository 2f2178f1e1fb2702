import {inspect} from 'node:util';

/**
 * A confidential value. Its text is revealed only when a command is executed. Elsewhere it appears as `***`, and in a
 * printed script as a variable that the reader must set.
 */
export class Secret {
	/** Shell variable that replaces the value in a script, for instance `COROSYNC_AUTHKEY`. */
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
