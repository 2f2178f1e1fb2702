import {sh} from '../source/engine/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import {expect} from '../source/tasks/expect.ts';
import {letStart} from '../source/tasks/resources.ts';
import {withoutHandMadeRules} from './lvs.ts';

const members = 3;

export const pacemaker = step({
	id: 'pacemaker',
	chapter: '4.6.2',
	title: {en: 'Pacemaker: the VIPs and ldirectord, on one director or the other', es: 'Pacemaker: las VIP y ldirectord, en un director o en el otro'},
	on: 'director',
	// The proof comes first: here the hand-made rules that it needs are removed.
	needs: ['resources', 'lvs-proof'],
	tasks(cluster, subject) {
		// The other director looks: this one is busy starting the group, and each look costs processor time.
		return nodeOf(subject) === cluster.directors[0] ? [withoutHandMadeRules(cluster), letStart()] : [groupIsStarted];
	},
});

const groupIsStarted = expect({en: 'The group of VIPs and ldirectord is started', es: 'El grupo de las VIP y ldirectord está en marcha'}, sh`
	status=$(crm_mon --one-shot --output-as=xml --inactive) || exit 1
	started=$(echo "$status" | grep -cE '<resource id="(ip-internal|ldirectord1|ip-external)" .*role="Started".*failed="false"')
	[ "$started" = ${members} ] || { echo ${`of ${members} resources started:`} "$started"; exit 1; }
`, {within: 120});
