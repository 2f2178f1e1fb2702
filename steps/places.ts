import type {Cluster} from '../source/cluster/cluster.ts';

/** Mount point of the array, on the storage node and over NFS on its clients (path from the thesis). */
export const arrayMount = '/mnt/raid';

/** Apache's document root, a link to the pages' folder. */
export const webRoot = `${arrayMount}/www`;

/** Name of the folder that the web root links to. Contains the digest of the user's own pages: new pages get a new folder. */
export function pagesFolder(content: Cluster['content']): string {
	return content.kind === 'own' ? `content-${content.digest.slice(0, 16)}` : 'content-test';
}

/** File that a web server's health page reads to check that the storage answers. */
export const healthFile = `${arrayMount}/health.txt`;
