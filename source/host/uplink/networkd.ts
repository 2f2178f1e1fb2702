import {isSecretName, type Section, type UplinkRefusal, type WholeUplink} from './uplink.ts';

/** Returns the sections, without comments, of the .network file that applies to the NIC and of its drop-ins. */
export function reduceNetworkd({files}: WholeUplink): {sections: Section[]} | {refusal: UplinkRefusal} {
	const sections = files.flatMap(({content}) => sectionsOf(content.toString()));
	const unfit = sections
		.flatMap(({name, lines}) => (name === 'Network' ? lines : []))
		.find(line => /^(Bond|Bridge|VRF|IPoIB)\s*=/.test(line));
	const secret = sections
		.flatMap(({lines}) => lines.map(line => line.split('=')[0]!.trim()))
		.find(key => isSecretName(key));
	if (sections.length === 0) {
		return {refusal: {kind: 'unnamed', names: []}};
	}

	if (unfit !== undefined) {
		return {refusal: {kind: 'obstacle', names: [unfit]}};
	}

	return secret === undefined ? {sections} : {refusal: {kind: 'secret', names: [secret]}};
}

/** Parses the sections of a file of systemd or NetworkManager. Drops comments, which refer to the original file. */
export function sectionsOf(content: string): Section[] {
	return content.split(/^\s*(?=\[)/m).flatMap(part => {
		const [head = '', ...lines] = part.split('\n').map(line => line.trim());
		const name = /^\[(.+)]$/.exec(head)?.[1];
		return name === undefined ? [] : [{name, lines: lines.filter(line => line !== '' && !/^[#;]/.test(line))}];
	});
}
