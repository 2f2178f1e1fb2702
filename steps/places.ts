import type {Cluster} from '../source/cluster/cluster.ts';

/** Where the array is mounted: on the storage node itself, and over NFS on all that use it (the thesis's path). */
export const arrayMount = '/mnt/raid';

/** What Apache serves. */
export const webRoot = `${arrayMount}/www`;

/** The folder beside the web root that it leads to: named after the user's own pages, so that others have another name. */
export function pagesFolder(content: Cluster['content']): string {
	return content.kind === 'own' ? `content-${content.digest.slice(0, 16)}` : 'content-test';
}

/** The file that a web server reads to know that its storage answers. */
export const healthFile = `${arrayMount}/health.txt`;
