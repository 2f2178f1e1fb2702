import {existsSync, readdirSync, rmSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {locksFolder} from '../engine/checks.ts';
import {render, sh} from '../engine/command.ts';
import type {Owned} from '../engine/journal.ts';
import {sessionMessages} from '../messages/session.ts';
import {stateMessages} from '../messages/state.ts';
import {asUser} from '../state/as-user.ts';
import {removeEmpty} from '../state/remove-empty.ts';
import {confirm} from './confirm.ts';
import {withLock} from './lock.ts';
import {commandLine, type CommonOptions} from './options.ts';
import {preferencesFile} from '../state/preferences.ts';
import {removeUnitLocks} from '../state/unit-locks.ts';
import {removeOwned} from './remove.ts';
import {installedPackages, openSession, type Session} from './session.ts';

export interface DownOptions extends CommonOptions {
	readonly yes?: boolean;
	readonly purge?: boolean;
}

const {down: messages} = sessionMessages;

/** Removes exactly what was created, after showing the list. Returns the exit code. */
export async function down(options: DownOptions, signal: AbortSignal): Promise<number> {
	const session = await openSession(options, {save: false, isTolerant: true});
	if (!session.state.marker || (!session.state.holdsCluster && !options.purge)) {
		process.stdout.write(`${messages.nothing[session.language]}\n`);
		return 0;
	}

	return withLock(session, commandLine('down', options), async () => remove(session, options, signal));
}

async function remove(session: Session, options: DownOptions, signal: AbortSignal): Promise<number> {
	const {journal, language, state, cluster} = session;
	const owned = [...wholeCache(session), ...journal.owned()];
	const isWanted = ({cache}: Owned) => options.purge || !cache;
	const name = ({kind, name}: Owned) => `  ${kind} ${name}`;
	const preferences = preferencesFile(session.owner);
	const foreign = state.foreign();
	const packages = installedPackages(session);
	const kept = [
		...owned.filter(item => !isWanted(item)).map(item => name(item)),
		...(packages.length > 0 ? [`  packages ${packages.join(' ')}`] : []),
		...(options.purge || !state.has('reports') ? [] : [`  ${messages.reports[language]} ${state.file('reports')}`]),
		...(options.purge || !existsSync(preferences) ? [] : [`  ${messages.preferences[language]} ${preferences}`]),
		...foreign.map(path => `  ${messages.foreign[language]} ${path}`),
	];
	process.stderr.write(session.troubles.map(trouble => `${trouble}\n`).join(''));
	print([messages.list[language], ...owned.filter(item => isWanted(item)).map(item => name(item)), `  ${messages.state[language]} ${state.path}`, ...(kept.length > 0 ? [messages.kept[language], ...kept] : [])]);
	await confirm({yes: options.yes, language, name: cluster.name});

	// In a sandbox everything on its host ends with it.
	const removable = owned.filter(item => isWanted(item) && (item.place === 'machine' || !cluster.sandbox));
	const left = await removeOwned(session, removable, signal);
	if (left.length > 0 || signal.aborted) {
		return signal.aborted ? 130 : 1;
	}

	clearState(session, options);
	const stays = state.foreign();
	print([stays.length > 0 ? stateMessages.foreignStays(stays)[language] : messages.done[language]]);
	return 0;
}

/** Also what clusters that are gone have left in it. Removed after what the journal knows of it. */
function wholeCache({cluster: {paths: {cache}}}: Session): Owned[] {
	return existsSync(cache) ? [{kind: 'directory', name: cache, place: 'machine', cache: true, remove: render(sh`rm -rf ${cache}`, 'execute'), gone: render(sh`[ ! -e ${cache} ]`, 'execute')}] : [];
}

/** The journal goes last: until then an interrupted removal can go on. */
function clearState({state, cluster, owner}: Session, {purge = false, stateDir}: DownOptions): void {
	removeUnitLocks(locksFolder, cluster.name);
	state.remove(purge ? [] : ['reports']);
	const preferences = preferencesFile(owner);
	if (purge) {
		asUser(owner, () => {
			rmSync(preferences, {force: true});
			removeEmpty(dirname(preferences));
		});
	}

	// With --state-dir the folder above is the user's.
	for (const folder of stateDir === undefined ? [dirname(state.path)] : []) {
		removeEmpty(folder);
	}
}

function print(lines: readonly string[]): void {
	process.stdout.write(`${lines.join('\n')}\n`);
}
