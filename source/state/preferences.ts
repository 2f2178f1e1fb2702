import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import Conf from 'conf';
import * as z from 'zod';
import {StateDirectory} from './directory.ts';
import {openClustersFolder} from './made-folders.ts';
import {markerFile} from './layout.ts';
import type {Owner} from './owner.ts';
import {unsafeAncestor} from './safe-path.ts';
import {languages} from '../languages/languages.ts';

const preferencesSchema = z.object({
	language: z.enum(languages).optional(),
	/** State directory of the cluster that was worked on last. */
	cluster: z.string().optional(),
	guided: z.boolean().optional(),
	/** Seconds that each unit took when it last had work to do, for the estimate of the next build. */
	durations: z.record(z.string(), z.number().nonnegative()).optional(),
});

/** Settings that are remembered of a user between runs, for convenience: nothing depends on them. */
export type Preferences = z.infer<typeof preferencesSchema>;

const name = 'preferences';

/** The folder with a folder for each user; no cluster can have this name. */
export const allPreferences = join(StateDirectory.defaultParent, '.preferences');

/**
 * The file they are kept in: root's, as the program that writes it is root, one for each user. Root's own are where
 * XDG_CONFIG_HOME says, if only root can change that place.
 */
export function preferencesFile({uid}: Owner, environment: NodeJS.ProcessEnv = process.env): string {
	const {XDG_CONFIG_HOME: own} = environment;
	const folder = uid === 0 && own && !unsafeAncestor(join(own, name)) ? join(own, 'cluster-wizard') : join(allPreferences, String(uid));
	return join(folder, `${name}.json`);
}

/** Whether another cluster than the one in this state directory may use them: the last one that was worked on, or one in the usual place. */
export function areOthersThere(owner: Owner, statePath: string): boolean {
	const {cluster} = openPreferences(owner).get();
	const usual = existsSync(StateDirectory.defaultParent) ? readdirSync(StateDirectory.defaultParent).map(name => join(StateDirectory.defaultParent, name)) : [];
	return [...usual, ...(cluster === undefined ? [] : [cluster])].some(path => path !== statePath && existsSync(join(path, markerFile)));
}

/** The preferences of the user the program works for. A file that cannot be read or understood counts as missing. */
export function openPreferences(owner: Owner, environment: NodeJS.ProcessEnv = process.env): {get: () => Preferences; set: (change: Preferences) => void} {
	const folder = dirname(preferencesFile(owner, environment));
	const open = () => new Conf<Preferences>({cwd: folder, configName: name, clearInvalidConfig: true});
	const read = (conf: Conf<Preferences>) => preferencesSchema.safeParse(conf.store).data ?? {};
	return {
		get() {
			try {
				// Conf makes the folder of a file that is not there.
				return existsSync(preferencesFile(owner, environment)) ? read(open()) : {};
			} catch {
				return {};
			}
		},
		set(change) {
			try {
				openClustersFolder();
				mkdirSync(folder, {recursive: true, mode: 0o700});
				const conf = open();
				conf.store = {...read(conf), ...change};
			} catch {
				// A full disk or a read-only file system: the wizard works without being remembered.
			}
		},
	};
}
