import {readdirSync, statSync} from 'node:fs';
import {ownedResourceSchema, type OwnedResource} from '../engine/resource.ts';
import {imageSuffixes} from './image.ts';

export interface CacheContents {
	/** Images and fetched packages, also those of clusters that are gone; each once. */
	readonly resources: readonly OwnedResource[];
	/** Names of everything else in the folder. */
	readonly foreign: readonly string[];
}

/** Sorts what lies in the image cache by its names. A cache that is not there, or is no folder, is empty. */
export function cacheContents(folder: string): CacheContents {
	const resources = new Map<string, OwnedResource>();
	const foreign: string[] = [];
	for (const entry of statSync(folder, {throwIfNoEntry: false})?.isDirectory() ? readdirSync(folder, {withFileTypes: true}) : []) {
		const suffix = imageSuffixes.find(suffix => entry.name.endsWith(suffix)) ?? '';
		// Only a build's own folder is one; an archive always is.
		const kind = entry.isDirectory() && suffix !== '.building' ? 'archive' : 'image';
		const name = suffix === '' ? entry.name : entry.name.slice(0, -suffix.length);
		const {data} = ownedResourceSchema.safeParse({kind, name, place: 'machine'});
		if (data) {
			resources.set(`${kind} ${name}`, data);
		} else {
			foreign.push(entry.name);
		}
	}

	return {resources: [...resources.values()], foreign};
}
