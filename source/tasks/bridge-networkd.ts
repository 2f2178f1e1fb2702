import {refuse, type BridgeChange, type Bridging, type Refusal} from './bridge-configuration.ts';

interface Section {
	readonly name: string;
	readonly lines: readonly string[];
}

/**
 * systemd-networkd: `files` are the .network file that governs the NIC and its drop-ins. Nothing in them is changed:
 * the first file that matches counts, so ours, which sort first, take their place.
 */
export function bridgeNetworkd({nic, bridge, mac, iaid, files}: Bridging): BridgeChange | Refusal {
	const sections = files.flatMap(({content}) => sectionsOf(content));
	const unfit = sections.flatMap(({name, lines}) => name === 'Network' ? lines : []).find(line => /^(Bond|Bridge|VRF|IPoIB)\s*=/.test(line));
	if (sections.length === 0 || unfit !== undefined) {
		return sections.length === 0
			? refuse(nic, 'no .network file of systemd-networkd governs it', 'ningún fichero .network de systemd-networkd la gobierna')
			: refuse(nic, `a NIC with \`${unfit}\` cannot be a bridge's port`, `una tarjeta con \`${unfit}\` no puede ser puerto de un puente`);
	}

	const link = sections.filter(({name}) => name === 'Link');
	const mtu = link.map(section => ({...section, lines: section.lines.filter(line => /^(MTUBytes|RequiredForOnline)\s*=/.test(line))}));
	const moved = sections.filter(({name}) => name !== 'Match' && name !== 'Link');
	const identity = iaid === undefined ? [] : [{name: 'DHCPv4', lines: [`IAID=${iaid}`]}];
	const path = (name: string) => `/etc/systemd/network/00-cluster-wizard-${name}`;
	return {
		before: [],
		after: [
			{path: path(`${bridge}.netdev`), mode: '0644', content: write([
				{name: 'NetDev', lines: [`Name=${bridge}`, 'Kind=bridge', `MACAddress=${mac}`]},
				{name: 'Bridge', lines: ['STP=no', 'ForwardDelaySec=0']},
			])},
			{path: path(`${bridge}.network`), mode: '0644', content: write([{name: 'Match', lines: [`Name=${bridge}`]}, ...mtu, ...moved, ...identity])},
			{path: path(`${nic}.network`), mode: '0644', content: write([
				{name: 'Match', lines: [`Name=${nic}`]},
				...link,
				{name: 'Network', lines: [`Bridge=${bridge}`, 'LinkLocalAddressing=no', 'IPv6AcceptRA=no']},
			])},
		],
	};
}

/** Comments are left out: they speak of the file they came from. */
function sectionsOf(content: string): Section[] {
	return content.split(/^\s*(?=\[)/m).flatMap(part => {
		const [head = '', ...lines] = part.split('\n').map(line => line.trim());
		const name = /^\[(.+)]$/.exec(head)?.[1];
		return name === undefined ? [] : [{name, lines: lines.filter(line => line !== '' && !/^[#;]/.test(line))}];
	});
}

function write(sections: readonly Section[]): string {
	return `# Made by cluster-wizard.\n${sections.filter(({lines}) => lines.length > 0).map(({name, lines}) => `[${name}]\n${lines.join('\n')}\n`).join('\n')}`;
}
