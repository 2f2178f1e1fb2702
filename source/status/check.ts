import type {Cluster} from '../cluster/cluster.ts';
import type {Language} from '../languages/text.ts';
import type {ClusterFacts} from '../measure/health/facts.ts';
import {healthSummary} from '../measure/health/health.ts';
import {slowLimit} from '../measure/health/judge-page.ts';
import {filesystemLimits} from '../measure/health/judge-machines.ts';
import {pageLimit} from '../measure/health/page.ts';
import {usedFraction} from '../measure/health/parse-system.ts';
import {cleanLine} from '../text/clean.ts';
import type {StatusResult} from '../session/cluster-health.ts';

/**
 * Status words and exit codes of a monitoring plugin (Monitoring Plugins Development Guidelines, "Plugin Return
 * Codes").
 */
const plugin = {ok: ['OK', 0], degraded: ['WARNING', 1], down: ['CRITICAL', 2]} as const;

/** Exit code of a plugin that could not check anything. */
export const pluginUnknownCode = 3;

/** Formats one line for Nagios-compatible monitors, `CLUSTER OK - text | performance data`, with the exit code. */
export function checkLine(
	cluster: Cluster,
	{health, facts}: StatusResult,
	language: Language,
): {line: string; code: number} {
	const [word, code] = plugin[health.state];
	const data = facts ? ` | ${performanceData(cluster, facts, health.troubles.length)}` : '';
	return {line: `CLUSTER ${word} - ${plain(healthSummary(health, language))}${data}`, code};
}

/** Formats the line of a check that failed. */
export function pluginUnknownLine(reason: string): string {
	return `CLUSTER UNKNOWN - ${plain(reason)}`;
}

/** Replaces `|`, which separates text from performance data. */
function plain(text: string): string {
	return cleanLine(text).replaceAll('|', '/');
}

/** `'label'=value[unit];[warn];[crit];[min];[max]`, separated by blanks; a range `3:` warns below 3. */
function performanceData(cluster: Cluster, {page, nodes}: ClusterFacts, troubles: number): string {
	const right = page.answers.filter(({outcome}) => outcome === 'answered');
	const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);
	const servers = serversInRotation(cluster, {nodes});
	const used = Math.max(0, ...[...nodes.values()].flatMap(({filesystems = []}) => filesystems.map(usedFraction)));
	const percent = (part: number) => Math.floor(part * 100);
	return [
		...(right.length > 0
			? [
					`time=${seconds(Math.max(...right.map(({latency}) => latency)))}s;${seconds(slowLimit(cluster))};;0;${seconds(pageLimit(cluster))}`,
				]
			: []),
		`answered=${right.length};${page.answers.length}:;1:;0;${page.answers.length}`,
		...(servers === undefined ? [] : [`servers=${servers};${cluster.webs.length}:;1:;0;${cluster.webs.length}`]),
		`nodes=${nodes.size};${cluster.nodes.length}:;;0;${cluster.nodes.length}`,
		...(nodes.size > 0
			? [`disk=${percent(used)}%;${percent(filesystemLimits.filling)};${percent(filesystemLimits.full)};0;100`]
			: []),
		`troubles=${troubles};0;;0`,
	].join(' ');
}

/** Number of web servers in rotation on the director that has the VIP; undefined if unknown. */
export function serversInRotation(
	{vip, directors, webs}: Cluster,
	{nodes}: Pick<ClusterFacts, 'nodes'>,
): number | undefined {
	const active = directors
		.map(({name}) => nodes.get(name)?.director)
		.find(facts => facts?.addresses?.has(vip.external));
	const servers =
		active?.services?.find(({service}) => service === `${vip.external}:80`)?.servers ?? (active?.services && []);
	return servers?.filter(({address, weight}) => weight > 0 && webs.some(({internal}) => address === `${internal}:80`))
		.length;
}
