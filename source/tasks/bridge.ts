import {dirname} from 'node:path';
import {asset} from '../assets.ts';
import type {Cluster} from '../cluster/cluster.ts';
import type {EditedFile} from '../host/uplink/uplink.ts';
import {sh, withInput, withLimit, type Command} from '../shell/command.ts';
import type {Removal, ResourceOf} from '../engine/resource.ts';
import type {Task} from '../engine/task.ts';
import {bridgeChange} from './bridge-change.ts';
import {phrase, type Text} from '../languages/text.ts';

export interface BridgeOptions {
	/** Seconds after which the former configuration is restored automatically. */
	readonly patience?: number;
}

/**
 * Makes the host's wired NIC a port of the external bridge, with STP off. The former configuration is saved first. A
 * systemd timer restores it unless the gateway, the addresses and the SSH clients from before the change are reachable
 * again. A suitable bridge that exists already is used as it is.
 */
export function bridgeTask(cluster: Cluster, {patience = 90}: BridgeOptions = {}): Task {
	const {label: bridge, uuid} = cluster.networks.external;
	const {nic = '', renderer = 'none', uplink} = cluster.host;
	const change = bridgeChange(cluster);
	const title = phrase('Make {nic} a port of the bridge {bridge}', {nic, bridge});
	if ('refusal' in change) {
		return {
			title,
			check: checkBridge({
				bridge,
				nic,
				uuid,
				paths: [],
				absent: sh`echo ${`${bridge}: missing. ${change.refusal.en}`}; exit 2`,
			}),
			advice: change.refusal,
		};
	}

	const here = folderOf(bridge);
	const {edited, added} = change;
	const paths = [...edited, ...added].map(({path}) => path);
	const manifest = manifestOf(edited);
	const unchanged = sh`
		[ -z ${manifest} ] || echo ${manifest} | sha256sum -c --status || { echo 'the network configuration is no longer the one that was read at the first run'; exit 2; }
		for path in ${added.map(({path}) => path)}; do
			[ ! -e "$path" ] || { echo "$path is there already"; exit 2; }
		done
	`;
	return {
		title,
		check: checkBridge({bridge, nic, uuid, paths, absent: unchanged}),
		apply: [
			sh`mkdir -p -m 0700 ${here} && mkdir -p ${`${here}/new`} && echo ${uuid} > ${`${here}/owner`}`,
			sh`
				[ -d ${`${here}/old`} ] || {
					${unchanged}
					rm -rf ${`${here}/old.part`} && mkdir ${`${here}/old.part`} &&
					for path in ${edited.map(({path}) => path)}; do
						mkdir -p "$(dirname ${`${here}/old.part`}"$path")" && cp -p "$path" ${`${here}/old.part`}"$path" || exit 1
					done &&
					sync && mv ${`${here}/old.part`} ${`${here}/old`}
				}
				[ -z ${manifest} ] || echo ${manifestOf(edited, `${here}/old`)} | sha256sum -c --status || {
					echo ${`${here}/old does not hold the network configuration that was read at the first run; if ${bridge} is not in use, delete ${here}`}; exit 1
				}
			`,
			...edited.map(file => unlessConfirmed(here, editCopy(here, file))),
			...added.map(({path, mode, content}) =>
				withInput(unlessConfirmed(here, sh`install -D -m ${mode} /dev/stdin ${`${here}/new${path}`}`), content),
			),
			withInput(sh`cat > ${`${here}/paths`}`, paths.map(path => `${path}\n`).join('')),
			withInput(
				sh`install -m 0700 /dev/stdin ${`${here}/switch.sh`}`,
				asset('host/bridge/switch.sh', {
					bridge,
					nic,
					renderer,
					patience,
					directory: here,
					connection: uplink && 'connection' in uplink ? uplink.connection : '',
				}),
			),
			withLimit(sh`sh ${`${here}/switch.sh`} mend || sh ${`${here}/switch.sh`} to new`, patience * 4),
		],
		timeout: 30,
		creates: [{kind: 'bridge', name: bridge, uuid}],
		advice: phrase(
			"The host's former configuration is in force, or comes back within {patience} s; what was tried lies in {here}. If {nic} cannot carry a bridge (Wi-Fi, no cable, a switch that allows one address only), choose `external: nat`; if {bridge} belongs to something else, another name (networks.external.label)",
			{patience, here, nic, bridge},
		),
	};
}

/**
 * Checks that the bridge exists or can be made, before anything is changed: otherwise packages would be installed for a
 * cluster that cannot be built.
 */
export function bridgePossible(cluster: Cluster): Task {
	const {check, advice} = bridgeTask(cluster);
	const {nic = ''} = cluster.host;
	return {
		title: phrase('See that {nic} can become a port of {label}', {nic, label: cluster.networks.external.label}),
		check: sh`
			found=$( ( ${check} ) 2>&1 )
			[ $? != 2 ] || { echo "$found"; exit 2; }
		`,
		advice: advice ?? natInstead,
	};
}

const natInstead: Text = phrase("With `external: nat` the host's network stays as it is");

/** Root-owned folder with the old and new configuration. Outside the state directory, since clusters can share a bridge. */
export function folderOf(bridge: string): string {
	return `/var/lib/cluster-wizard-bridges/${bridge}`;
}

function manifestOf(edited: readonly EditedFile[], folder = ''): string {
	return edited.map(({path, digest}) => `${digest}  ${folder}${path}`).join('\n');
}

/** Skips the command once the change was confirmed: then the new files are in force, and only the bridge is repaired. */
function unlessConfirmed(here: string, command: Command): Command {
	return sh`[ "$(cat ${`${here}/former`} 2>/dev/null)" = old ] || {
		${command}
	}`;
}

/**
 * Writes the new file from the saved copy of the old one. The command contains only the changed pieces: the rest of the
 * file, which may hold passwords of other interfaces, stays in root's folders on the host.
 */
function editCopy(here: string, {path, edits}: EditedFile): Command {
	const old = `${here}/old${path}`;
	const made = `${here}/new${path}`;
	return sh`
		mkdir -p ${dirname(made)} && : > ${`${made}.part`} && chmod --reference=${old} ${`${made}.part`} && chown --reference=${old} ${`${made}.part`} || exit 1
		# Of each piece: the byte it begins at, its length, and what comes in its place.
		set -- ${edits.flatMap(({at, length, text}) => [at, length, text])}
		from=0
		while [ $# -gt 0 ]; do
			tail -c +$((from + 1)) ${old} | head -c $(($1 - from)) && printf %s "$3" || exit 1
			from=$(($1 + $2)) && shift 3
		done > ${`${made}.part`}
		tail -c +$((from + 1)) ${old} >> ${`${made}.part`} && mv ${`${made}.part`} ${made}
	`;
}

interface BridgeCheck {
	readonly bridge: string;
	readonly nic: string;
	readonly uuid: string;
	/** Files that the change writes. */
	readonly paths: readonly string[];
	/** Further checks if neither the bridge nor an unfinished change exists. */
	readonly absent: Command;
}

function checkBridge({bridge, nic, uuid, paths, absent}: BridgeCheck): Command {
	const here = folderOf(bridge);
	const link = `/sys/class/net/${bridge}`;
	const port = `/sys/class/net/${nic}`;
	return sh`
		ours=; [ "$(cat ${`${here}/owner`} 2>/dev/null)" != ${uuid} ] || ours=yes
		if [ "$ours" ] && { [ -e ${`${here}/pending`} ] || [ -e ${`${here}/rescuing`} ]; }; then
			echo ${`${bridge} has not been confirmed`}; exit 1
		fi
		lack=
		if [ ! -e ${link} ]; then lack=missing
		elif [ ! -d ${`${link}/bridge`} ]; then echo ${`${bridge} is there and is not a bridge`}; exit 2
		elif [ ! -e ${`${link}/brif/${nic}`} ]; then lack=${`${nic} is not its port`}
		elif [ "$(cat ${`${link}/bridge/stp_state`})" != 0 ]; then lack='STP is on'
		elif [ "$(cat ${`${link}/operstate`})" != up ]; then lack='it is down'
		elif [ -z "$(ip -4 -o addr show scope global dev ${bridge})" ]; then lack='it has no address'
		elif [ "$ours" ]; then
			for path in ${paths}; do
				cmp -s ${`${here}/new`}"$path" "$path" || grep -qsF ${bridge} "$path" || { lack="$path does not have it"; break; }
			done
		fi
		[ "$lack" ] || exit 0
		if [ "$ours" ]; then
			echo ${`${bridge}:`} "$lack" "$(sed 's/.*/(last time: &)/' ${`${here}/reason`} 2>/dev/null)"
			exit 1
		fi
		[ "$lack" = missing ] || { echo ${`${bridge}:`} "$lack;" ${`it was there before the wizard, which does not change it. With the port ${nic}, STP off and an address it would be used`}; exit 2; }
		[ -e ${port} ] || { echo ${`there is no ${nic} on this host`}; exit 2; }
		! [ -e ${`${port}/wireless`} ] && ! [ -e ${`${port}/phy80211`} ] || { echo ${`${nic} is Wi-Fi, which cannot be a bridge's port`}; exit 2; }
		! grep -qsx DEVTYPE=wwan ${`${port}/uevent`} || { echo ${`${nic} is mobile broadband, which cannot be a bridge's port`}; exit 2; }
		[ "$(cat ${`${port}/carrier`} 2>/dev/null)" = 1 ] || { echo ${`${nic} has no cable, or is down`}; exit 2; }
		[ -d /run/systemd/system ] || { echo 'systemd does not run here; the timer that brings the former configuration back is its'; exit 2; }
		${absent}
		echo ${`${bridge}: missing`}
		exit 1
	`;
}

/** Restores the host's former configuration, if the UUID in the folder shows that this cluster made the bridge. */
export function removeBridge({name: bridge, uuid}: ResourceOf<'bridge'>): Removal {
	const here = folderOf(bridge);
	return {
		shown: bridge,
		remove: withLimit(
			sh`
			[ "$(cat ${`${here}/owner`} 2>/dev/null)" = ${uuid} ] || exit 0
			if [ -e ${`${here}/pending`} ] || [ -e ${`${here}/rescuing`} ]; then systemctl start ${`cluster-wizard-${bridge}-rescue.service`} || sh ${`${here}/switch.sh`} rescue
			elif [ "$(cat ${`${here}/former`} 2>/dev/null)" = old ]; then sh ${`${here}/switch.sh`} to old || exit 1
			fi
			rm -rf ${here}
			rmdir --ignore-fail-on-non-empty ${here.slice(0, here.lastIndexOf('/'))}
		`,
			400,
		),
		gone: sh`
			[ "$(cat ${`${here}/owner`} 2>/dev/null)" = ${uuid} ] || exit 0
			echo ${`${here} is still there`}; exit 1
		`,
	};
}
