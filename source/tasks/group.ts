import type {Cluster, Node} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import {sh, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase, type Text} from '../languages/text.ts';

/** The group of resources and its members, in order, as they stand in the CIB. */
const group = 'web';
const members = ['ip-internal', 'ldirectord1', 'ip-external'];

/** What Pacemaker says of itself, in the variable `facts`; asked on a director that is up. */
function facts(): Command {
	return sh`
		status=$(crm_mon --one-shot --output-as=xml --inactive 2>&1) || { echo "$status" | head -n 3; exit 1; }
		facts=$(echo "$status" | awk ${asset('director/pacemaker-facts.awk')})
	`;
}

/** Both directors belong to the cluster. */
export function bothOnline({directors}: Cluster, within?: number): Task {
	return expect(phrase('Both directors are online'), sh`
		${facts()}
		for name in ${directors.map(({name}) => name)}; do echo "$facts" | grep -qx "online $name" || { echo "$name is not online"; exit 1; }; done
	`, {within});
}

/** The directors belong together even after longer than it takes to lose one. The look lasts that long. */
export function stillTogether(cluster: Cluster): Task {
	const seconds = Math.ceil(cluster.ha.token * 2.2 / 1000) + 1;
	const {check} = bothOnline(cluster);
	return expect(phrase('After {seconds} s both directors are still online', {seconds}), sh`
		sleep ${seconds}
		${check}
	`);
}

/** The whole group runs on this director, and nowhere else. */
export function groupOn({name}: Node, within?: number): Task {
	return expect(phrase('The VIPs and ldirectord are on {name}', {name}), startedOn([name]), {within, advice: phrase('crm_mon -1rf shows where they are and what has failed; crm_resource --resource {group} --move --node {name}, and --clear once they are there, brings them to {name}.', {group, name})});
}

/** The whole group runs on one director, whichever. */
export function groupOnOne({directors}: Cluster, within?: number): Task {
	return expect(phrase('The VIPs and ldirectord are on one director'), startedOn(directors.map(({name}) => name)), {within});
}

function startedOn(names: readonly string[]): Command {
	return sh`
		${facts()}
		found=$(echo "$facts" | grep ' is started on ')
		for name in ${names}; do
			[ "$found" != "$(printf "%s is started on $name\\n" ${members})" ] || exit 0
		done
		echo "\${found:-nothing is started}" | paste -s -d ,
		exit 1
	`;
}

/**
 * The whole group runs, and Pacemaker has nothing left to do. After a restart of both directors the group may start on the
 * second one, and goes home when the first is back: away from home Pacemaker's scheduler is asked what it still wants.
 * (`crm_resource --wait` sleeps two seconds before it looks. The scheduler takes an emulated director a second.)
 */
export function groupSettled({directors, ha: {failback}}: Pick<Cluster, 'directors' | 'ha'>): Task {
	return expect(phrase('The VIPs and ldirectord are started, and Pacemaker has nothing left to do'), sh`
		status=$(crm_mon --one-shot --output-as=xml --inactive 2>&1) || { echo "$status" | head -n 3; exit 1; }
		started=$(echo "$status" | grep -cE ${`<resource id="(${members.join('|')})" .*role="Started".*failed="false"`})
		[ "$started" = ${members.length} ] || { echo ${`of ${members.length} resources started:`} "$started"; exit 1; }
		[ "$(echo "$status" | grep -cE ${`<node name="${failback ? directors[0].name : '[^"]*'}" .*cached=`})" != ${members.length} ] || exit 0
		status=$(crm_simulate --live-check --run --output-as=xml 2>&1) || { echo "$status" | head -n 3; exit 1; }
		left=$(echo "$status" | grep -v ' blocked="true"' | sed -n ${String.raw`s/.*<rsc_action action="\([^"]*\)" resource="\([^"]*\)".*/\1 \2/p`})
		[ -z "$left" ] || { echo 'Pacemaker still has to:' $left; exit 1; }
	`, {within: 180});
}

/** The group is brought to a director; what a move leaves behind is taken away by `heldByNobody`. */
export function broughtTo(director: Node): Task {
	const on = groupOn(director);
	return {
		...on,
		title: phrase('Bring the VIPs and ldirectord to {name}', {name: director.name}),
		// It may have gone there by itself since it was looked at: Pacemaker then refuses the move.
		apply: [sh`crm_resource --resource ${group} --move --node ${director.name} || (${on.check})`],
		within: 60,
	};
}

/** No constraint of an administrator's move holds the group anywhere. */
export function heldByNobody(): Task {
	return {
		title: phrase('Let the group run where its rules put it'),
		check: sh`
			found=$(cibadmin --query --scope constraints) || exit 2
			! echo "$found" | grep -q ${`id="cli-[a-z]*-${group}"`} || { echo 'a move or a ban made by hand is still in force'; exit 1; }
		`,
		apply: [sh`crm_resource --resource ${group} --clear`],
		within: 15,
	};
}

/** Pacemaker remembers no failure of any resource. */
export function withoutFailures(title: Text = phrase('Clean the fail counts')): Task {
	return {
		title,
		check: sh`
			${facts()}
			! echo "$facts" | grep ' has failed ' || exit 1
		`,
		apply: [sh`crm_resource --cleanup`],
		within: 60,
	};
}

/** Where ldirectord writes its process id: named after its configuration file. */
const pidFile = '/run/ldirectord.ldirectord.cf.pid';

/** ldirectord's process is there on a director that has the external VIP. */
export function ldirectordRuns({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(phrase('ldirectord runs on {name}, if the VIP is there', {name}), sh`
		ip -4 -o address | grep -qF ${` ${vip.external}/`} || exit 0
		pid=$(cat ${pidFile} 2>/dev/null); grep -aqs ldirectord "/proc/\${pid:-none}/cmdline" || { echo 'ldirectord does not run'; exit 1; }
	`, {within});
}

/**
 * ldirectord dies, and Pacemaker has counted it as its n-th failure on this director. Kills faster than Pacemaker looks
 * would count once; `ps | grep` would find itself.
 */
export function ldirectordKilled({name}: Node, times: number): Task {
	return {
		title: phrase('Kill ldirectord on {name}, and wait until Pacemaker has counted {times} {times, plural, one {failure} other {failures}}', {name, times}),
		check: sh`
			${facts()}
			times=$(echo "$facts" | sed -n ${`s/^ldirectord1 has failed on ${name}: //p`})
			[ "\${times:-0}" -ge ${times} ] || { echo ${`of ${times} failures of ldirectord on ${name} Pacemaker has counted`} "\${times:-0}"; exit 1; }
		`,
		apply: [sh`
			pid=$(cat ${pidFile} 2>/dev/null); grep -aqs ldirectord "/proc/\${pid:-none}/cmdline" || { echo 'ldirectord does not run'; exit 1; }
			kill -s KILL "$pid"
		`],
		within: 60,
	};
}

/** This director has both VIPs on its NICs, whatever Pacemaker thinks. */
export function holdsVips({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(phrase('{name} has both VIPs', {name}), sh`
		found=$(ip -4 -o address)
		for address in ${[vip.internal, vip.external]}; do
			case $found in *" $address/"*) ;; *) echo ${`${name} does not have`} "$address"; exit 1 ;; esac
		done
	`, {within});
}

/** A director has the VIPs exactly if the group runs there. */
export function vipsFollowGroup({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(phrase('{name} has the VIPs only if the group is there', {name}), sh`
		${facts()}
		found=$(ip -4 -o address)
		name=${name}
		for pair in ${[`ip-internal=${vip.internal}`, `ip-external=${vip.external}`]}; do
			wanted=no; ! echo "$facts" | grep -qx "\${pair%%=*} is started on $name" || wanted=yes
			case $found in *" \${pair#*=}/"*) has=yes ;; *) has=no ;; esac
			[ $wanted = $has ] || { echo "$name: \${pair#*=} there: $has, wanted: $wanted"; exit 1; }
		done
	`, {within});
}
