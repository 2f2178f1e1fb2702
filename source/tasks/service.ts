import {sh, type Command} from '../engine/command.ts';
import type {Task} from '../engine/task.ts';

export interface ServiceOptions {
	/** Files it reads only when it starts: it must have been started after each was last written. */
	readonly reads?: readonly string[];
	/** `disabled` for a service that something else starts (Pacemaker): it must not start at boot. */
	readonly boot?: 'enabled' | 'disabled';
	/** Seconds in which it must be active. */
	readonly within?: number;
}

/**
 * A systemd service that runs, starts at boot, and has read its configuration.
 * Whether it has is seen from its start time and the files' times, so that it holds after an interruption as well.
 */
export function service(name: string, options: ServiceOptions = {}): Task {
	const {reads = [], boot = 'enabled', within = 30} = options;
	const fresh: Command = reads.length === 0 ? sh`:` : sh`
		started=$(date -d "$(systemctl show -P ActiveEnterTimestamp --timestamp=us ${name})" +%s%6N)
		for file in ${reads}; do
			[ "$(stat -c %.6Y "$file" | tr -d .)" -lt "$started" ] || { echo ${`${name} has not read`} "$file"; exit 1; }
		done
	`;
	return {
		title: {en: `Start ${name} and at every boot`, es: `Arrancar ${name} y en cada inicio`},
		check: sh`
			state=$(systemctl is-active ${name}); [ "$state" = active ] || { echo ${`${name} is`} "$state"; exit 1; }
			state=$(systemctl is-enabled ${name} 2>/dev/null); [ "$state" = ${boot} ] || [ "$state" = static ] || { echo ${`${name} is`} "$state"; exit 1; }
			${fresh}
		`,
		apply: [boot === 'enabled' ? sh`systemctl enable --quiet ${name}` : sh`systemctl disable --quiet ${name}`, sh`systemctl restart ${name}`],
		within,
	};
}

/** A service that something else starts, or nothing: it is not started at boot. */
export function notAtBoot(name: string): Task {
	return {
		title: {en: `Do not start ${name} at boot`, es: `No arrancar ${name} en el inicio`},
		check: sh`state=$(systemctl is-enabled ${name} 2>/dev/null); [ "$state" != enabled ] || { echo ${`${name} is`} "$state"; exit 1; }`,
		apply: [sh`systemctl disable --quiet ${name}`],
	};
}
