import {readdirSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {StateDirectory} from '../state/directory.ts';
import type {LogEntry} from './backend.ts';

/** Log files of all runs, newest run first (run ids begin with a timestamp), and last written first within a run. */
export function logEntries(state: StateDirectory): LogEntry[] {
	const folder = state.file('logs');
	return namesIn(folder)
		.flatMap(run =>
			namesIn(join(folder, run))
				.filter(name => name.endsWith('.log'))
				.map(name => {
					const path = join(folder, run, name);
					const {mtimeMs, size} = statSync(path);
					return {run, name: name.slice(0, -'.log'.length), path, at: mtimeMs, size};
				}),
		)
		.toSorted((one, other) => other.run.localeCompare(one.run) || other.at - one.at);
}

/** Valid names in a folder that only root can change; empty if the folder does not exist yet. */
function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).filter(name => /^[\w.-]+$/.test(name));
	} catch {
		return [];
	}
}
