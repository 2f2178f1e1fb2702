import type {Cluster} from './cluster.ts';

/** The path that clients ask for: the root of the user's own pages, or the test page. */
export function pagePath({content}: Pick<Cluster, 'content'>): '/' | '/index.php' {
	return content.kind === 'own' ? '/' : '/index.php';
}
