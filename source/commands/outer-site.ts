import type {Site} from '../content/site.ts';

/** The environment variable by which the part outside a sandbox tells the part inside, which does not see the folder, what it holds. */
const variable = 'CLUSTER_WIZARD_SITE';

/** Environment of the part inside. */
export function siteEnvironment(site: Pick<Site, 'digest' | 'size'> | undefined): NodeJS.ProcessEnv {
	return {[variable]: site && `${site.digest} ${site.size}`};
}

/** The part outside's view of the folder of the user's own pages; undefined if it did not look, or this is it. */
export function outerSite(environment: NodeJS.ProcessEnv = process.env): Pick<Site, 'digest' | 'size'> | undefined {
	const [, digest, size] = /^([\da-f]{64}) (\d+)$/.exec(environment[variable] ?? '') ?? [];
	return digest === undefined ? undefined : {digest, size: Number(size)};
}
