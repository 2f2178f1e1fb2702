import {reduceUplink} from './reduce.ts';
import type {Uplink, UplinkRenderer, WholeFile} from './uplink.ts';
import {sh, type Command} from '../../shell/command.ts';

/**
 * Command that reads the configuration of the NIC; `parseUplink` parses its output. Needs root, because netplan's files are
 * private. Must run before our bridge exists, because afterwards the files configure the bridge.
 */
export function readUplink(nic: string, renderer: UplinkRenderer): Command {
	return sh`
		show() { for path; do [ ! -f "$path" ] || echo "file $(base64 -w 0 "$path" | sed 's/^$/-/') $path"; done; }
		echo mac "$(cat ${`/sys/class/net/${nic}/address`})"
		# RFC 4361: 255, the interface's number (IAID), the machine's (DUID).
		sed -n 's/^CLIENTID=ff\\(........\\).*/iaid \\1/p' /run/systemd/netif/leases/"$(cat ${`/sys/class/net/${nic}/ifindex`})" 2>/dev/null
		case ${renderer} in
			netplan) show /etc/netplan/*.yaml ;;
			ifupdown) show /etc/network/interfaces /etc/network/interfaces.d/* ;;
			networkd)
				network=$(networkctl --no-pager status ${nic} | sed -n 's/^ *Network File: //p')
				name=\${network##*/}
				show "$network" /usr/lib/systemd/network/"$name".d/*.conf /run/systemd/network/"$name".d/*.conf /etc/systemd/network/"$name".d/*.conf ;;
			networkmanager)
				uuid=$(nmcli -g GENERAL.CON-UUID device show ${nic})
				echo connection "$uuid"
				show "$(nmcli -t -e no -f UUID,FILENAME connection show | sed -n "s/^$uuid://p")" ;;
		esac
	`;
}

/** Extracts the settings for the bridge from `readUplink`'s output; discards the rest of the files. */
export function parseUplink(
	{nic, altnames = []}: {readonly nic: string; readonly altnames?: readonly string[]},
	renderer: UplinkRenderer,
	output: string,
): Uplink {
	const lines = output.split('\n').map(line => line.split(' '));
	const value = (key: string) => lines.find(([first]) => first === key)?.[1];
	const iaid = value('iaid');
	const connection = value('connection');
	return reduceUplink({
		nic,
		renderer,
		mac: value('mac') ?? '',
		altnames,
		...(connection && {connection}),
		...(iaid !== undefined && {iaid: Number.parseInt(iaid, 16)}),
		files: lines
			.filter(([first]) => first === 'file')
			.map(([, content = '', ...path]): WholeFile => ({
				path: path.join(' '),
				content: Buffer.from(content, 'base64'),
			})),
	});
}
