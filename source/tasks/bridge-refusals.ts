import type {UplinkRefusal, UplinkRenderer} from '../host/uplink/uplink.ts';
import {phrase, type Text} from '../languages/text.ts';

/** Refusal for host facts from an earlier version, which did not read NetworkManager's profile. */
export function networkManager(bridge: string, nic = 'NIC'): Text {
	return phrase(
		'NetworkManager looks after this NIC, and its profile was not read at the first run. Make the bridge there yourself (`nmcli connection add type bridge ifname {bridge} bridge.stp no`, then `nmcli connection add type ethernet slave-type bridge ifname {nic} master {bridge}`, and bring both up): it will be used as it is. Or choose `external: nat`',
		{bridge, nic},
	);
}

const unnamed: Readonly<Record<UplinkRenderer, Text>> = {
	netplan: phrase('no file of netplan speaks of it by its name or MAC address'),
	ifupdown: phrase('no `iface` line of /etc/network/interfaces speaks of it by its name'),
	networkmanager: phrase('no profile of NetworkManager is in force on it'),
	networkd: phrase('no .network file of systemd-networkd governs it'),
};

/** Reason why a NIC's configuration cannot be changed into a bridge's. */
export function refusalText(
	nic: string,
	renderer: UplinkRenderer,
	{kind, names: [first = '', second = '']}: UplinkRefusal,
): Text {
	const texts: Readonly<Record<UplinkRefusal['kind'], Text>> = {
		unnamed: unnamed[renderer],
		ambiguous: phrase('netplan knows it as {first} and as {second}: leave one of them', {first, second}),
		pattern: phrase(
			'netplan describes it together with other NICs ({first} matches {second}): give it a definition of its own, or choose `external: nat`',
			{first, second},
		),
		member: phrase(
			'it is a port of {first}. A bridge can be used as it is (`networks.external.label: {first}`), a bond can be the port itself (`host.nic: {first}`); or choose `external: nat`',
			{first},
		),
		obstacle: phrase(
			"the wizard does not make a NIC with `{first}` a bridge's port: make the bridge yourself, it will be used as it is, or choose `external: nat`",
			{first},
		),
		form: phrase(
			"the wizard cannot take this NIC's addresses out of {first} without changing the rest of the file: write its definition in a file of its own",
			{first},
		),
		secret: phrase(
			'`{first}` in its configuration holds a password or a key, which the wizard does not copy: make the bridge yourself, it will be used as it is, or choose `external: nat`',
			{first},
		),
	};
	return phrase('{nic}: {text}', {nic, text: texts[kind]});
}
