import type {Cluster} from '../answers/cluster.ts';
import type {Text} from '../messages/text.ts';
import type {BridgeChange, Refusal} from './bridge-configuration.ts';
import {bridgeIfupdown} from './bridge-ifupdown.ts';
import {bridgeNetplan} from './bridge-netplan.ts';
import {bridgeNetworkd} from './bridge-networkd.ts';

const networkManager: Text = {
	en: 'NetworkManager looks after this NIC, and the wizard does not change its profiles. Make the bridge there yourself (`nmcli connection add type bridge ifname kvmbr0 bridge.stp no`, then `nmcli connection add type ethernet slave-type bridge ifname NIC master kvmbr0`, and bring both up): it will be used as it is. Or choose `external: nat`',
	es: 'Esta tarjeta la lleva NetworkManager, y el asistente no cambia sus perfiles. Cree allí el puente usted mismo (`nmcli connection add type bridge ifname kvmbr0 bridge.stp no`, después `nmcli connection add type ethernet slave-type bridge ifname TARJETA master kvmbr0`, y active los dos): se usará tal como esté. O elija `external: nat`',
};

/**
 * The host's network configuration with the NIC as a port of the bridge: whatever the NIC had (DHCP or addresses,
 * routes, name servers, IPv4 and IPv6) passes to the bridge, and everything else stays word for word.
 */
export function bridgeChange({host, networks}: Cluster): BridgeChange | Refusal {
	const {nic, uplink, renderer} = host;
	if (nic === undefined || uplink === undefined) {
		return {refusal: {
			en: 'It is not known which NIC becomes the bridge\'s port: set `host.nic` to a wired NIC',
			es: 'No se sabe qué tarjeta será el puerto del puente: ponga en `host.nic` una tarjeta de cable',
		}};
	}

	const bridging = {...uplink, nic, bridge: networks.external.label};
	switch (renderer) {
		case 'netplan': {
			return bridgeNetplan(bridging);
		}

		case 'ifupdown': {
			return bridgeIfupdown(bridging);
		}

		case 'networkd': {
			return bridgeNetworkd(bridging);
		}

		case 'networkmanager': {
			return {refusal: networkManager};
		}

		default: {
			return {refusal: {
				en: `Nothing that the wizard knows (netplan, ifupdown, systemd-networkd) configures ${nic}: make the bridge yourself, it will be used as it is, or choose \`external: nat\``,
				es: `Nada de lo que el asistente conoce (netplan, ifupdown, systemd-networkd) configura ${nic}: cree usted el puente, se usará tal como esté, o elija \`external: nat\``,
			}};
		}
	}
}
