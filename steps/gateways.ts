import {asset} from '../source/assets.ts';
import {sh} from '../source/shell/command.ts';
import {nodeOf, step} from '../source/engine/step.ts';
import type {Task} from '../source/engine/task.ts';
import {phrase} from '../source/languages/text.ts';
import {innerRoles} from '../source/roles/index.ts';
import {expect} from '../source/tasks/expect.ts';
import {file} from '../source/tasks/file.ts';

export const gateways = step({
	id: 'gateways',
	name: phrase('Gateways'),
	chapter: '4.6.2',
	title: phrase('The inner nodes go out through the VIP'),
	on: innerRoles,
	needs: ['pacemaker'],
	mends: [637, 983],
	tasks({vip, networks: {internal}, directors: [master]}, subject) {
		const node = nodeOf(subject);
		return [
			file(
				'/etc/systemd/network/20-int0.network',
				asset('node/etc/systemd/network/20-int0.network', {
					address: node.internal,
					prefix: internal.prefix,
					gateway: vip.internal,
				}),
			),
			defaultRouteViaVip(vip.internal),
			file('/etc/resolv.conf', `nameserver ${vip.internal}\n`),
			expect(
				phrase('The name server on the VIP answers'),
				sh`
				found=$(getent -s hosts:dns ahostsv4 ${master.name}) || { echo ${`${vip.internal} does not know ${master.name}`}; exit 1; }
				case $found in ${master.internal}" "*) ;; *) echo "$found"; exit 1 ;; esac
			`,
				{timeout: 30},
			),
			expect(
				phrase('Names of the outside are resolved'),
				sh`
				name=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | sed -n -E 's#^(URIs:|deb ).*https?://([^/: ]+).*#\\2#p' | head -n 1)
				[ -n "$name" ] || exit 0
				getent -s hosts:dns ahostsv4 "$name" > /dev/null || { echo "$name: not found"; exit 1; }
			`,
				{
					timeout: 15,
					skippable: true,
					advice: phrase('The cluster works without it; only packages cannot be fetched from inside.'),
				},
			),
		];
	},
});

/** Makes the VIP the default gateway: answers that leave by another gateway never reach the client. */
export function defaultRouteViaVip(vip: string): Task {
	return {
		title: phrase('Take {vip} for the gateway', {vip}),
		check: sh`
			found=$(ip -4 route show default)
			case $found in ${`default via ${vip} dev int0 `}*) ;; *) echo "\${found:-no default route}"; exit 1 ;; esac
			[ "$(echo "$found" | wc -l)" = 1 ] || { echo "several default routes:" $found; exit 1; }
		`,
		apply: [sh`networkctl reload`, sh`networkctl reconfigure int0`],
		timeout: 15,
	};
}
