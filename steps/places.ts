import type {Cluster} from '../source/cluster/cluster.ts';
import {arrayMount} from '../source/roles/storage.ts';

/** Apache's document root, a link to the pages' folder. */
export const webRoot = `${arrayMount}/www`;

/** Name of the folder that the web root links to. Contains the digest of the user's own pages: new pages get a new folder. */
export function pagesFolder(content: Cluster['content']): string {
	return content.kind === 'own' ? `content-${content.digest.slice(0, 16)}` : 'content-test';
}
