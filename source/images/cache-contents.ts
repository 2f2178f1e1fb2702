import {readdirSync, statSync} from 'node:fs';
import {ownedResourceSchema, type OwnedResource} from '../engine/resource.ts';
import {imageSuffixes} from './image.ts';

export interface CacheContents {
	/** Images and downloaded packages, including those of removed clusters, without duplicates. */
	readonly resources: readonly OwnedResource[];
	/** Names of everything else in the folder. */
	readonly foreign: readonly string[];
}

/** Classifies the files in the image cache by name. A cache that does not exist or is no folder counts as empty. */
export function cacheContents(folder: string): CacheContents {
	const resources = new Map<string, OwnedResource>();
	const foreign: string[] = [];
	for (const entry of statSync(folder, {throwIfNoEntry: false})?.isDirectory()
		? readdirSync(folder, {withFileTypes: true})
		: []) {
		const suffix = imageSuffixes.find(suffix => entry.name.endsWith(suffix)) ?? '';
		// An archive is always a folder; an image never is, except for the folder of its build.
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
