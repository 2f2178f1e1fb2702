import {sectionsOf} from './networkd.ts';
import {isSecretName, type Section, type UplinkRefusal, type WholeUplink} from './uplink.ts';

/** Sections of a profile that move to the bridge. */
const ofTheAddresses = new Set(['ipv4', 'ipv6', 'proxy']);

/**
 * Returns the relevant sections of the NIC's active profile, a keyfile (nm-settings-keyfile(5)). A profile that
 * NetworkManager generated itself has a keyfile in /run. Addresses, routes and name servers move to the bridge, the section
 * `ethernet` to the port.
 */
export function reduceNetworkManager({
	connection,
	files: [file],
}: WholeUplink): {connection: string; sections: Section[]} | {refusal: UplinkRefusal} {
	const sections = sectionsOf(file?.content.toString() ?? '');
	const value = (...keys: string[]) =>
		sections
			.find(({name}) => name === 'connection')
			?.lines.map(line => line.split('='))
			.find(([key = '']) => keys.includes(key.trim()))
			?.slice(1)
			.join('=')
			.trim();
	if (connection === undefined || file === undefined) {
		return {refusal: {kind: 'unnamed', names: []}};
	}

	const owner = value('master', 'controller');
	if (owner !== undefined) {
		return {refusal: {kind: 'member', names: [owner]}};
	}

	const type = value('type');
	if (type !== 'ethernet' && type !== '802-3-ethernet') {
		return {refusal: {kind: 'obstacle', names: [`type=${type ?? ''}`]}};
	}

	const secret =
		sections.find(({name}) => isSecretName(name))?.name ??
		sections
			.flatMap(({lines}) => lines)
			.map(line => line.split('=')[0]!.trim())
			.find(key => isSecretName(key));
	return secret === undefined
		? {
				connection,
				sections: sections
					.filter(({name}) => ofTheAddresses.has(name) || name === 'ethernet' || name === '802-3-ethernet')
					.map(({name, lines}) => ({name: name === '802-3-ethernet' ? 'ethernet' : name, lines})),
			}
		: {refusal: {kind: 'secret', names: [secret]}};
}
