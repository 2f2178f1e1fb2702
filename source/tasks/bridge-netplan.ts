import {parseDocument, stringify, type Document} from 'yaml';
import {refuse, type BridgeChange, type Bridging, type Refusal} from './bridge-configuration.ts';

type Values = Record<string, unknown>;

/** What belongs to the cable and not to the addresses: it stays with the NIC. */
const ofTheCable = /^(match|set-name|macaddress|wakeonlan|ignore-carrier|embedded-switch-mode|infiniband-mode|virtual-function-count|delay-virtual-functions-rebind|auth|emit-lldp|(receive|transmit|tcp|tcp6|generic|large).*-offload)$/;
/** What both must have. */
const ofBoth = /^(mtu|optional|renderer)$/;

/**
 * netplan: the NIC's addresses pass to `bridges`, in a file of ours that is read last.
 * netplan joins its files, lists included, so they have to be taken out of the file they stand in.
 */
export function bridgeNetplan({nic, bridge, mac, iaid, files}: Bridging): BridgeChange | Refusal {
	const moved: Values = {};
	const ids = new Set<string>();
	const changed = files.map(file => {
		const document = parseDocument(file.content);
		let touched = false;
		for (const [id, values] of entriesOf(document, nic, mac)) {
			ids.add(id);
			for (const [key, value] of Object.entries(values)) {
				if (ofTheCable.test(key)) {
					continue;
				}

				join(moved, key, value);
				if (!ofBoth.test(key)) {
					touched = document.deleteIn(['network', 'ethernets', id, key]) || touched;
				}
			}
		}

		return {file, touched, content: document.toString()};
	});
	const [id, other] = ids;
	if (id === undefined) {
		return refuse(nic, 'no file of netplan speaks of it by its name or MAC address', 'ningún fichero de netplan habla de ella por su nombre o dirección MAC');
	}

	if (other !== undefined) {
		return refuse(nic, `netplan knows it as ${id} and as ${other}: leave one of them`, `netplan la conoce como ${id} y como ${other}: deje una de las dos`);
	}

	const definition = {interfaces: [id], macaddress: mac, parameters: {stp: false, 'forward-delay': 0}, ...moved};
	const affected = changed.filter(({touched}) => touched);
	return {
		before: affected.map(({file}) => file),
		after: [
			...affected.map(({file, content}) => ({...file, content})),
			{path: `/etc/netplan/95-cluster-wizard-${bridge}.yaml`, mode: '0600', content: `# Made by cluster-wizard.\n${stringify({network: {version: 2, bridges: {[bridge]: definition}}})}`},
			// The DHCP server gives the same address to the same number only.
			...(iaid === undefined ? [] : [{path: `/etc/systemd/network/10-netplan-${bridge}.network.d/cluster-wizard.conf`, mode: '0644', content: `[DHCPv4]\nIAID=${iaid}\n`}]),
		],
	};
}

/** The definitions that mean this NIC: by their own name, or by what they match. */
function entriesOf(document: Document, nic: string, mac: string): Array<[id: string, values: Values]> {
	const {network} = (document.toJS() ?? {}) as {network?: {ethernets?: Record<string, Values | null>}};
	return Object.entries(network?.ethernets ?? {}).flatMap(([id, values]): Array<[string, Values]> => {
		const match = values?.match as {name?: unknown; macaddress?: unknown} | undefined;
		const byMatch = match !== undefined && (values?.['set-name'] === nic || match.name === nic || String(match.macaddress).toLowerCase() === mac);
		return byMatch || (match === undefined && id === nic) ? [[id, values ?? {}]] : [];
	});
}

/** As netplan does with one definition in several files: lists are joined, the later value counts. */
function join(into: Values, key: string, value: unknown): void {
	const present = into[key];
	if (Array.isArray(present) && Array.isArray(value)) {
		into[key] = [...present, ...value];
	} else if (isMapping(present) && isMapping(value)) {
		for (const [inner, innerValue] of Object.entries(value)) {
			join(present, inner, innerValue);
		}
	} else {
		into[key] = structuredClone(value);
	}
}

function isMapping(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
