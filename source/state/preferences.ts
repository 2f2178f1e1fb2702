import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import Conf from 'conf';
import * as z from 'zod';
import {StateDirectory} from './directory.ts';
import {createClustersFolder} from './create-folders.ts';
import {markerFile} from './layout.ts';
import type {InvokingUser} from './owner.ts';
import {unsafeAncestor} from './safe-path.ts';
import {languages} from '../languages/languages.ts';

const preferencesSchema = z.object({
	language: z.enum(languages).optional(),
	/** State directory of the last cluster in use. */
	cluster: z.string().optional(),
	guided: z.boolean().optional(),
	/** Seconds that each unit took when it last changed something, for the estimate of the next build. */
	durations: z.record(z.string(), z.number().nonnegative()).optional(),
});

/** Settings that are remembered for a user between runs. They are a convenience: nothing depends on them. */
export type Preferences = z.infer<typeof preferencesSchema>;

const name = 'preferences';

/** Folder that contains one folder per user; no cluster can have this name. */
export const allPreferences = join(StateDirectory.defaultParent, '.preferences');

/**
 * Path of the preferences file, one per user. It belongs to root, because the program writes it as root. Root's own
 * preferences are in XDG_CONFIG_HOME, if only root can change that folder.
 */
export function preferencesFile({uid}: InvokingUser, environment: NodeJS.ProcessEnv = process.env): string {
	const {XDG_CONFIG_HOME: own} = environment;
	const folder =
		uid === 0 && own && !unsafeAncestor(join(own, name))
			? join(own, 'cluster-wizard')
			: join(allPreferences, String(uid));
	return join(folder, `${name}.json`);
}

/**
 * Whether a cluster other than the one in this state directory may use the preferences: the last one in use, or one in
 * the default folder.
 */
export function hasOtherClusters(owner: InvokingUser, statePath: string): boolean {
	const {cluster} = openPreferences(owner).get();
	const usual = existsSync(StateDirectory.defaultParent)
		? readdirSync(StateDirectory.defaultParent).map(name => join(StateDirectory.defaultParent, name))
		: [];
	return [...usual, ...(cluster === undefined ? [] : [cluster])].some(
		path => path !== statePath && existsSync(join(path, markerFile)),
	);
}

/** Opens the preferences of the owner. An unreadable or invalid file counts as missing. */
export function openPreferences(
	owner: InvokingUser,
	environment: NodeJS.ProcessEnv = process.env,
): {get: () => Preferences; set: (change: Preferences) => void} {
	const folder = dirname(preferencesFile(owner, environment));
	const open = () => new Conf<Preferences>({cwd: folder, configName: name, clearInvalidConfig: true});
	const read = (conf: Conf<Preferences>) => preferencesSchema.safeParse(conf.store).data ?? {};
	return {
		get() {
			try {
				// Conf would create the folder of a missing file.
				return existsSync(preferencesFile(owner, environment)) ? read(open()) : {};
			} catch {
				return {};
			}
		},
		set(change) {
			try {
				createClustersFolder();
				mkdirSync(folder, {recursive: true, mode: 0o700});
				const conf = open();
				conf.store = {...read(conf), ...change};
			} catch {
				// Ignored: on a full disk or a read-only file system, the wizard works without saved preferences.
			}
		},
	};
}
