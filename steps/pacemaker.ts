import {nodeOf, step} from '../source/engine/step.ts';
import {phrase} from '../source/languages/text.ts';
import {groupSettled} from '../source/tasks/group.ts';
import {enableResources} from '../source/tasks/resources.ts';
import {withoutHandMadeRules} from './lvs.ts';

export const pacemaker = step({
	id: 'pacemaker',
	name: phrase('Pacemaker'),
	chapter: '4.6.2',
	title: phrase('Pacemaker: the VIPs and ldirectord, on one director or the other'),
	on: 'director',
	// `lvs-proof` needs the manual IPVS rules, which this step removes.
	needs: ['resources', 'lvs-proof'],
	tasks(cluster, subject) {
		// The second director checks: the first one is busy starting the group, and each check costs processor time.
		return nodeOf(subject) === cluster.directors[0]
			? [withoutHandMadeRules(cluster), enableResources()]
			: [groupSettled(cluster)];
	},
});
