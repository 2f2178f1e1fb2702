import {chownSync, existsSync} from 'node:fs';
import {dirname, join} from 'node:path';
import Conf from 'conf';
import type {Owner} from './directory.ts';

/** What is remembered of a user between runs, for convenience: nothing depends on it. */
export interface Preferences {
	language?: 'en' | 'es';
	/** State directory of the cluster that was worked on last. */
	cluster?: string;
	guided?: boolean;
	/** Seconds that each unit took when it last had work to do, for the estimate of the next build. */
	durations?: Record<string, number>;
}

/** The file they are kept in. */
export function preferencesFile(owner: Owner, environment: NodeJS.ProcessEnv = process.env): string {
	return join(environment['XDG_CONFIG_HOME'] || join(owner.home, '.config'), 'cluster-wizard', `${name}.json`);
}

const name = 'preferences';

/** The preferences of the user the program works for. What cannot be read is as if it had never been there. */
export function openPreferences(owner: Owner, environment: NodeJS.ProcessEnv = process.env): {get: () => Preferences; set: (change: Preferences) => void} {
	const folder = dirname(preferencesFile(owner, environment));
	try {
		const conf = new Conf<Preferences>({cwd: folder, configName: name, clearInvalidConfig: true});
		return {
			get: () => conf.store,
			set(change) {
				try {
					conf.store = {...conf.store, ...change};
					for (const path of [folder, conf.path]) {
						if (process.getuid?.() === 0 && existsSync(path)) {
							chownSync(path, owner.uid, owner.gid);
						}
					}
				} catch {
					// A full disk or a read-only home: the wizard works without being remembered.
				}
			},
		};
	} catch {
		return {get: () => ({}), set() {}};
	}
}
