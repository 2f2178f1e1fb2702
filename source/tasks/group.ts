import type {Cluster, Node} from '../cluster/cluster.ts';
import {asset} from '../assets.ts';
import {sh, type Command} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {expect} from './expect.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Names of the resource group and of its members, in the order of the CIB. */
const group = 'web';
const members = ['ip-internal', 'ldirectord1', 'ip-external'];

/** Sets the shell variable `facts` to Pacemaker's status (see pacemaker-facts.awk). Must run on a director that is up. */
function facts(): Command {
	return sh`
		status=$(crm_mon --one-shot --output-as=xml --inactive 2>&1) || { echo "$status" | head -n 3; exit 1; }
		facts=$(echo "$status" | awk ${asset('director/pacemaker-facts.awk')})
	`;
}

/** Checks that both directors are online in Pacemaker. */
export function bothOnline({directors}: Cluster, within?: number): Task {
	return expect(
		phrase('Both directors are online'),
		sh`
		${facts()}
		for name in ${directors.map(({name}) => name)}; do echo "$facts" | grep -qx "online $name" || { echo "$name is not online"; exit 1; }; done
	`,
		{timeout: within},
	);
}

/** Checks that both directors are online after more than the time in which one would be declared lost; takes that long. */
export function stillTogether(cluster: Cluster): Task {
	const seconds = Math.ceil((cluster.ha.token * 2.2) / 1000) + 1;
	const {check} = bothOnline(cluster);
	return expect(
		phrase('After {seconds} s both directors are still online', {seconds}),
		sh`
		sleep ${seconds}
		${check}
	`,
	);
}

/** Checks that the whole group runs on this director and nowhere else. */
export function groupOn({name}: Node, within?: number): Task {
	return expect(phrase('The VIPs and ldirectord are on {name}', {name}), startedOn([name]), {
		timeout: within,
		advice: phrase(
			'crm_mon -1rf shows where they are and what has failed; crm_resource --resource {group} --move --node {name}, and --clear once they are there, brings them to {name}.',
			{group, name},
		),
	});
}

/** Checks that the whole group runs on one of the directors. */
export function groupOnOne({directors}: Cluster, within?: number): Task {
	return expect(phrase('The VIPs and ldirectord are on one director'), startedOn(directors.map(({name}) => name)), {
		timeout: within,
	});
}

function startedOn(names: readonly string[]): Command {
	return sh`
		${facts()}
		found=$(echo "$facts" | grep ' is started on ')
		most=-1
		for name in ${names}; do
			[ "$found" != "$(printf "%s is started on $name\\n" ${members})" ] || exit 0
			count=0 missing=
			for member in ${members}; do
				if echo "$found" | grep -qx "$member is started on $name"; then
					count=$((count + 1))
				else
					other=$(echo "$found" | sed -n "s/^$member is started on //p" | head -n 1)
					missing="$missing\${missing:+, }$member\${other:+ ($other)}"
				fi
			done
			[ "$count" -le "$most" ] || {
				most=$count
				reason=${`of ${members.length} resources started on`}" $name: $count; missing: $missing"
				[ -n "$missing" ] || reason="not only on $name: $(echo "$found" | grep -v " on $name\$" | sed 's/ is started on / (/; s/$/)/' | paste -s -d , | sed 's/,/, /g')"
			}
		done
		echo "$reason"
		exit 1
	`;
}

/**
 * Checks that the whole group runs and Pacemaker has nothing left to do. After a restart of both directors, the group may
 * start on the second one and return when the first is back (failback). If the group is not on its home director, the check
 * asks Pacemaker's scheduler for pending actions, which takes a second on an emulated director. (`crm_resource --wait`
 * sleeps two seconds before it checks.)
 */
export function groupSettled({directors, ha: {failback}}: Pick<Cluster, 'directors' | 'ha'>): Task {
	return expect(
		phrase('The VIPs and ldirectord are started, and Pacemaker has nothing left to do'),
		sh`
		status=$(crm_mon --one-shot --output-as=xml --inactive 2>&1) || { echo "$status" | head -n 3; exit 1; }
		started=$(echo "$status" | grep -cE ${`<resource id="(${members.join('|')})" .*role="Started".*failed="false"`})
		[ "$started" = ${members.length} ] || { echo ${`of ${members.length} resources started:`} "$started"; exit 1; }
		[ "$(echo "$status" | grep -cE ${`<node name="${failback ? directors[0].name : '[^"]*'}" .*cached=`})" != ${members.length} ] || exit 0
		status=$(crm_simulate --live-check --run --output-as=xml 2>&1) || { echo "$status" | head -n 3; exit 1; }
		left=$(echo "$status" | grep -v ' blocked="true"' | sed -n ${String.raw`s/.*<rsc_action action="\([^"]*\)" resource="\([^"]*\)".*/\1 \2/p`})
		[ -z "$left" ] || { echo 'Pacemaker still has to:' $left; exit 1; }
	`,
		{timeout: 180},
	);
}

/** Moves the group to a director. The constraint that the move leaves behind is removed by `heldByNobody`. */
export function groupMovedTo(director: Node): Task {
	const on = groupOn(director);
	return {
		...on,
		title: phrase('Bring the VIPs and ldirectord to {name}', {name: director.name}),
		// The group may have moved there by itself since the check: Pacemaker then refuses the move.
		apply: [sh`crm_resource --resource ${group} --move --node ${director.name} || (${on.check})`],
		timeout: 60,
	};
}

/** Removes constraints on the group left by a manual move or ban. */
export function moveConstraintsCleared(): Task {
	return {
		title: phrase('Let the group run where its rules put it'),
		check: sh`
			found=$(cibadmin --query --scope constraints) || exit 2
			! echo "$found" | grep -q ${`id="cli-[a-z]*-${group}"`} || { echo 'a move or a ban made by hand is still in force'; exit 1; }
		`,
		apply: [sh`crm_resource --resource ${group} --clear`],
		timeout: 15,
	};
}

/** Clears the failures of all resources that Pacemaker remembers. */
export function withoutFailures(title: Text = phrase('Clean the fail counts')): Task {
	return {
		title,
		check: sh`
			${facts()}
			! echo "$facts" | grep ' has failed ' || exit 1
		`,
		apply: [sh`crm_resource --cleanup`],
		timeout: 60,
	};
}

/** ldirectord's PID file, named after its configuration file. */
const pidFile = '/run/ldirectord.ldirectord.cf.pid';

/** Checks that ldirectord runs if this director has the external VIP. */
export function ldirectordRuns({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(
		phrase('ldirectord runs on {name}, if the VIP is there', {name}),
		sh`
		ip -4 -o address | grep -qF ${` ${vip.external}/`} || exit 0
		pid=$(cat ${pidFile} 2>/dev/null); grep -aqs ldirectord "/proc/\${pid:-none}/cmdline" || { echo 'ldirectord does not run'; exit 1; }
	`,
		{timeout: within},
	);
}

/**
 * Kills ldirectord and waits until Pacemaker has counted its n-th failure on this director. Several kills between two
 * monitor operations would count as one failure. Uses the PID file, since `ps | grep` would find itself.
 */
export function ldirectordKilled({name}: Node, times: number): Task {
	return {
		title: phrase(
			'Kill ldirectord on {name}, and wait until Pacemaker has counted {times} {times, plural, one {failure} other {failures}}',
			{name, times},
		),
		check: sh`
			${facts()}
			times=$(echo "$facts" | sed -n ${`s/^ldirectord1 has failed on ${name}: //p`})
			[ "\${times:-0}" -ge ${times} ] || { echo ${`of ${times} failures of ldirectord on ${name} Pacemaker has counted`} "\${times:-0}"; exit 1; }
		`,
		apply: [
			sh`
			pid=$(cat ${pidFile} 2>/dev/null); grep -aqs ldirectord "/proc/\${pid:-none}/cmdline" || { echo 'ldirectord does not run'; exit 1; }
			kill -s KILL "$pid"
		`,
		],
		timeout: 60,
	};
}

/** Checks that this director has both VIPs on its NICs, whatever Pacemaker reports. */
export function holdsVips({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(
		phrase('{name} has both VIPs', {name}),
		sh`
		found=$(ip -4 -o address)
		for address in ${[vip.internal, vip.external]}; do
			case $found in *" $address/"*) ;; *) echo ${`${name} does not have`} "$address"; exit 1 ;; esac
		done
	`,
		{timeout: within},
	);
}

/** Checks that a director has each VIP if and only if Pacemaker runs that VIP's resource there. */
export function vipsFollowGroup({vip}: Cluster, {name}: Node, within?: number): Task {
	return expect(
		phrase('{name} has the VIPs only if the group is there', {name}),
		sh`
		${facts()}
		found=$(ip -4 -o address)
		name=${name}
		for pair in ${[`ip-internal=${vip.internal}`, `ip-external=${vip.external}`]}; do
			wanted=no; ! echo "$facts" | grep -qx "\${pair%%=*} is started on $name" || wanted=yes
			case $found in *" \${pair#*=}/"*) has=yes ;; *) has=no ;; esac
			[ $wanted = $has ] || { echo "$name: \${pair#*=} there: $has, wanted: $wanted"; exit 1; }
		done
	`,
		{timeout: within},
	);
}
