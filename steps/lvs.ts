import type {Cluster} from '../source/cluster/cluster.ts';
import {sh, withInput} from '../source/shell/command.ts';
import {step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {compareVariables} from '../source/tasks/file-diff.ts';

/** IPVS rules in the format of `ipvsadm-save -n`: round robin, network address translation (`-m`). */
function rulesOf({directors: [master], webs}: Cluster): string {
	const service = `-t ${master.external}:80`;
	return [`-A ${service} -s rr`, ...webs.map(web => `-a ${service} -r ${web.internal}:80 -m -w 1`)].join('\n');
}

export const lvs = step({
	id: 'lvs',
	name: phrase('LVS by hand'),
	chapter: '4.6.1',
	title: phrase('Load balancing by hand, with ipvsadm'),
	on: 'master',
	needs: ['forwarding'],
	supersededBy: 'pacemaker',
	mends: [1418, 1462],
	tasks(cluster) {
		const {external = ''} = cluster.directors[0];
		const rules = rulesOf(cluster);
		const look = sh`
			found=$(ipvsadm -S -n) || exit 2
			found=$(echo "$found" | grep -F ${` -t ${external}:80 `})
		`;
		return [
			{
				title: phrase('Divide what comes to {external}:80 among the web servers', {external}),
				check: sh`
				${look}
				[ "$found" = ${rules} ] || { echo "rules:" "\${found:-none}"; exit 1; }
			`,
				// Not saved for the next boot: from chapter 4.6.2 on, ldirectord manages the table.
				apply: [withInput(sh`ipvsadm -D -t ${`${external}:80`} 2>/dev/null; ipvsadm -R`, `${rules}\n`)],
				compare: sh`
				${look}
				[ -n "$found" ] || exit 0
				wanted=${rules}
				${compareVariables('ipvsadm')}
			`,
			},
		];
	},
});

/** Removes the rules of chapter 4.6.1, which would stay active next to ldirectord's rules. */
export function withoutHandMadeRules({directors: [{external}]}: Cluster): Task {
	const service = `${external}:80`;
	return {
		title: phrase('Remove the rules made by hand for {service}', {service}),
		check: sh`! ipvsadm -S -n | grep -qF ${` -t ${service} `} || { echo ${`there are rules for ${service}`}; exit 1; }`,
		apply: [sh`ipvsadm -D -t ${service}`],
	};
}
