import {dirname, join} from 'node:path';
import Conf from 'conf';
import * as z from 'zod';
import {asUser} from './as-user.ts';
import type {Owner} from './owner.ts';

const preferencesSchema = z.object({
	language: z.enum(['en', 'es']).optional(),
	/** State directory of the cluster that was worked on last. */
	cluster: z.string().optional(),
	guided: z.boolean().optional(),
	/** Seconds that each unit took when it last had work to do, for the estimate of the next build. */
	durations: z.record(z.string(), z.number().nonnegative()).optional(),
});

/** What is remembered of a user between runs, for convenience: nothing depends on it. */
export type Preferences = z.infer<typeof preferencesSchema>;

/** The file they are kept in. */
export function preferencesFile(owner: Owner, environment: NodeJS.ProcessEnv = process.env): string {
	return join(environment['XDG_CONFIG_HOME'] || join(owner.home, '.config'), 'cluster-wizard', `${name}.json`);
}

const name = 'preferences';

/**
 * The preferences of the user the program works for, read and written with that user's rights. A file that cannot be
 * read or understood counts as missing.
 */
export function openPreferences(owner: Owner, environment: NodeJS.ProcessEnv = process.env): {get: () => Preferences; set: (change: Preferences) => void} {
	const folder = dirname(preferencesFile(owner, environment));
	const open = () => new Conf<Preferences>({cwd: folder, configName: name, clearInvalidConfig: true});
	const read = (conf: Conf<Preferences>) => preferencesSchema.safeParse(conf.store).data ?? {};
	return {
		get() {
			try {
				return asUser(owner, () => read(open()));
			} catch {
				return {};
			}
		},
		set(change) {
			try {
				asUser(owner, () => {
					const conf = open();
					conf.store = {...read(conf), ...change};
				});
			} catch {
				// A full disk or a read-only home: the wizard works without being remembered.
			}
		},
	};
}
