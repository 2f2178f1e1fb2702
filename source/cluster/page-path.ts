import type {Cluster} from './cluster.ts';

/** Path of the page that probes request: the root of the user's own pages, or the test page. */
export function pagePath({content}: Pick<Cluster, 'content'>): '/' | '/index.php' {
	return content.kind === 'own' ? '/' : '/index.php';
}
