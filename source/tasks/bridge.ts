import {createHash} from 'node:crypto';
import {asset} from '../assets.ts';
import type {Cluster, ConfigurationFile} from '../answers/cluster.ts';
import {sh, withInput, withLimit, type Command} from '../engine/command.ts';
import type {Creation, Task} from '../engine/task.ts';
import {bridgeChange} from './bridge-change.ts';

export interface BridgeOptions {
	/** Seconds after which the former configuration comes back by itself. */
	readonly patience?: number;
}

/**
 * The host's wired NIC as a port of the external bridge, STP off. The former configuration is saved, a timer of the
 * host puts it back unless whoever answered before answers again. A bridge that is right already is used as it is.
 */
export function bridgeTask(cluster: Cluster, {patience = 90}: BridgeOptions = {}): Task {
	const {label: bridge, uuid} = cluster.networks.external;
	const {nic = '', renderer = 'none'} = cluster.host;
	const change = bridgeChange(cluster);
	const title = {en: `Make ${nic} a port of the bridge ${bridge}`, es: `Hacer de ${nic} un puerto del puente ${bridge}`};
	if ('refusal' in change) {
		return {title, check: checkBridge({bridge, nic, uuid, after: [], absent: sh`echo ${`${bridge}: missing. ${change.refusal.en}`}; exit 2`}), advice: change.refusal};
	}

	const here = folderOf(bridge);
	const {before, after} = change;
	const paths = [...new Set([...before, ...after].map(({path}) => path))];
	const added = paths.filter(path => !before.some(file => file.path === path));
	const manifest = before.map(({path, content}) => `${sha256(content)}  ${path}`).join('\n');
	const unchanged = sh`
		[ -z ${manifest} ] || echo ${manifest} | sha256sum -c --status || { echo 'the network configuration is no longer the one that was read at the first run'; exit 2; }
		for path in ${added}; do
			[ ! -e "$path" ] || { echo "$path is there already"; exit 2; }
		done
	`;
	return {
		title,
		check: checkBridge({bridge, nic, uuid, after, absent: unchanged}),
		apply: [
			sh`mkdir -p -m 0700 ${here} && mkdir -p ${`${here}/new`} && echo ${uuid} > ${`${here}/owner`}`,
			...after.map(({path, mode, content}) => withInput(sh`install -D -m ${mode} /dev/stdin ${`${here}/new${path}`}`, content)),
			withInput(sh`cat > ${`${here}/paths`}`, paths.map(path => `${path}\n`).join('')),
			withInput(sh`install -m 0700 /dev/stdin ${`${here}/switch.sh`}`, asset('host/bridge/switch.sh', {bridge, nic, renderer, patience, directory: here})),
			sh`
				[ -d ${`${here}/old`} ] || {
					${unchanged}
					rm -rf ${`${here}/old.part`} && mkdir ${`${here}/old.part`} &&
					for path in ${before.map(({path}) => path)}; do
						mkdir -p "$(dirname ${`${here}/old.part`}"$path")" && cp -p "$path" ${`${here}/old.part`}"$path" || exit 1
					done &&
					sync && mv ${`${here}/old.part`} ${`${here}/old`}
				}
			`,
			withLimit(sh`sh ${`${here}/switch.sh`} mend || sh ${`${here}/switch.sh`} to new`, patience * 4),
		],
		within: 30,
		creates: [creation(bridge, uuid)],
		advice: {
			en: `The host's former configuration is in force, or comes back within ${patience} s; what was tried lies in ${here}. If ${nic} cannot carry a bridge (Wi-Fi, no cable, a switch that allows one address only), choose \`external: nat\`; if ${bridge} belongs to something else, another name (networks.external.label)`,
			es: `La configuración anterior del anfitrión está en vigor, o volverá en ${patience} s; lo que se probó está en ${here}. Si ${nic} no admite un puente (Wi-Fi, sin cable, un conmutador que solo permite una dirección), elija \`external: nat\`; si ${bridge} pertenece a otra cosa, otro nombre (networks.external.label)`,
		},
	};
}

/** Where the bridge's change is kept: root's own, and on the host, because a bridge belongs to no single cluster. */
export function folderOf(bridge: string): string {
	return `/var/lib/cluster-wizard-bridges/${bridge}`;
}

interface BridgeCheck {
	readonly bridge: string;
	readonly nic: string;
	readonly uuid: string;
	readonly after: readonly ConfigurationFile[];
	/** What to look at when there is no bridge and nothing of ours. */
	readonly absent: Command;
}

function checkBridge({bridge, nic, uuid, after, absent}: BridgeCheck): Command {
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
			for path in ${after.map(({path}) => path)}; do
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
		[ "$(cat ${`${port}/carrier`} 2>/dev/null)" = 1 ] || { echo ${`${nic} has no cable, or is down`}; exit 2; }
		[ -d /run/systemd/system ] || { echo 'systemd does not run here; the timer that brings the former configuration back is its'; exit 2; }
		${absent}
		echo ${`${bridge}: missing`}
		exit 1
	`;
}

function creation(bridge: string, uuid: string): Creation {
	const here = folderOf(bridge);
	return {
		kind: 'bridge',
		name: bridge,
		remove: withLimit(sh`
			[ "$(cat ${`${here}/owner`} 2>/dev/null)" = ${uuid} ] || exit 0
			if [ -e ${`${here}/pending`} ] || [ -e ${`${here}/rescuing`} ]; then systemctl start ${`cluster-wizard-${bridge}-rescue.service`} || sh ${`${here}/switch.sh`} rescue
			elif [ "$(cat ${`${here}/former`} 2>/dev/null)" = old ]; then sh ${`${here}/switch.sh`} to old || exit 1
			fi
			rm -rf ${here}
			rmdir --ignore-fail-on-non-empty ${here.slice(0, here.lastIndexOf('/'))}
		`, 400),
		gone: sh`
			[ "$(cat ${`${here}/owner`} 2>/dev/null)" = ${uuid} ] || exit 0
			echo ${`${here} is still there`}; exit 1
		`,
	};
}

function sha256(content: string): string {
	return createHash('sha256').update(content).digest('hex');
}
