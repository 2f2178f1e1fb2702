import {pagePath} from '../../cluster/page-path.ts';
import type {Cluster} from '../../cluster/cluster.ts';
import {toTenths, monotonic} from '../clock.ts';
import {probeSettings} from '../probe.ts';
import {request} from '../request.ts';
import type {PageAnswer, PageFacts} from './facts.ts';

/** Maximum number of requests, however many web servers there are. */
const mostRequests = 8;

/** Timeout of a page request in milliseconds. */
export function pageLimit({acceleration}: Pick<Cluster, 'acceleration'>): number {
	return acceleration === 'tcg' ? 30_000 : 10_000;
}

export function pageUrl(cluster: Cluster): string {
	return `http://${cluster.vip.external}${pagePath(cluster)}`;
}

/** Requests the user's page from the external VIP once for each web server: IPVS distributes requests round robin. */
export async function askForPage(cluster: Cluster, {port}: {port?: number} = {}): Promise<PageFacts> {
	const {address, path, judge} = probeSettings(cluster);
	const ask = async (): Promise<PageAnswer> => {
		const sent = monotonic();
		let status: number | undefined;
		const judgement = await request({
			address,
			...(port !== undefined && {port}),
			path,
			limit: pageLimit(cluster),
			judge(answer) {
				({status} = answer);
				return judge(answer);
			},
		});
		return {...judgement, ...(status !== undefined && {status}), latency: toTenths(monotonic() - sent)};
	};

	const answers = await Promise.all(Array.from({length: Math.min(cluster.webs.length, mostRequests)}, ask));
	return {url: pageUrl(cluster), answers};
}
