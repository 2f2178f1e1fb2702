import type {Site} from '../content/site.ts';

/**
 * Environment variable that describes the folder of the user's pages. The process outside a sandbox sets it for the one
 * inside, which cannot see the folder.
 */
const variable = 'CLUSTER_WIZARD_SITE';

/** Environment for the process inside. */
export function siteEnvironment(site: Pick<Site, 'digest' | 'size'> | undefined): NodeJS.ProcessEnv {
	return {[variable]: site && `${site.digest} ${site.size}`};
}

/**
 * Description of the folder of the user's pages, as read by the process outside; undefined if it did not read the
 * folder, or if this is the process outside.
 */
export function hostSite(environment: NodeJS.ProcessEnv = process.env): Pick<Site, 'digest' | 'size'> | undefined {
	const [, digest, size] = /^([\da-f]{64}) (\d+)$/.exec(environment[variable] ?? '') ?? [];
	return digest === undefined ? undefined : {digest, size: Number(size)};
}
