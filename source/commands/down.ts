import {lockFolder} from '../cluster/lock-folder.ts';
import {existsSync, rmSync} from 'node:fs';
import {dirname} from 'node:path';
import {locksFolder} from '../engine/trip-script.ts';
import {isCached, type OwnedResource} from '../engine/resource.ts';
import {cacheContents} from '../images/cache-contents.ts';
import {journalMessages} from '../engine/journal-messages.ts';
import {resourceText} from '../engine/resource-names.ts';
import {sessionMessages} from '../session/messages.ts';
import {stateMessages} from '../state/messages.ts';
import {endCache} from '../state/cache.ts';
import {removeEmpty} from '../state/remove-empty.ts';
import {allPreferences, preferencesFile} from '../state/preferences.ts';
import {removeUnitLocks} from '../state/unit-locks.ts';
import {cleanLine} from '../text/clean.ts';
import {resourceLabel} from '../tasks/removal.ts';
import {confirm} from '../session/confirm.ts';
import {withLock} from '../session/lock.ts';
import {moveOldState} from '../session/old-state.ts';
import {keepsPreferences, isInSandbox, keptFiles, ownedResources} from '../planning/kept-files.ts';
import type {CommonOptions} from '../command-line/options.ts';
import {removeOwned} from '../planning/remove.ts';
import {printResult, printWarning} from '../session/print.ts';
import {installedPackages, openSession, type Session} from '../session/session.ts';
import {unreadableParts} from '../session/unreadable.ts';

export interface DownOptions extends CommonOptions {
	readonly yes?: boolean;
	readonly purge?: boolean;
}

const {down: messages} = sessionMessages;

/** Lists and then removes exactly what was created. Returns the exit code. */
export async function down(options: DownOptions, signal: AbortSignal): Promise<number> {
	await moveOldState(options);
	const session = await openSession(options, {save: false, isTolerant: true});
	if (!session.state.marker || (!session.state.holdsCluster && !options.purge)) {
		printResult(messages.nothing[session.language], {});
		return 0;
	}

	return withLock(session, 'down', async () => remove(session, options, signal));
}

async function remove(session: Session, options: DownOptions, signal: AbortSignal): Promise<number> {
	const {journal, language, state, cluster} = session;
	const cache = cacheContents(cluster.paths.cache);
	const owned = ownedResources(session, cache);
	const isWanted = (resource: OwnedResource) => options.purge || !isCached(resource);
	const line = (resource: OwnedResource) => {
		return `  ${resourceText({...resourceLabel(resource, cluster.paths), isInside: isInSandbox(resource, cluster)})[language]}`;
	};

	const unreadable = unreadableParts(journal).map(part => `  ${part[language]}`);
	const packages = installedPackages(session);
	const kept = [
		...owned.filter(resource => !isWanted(resource)).map(resource => line(resource)),
		...(packages.length > 0 ? [`  ${messages.packages[language]} ${packages.join(' ')}`] : []),
		...keptFiles(session, cache, options.purge).map(text => `  ${text[language]}`),
	];
	for (const trouble of session.troubles) {
		printWarning(cleanLine(trouble));
	}

	print([
		// Kept items come first: the packages alone can fill a screen.
		...(kept.length > 0 ? [messages.kept[language], ...kept] : []),
		messages.list[language],
		...owned.filter(resource => isWanted(resource)).map(resource => line(resource)),
		`  ${(options.purge ? messages.stateAndReports : messages.state)[language]} ${state.path}`,
		...(unreadable.length > 0 ? [journalMessages.leftAlone[language], ...unreadable] : []),
	]);
	await confirm({yes: options.yes, language, name: cluster.name});

	// In a sandbox everything on its host ends with it.
	const removable = owned.filter(resource => isWanted(resource) && !isInSandbox(resource, cluster));
	const left = await removeOwned(session, removable, signal);
	if (left.length > 0 || signal.aborted) {
		return signal.aborted ? 130 : 1;
	}

	if (unreadable.length > 0) {
		printWarning([...unreadable, journalMessages.notComplete(journal.path)[language]].join('\n'));
		return 1;
	}

	clearState(session, options);
	const stays = [...state.foreign(), ...(existsSync(state.file('sandbox')) ? [state.file('sandbox')] : [])];
	print([
		stays.length > 0 ? stateMessages.foreignStays(stays)[language] : messages.done[language],
		// Repeats the list of kept items, which has scrolled off the screen by now.
		...(kept.length > 0 ? [messages.kept[language], ...kept] : []),
	]);
	return 0;
}

/** Removes the cluster's state. The journal goes last, so that an interrupted removal can be resumed. */
function clearState(session: Session, {purge = false, stateDir}: DownOptions): void {
	const {state, cluster, owner} = session;
	removeUnitLocks(locksFolder, lockFolder(cluster));
	state.remove(purge ? [] : ['reports']);
	const preferences = preferencesFile(owner);
	if (!keepsPreferences(session, purge)) {
		rmSync(preferences, {force: true});
		for (const folder of [dirname(preferences), allPreferences]) {
			removeEmpty(folder);
		}
	}

	if (purge) {
		endCache(cluster.paths.cache);
	}

	// With --state-dir the parent folder belongs to the user.
	if (stateDir === undefined) {
		removeEmpty(dirname(state.path));
	}
}

function print(lines: readonly string[]): void {
	// Names of foreign files are untrusted text.
	printResult(lines.map(line => cleanLine(line)).join('\n'), {});
}
