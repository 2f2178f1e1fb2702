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
		return nodeOf(subject) === cluster.directors[0] ? [withoutHandMadeRules(cluster), letStart()] : [groupIsSettled];
	},
});

/**
 * Pacemaker has done all that it wants to do: the group is started where its rules put it. Right after a restart of both
 * directors the group may run on the second one, and goes home when the first is back. Pacemaker's own scheduler says what
 * is left, in the same document as the status. (`crm_resource --wait` sleeps two seconds before it looks.)
 */
export const groupIsSettled = expect({
	en: 'The group of VIPs and ldirectord is started, and Pacemaker has nothing left to do',
	es: 'El grupo de las VIP y ldirectord está en marcha y a Pacemaker no le queda nada por hacer',
}, sh`
	status=$(crm_simulate --live-check --run --output-as=xml 2>&1) || { echo "$status" | head -n 3; exit 1; }
	started=$(echo "$status" | grep -cE '<resource id="(ip-internal|ldirectord1|ip-external)" .*role="Started".*failed="false"')
	[ "$started" = ${members} ] || { echo ${`of ${members} resources started:`} "$started"; exit 1; }
	left=$(echo "$status" | grep -v ' blocked="true"' | sed -n ${String.raw`s/.*<rsc_action action="\([^"]*\)" resource="\([^"]*\)".*/\1 \2/p`})
	[ -z "$left" ] || { echo 'Pacemaker still has to:' $left; exit 1; }
`, {within: 180});
