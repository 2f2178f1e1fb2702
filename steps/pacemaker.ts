import {nodeOf, step} from '../source/engine/step.ts';
import {groupSettled} from '../source/tasks/group.ts';
import {letStart} from '../source/tasks/resources.ts';
import {withoutHandMadeRules} from './lvs.ts';

export const pacemaker = step({
	id: 'pacemaker',
	name: {en: 'Pacemaker', es: 'Pacemaker'},
	chapter: '4.6.2',
	title: {en: 'Pacemaker: the VIPs and ldirectord, on one director or the other', es: 'Pacemaker: las VIP y ldirectord, en un director o en el otro'},
	on: 'director',
	// The proof comes first: here the hand-made rules that it needs are removed.
	needs: ['resources', 'lvs-proof'],
	tasks(cluster, subject) {
		// The other director looks: this one is busy starting the group, and each look costs processor time.
		return nodeOf(subject) === cluster.directors[0] ? [withoutHandMadeRules(cluster), letStart()] : [groupSettled(cluster)];
	},
});
