import {existsSync} from 'node:fs';
import {join} from 'node:path';
import type {OwnedResource} from '../engine/resource.ts';
import type {CacheContents} from '../images/cache-contents.ts';
import {joined, verbatim, type Text} from '../languages/text.ts';
import {sessionMessages} from '../session/messages.ts';
import {tagFile} from '../state/owned-ancestor.ts';
import {hasOtherClusters, preferencesFile} from '../state/preferences.ts';
import type {Session} from '../session/session.ts';

const {down: messages} = sessionMessages;

/**
 * Resources that `down` is about, including leftovers of former clusters in the cache. These come first, because
 * resources are removed in reverse order.
 */
export function ownedResources({journal}: Session, cache: CacheContents): OwnedResource[] {
	return [
		...new Map(
			[...cache.resources, ...journal.owned()].map(resource => [`${resource.kind} ${resource.name}`, resource]),
		).values(),
	];
}

/** Whether a resource is the sandbox's, and not this computer's. */
export function isInSandbox({place}: Pick<OwnedResource, 'place'>, {sandbox}: {readonly sandbox: boolean}): boolean {
	return sandbox && place !== 'machine';
}

/** Whether `down` leaves the user's preferences: always but for `--purge` of the last cluster. */
export function keepsPreferences({owner, state}: Session, purge: boolean): boolean {
	return !purge || hasOtherClusters(owner, state.path);
}

/** Files that `down` keeps, besides images and packages; `down` and the wizard list the same files. */
export function keptFiles(session: Session, cache: Pick<CacheContents, 'foreign'>, purge = false): Text[] {
	const {state, cluster, owner} = session;
	const preferences = preferencesFile(owner);
	const line = (about: Text, path: string): Text => joined([about, verbatim(path)], ' ');
	return [
		...cache.foreign
			.filter(name => name !== tagFile)
			.map(name => line(messages.foreign, join(cluster.paths.cache, name))),
		...(purge || !state.has('reports') ? [] : [line(messages.reports, state.file('reports'))]),
		...(keepsPreferences(session, purge) && existsSync(preferences) ? [line(messages.preferences, preferences)] : []),
		...state.foreign().map(path => line(messages.foreign, path)),
	];
}
