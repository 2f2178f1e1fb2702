import {regExp} from '../regexp.ts';
import {refuse, type BridgeChange, type Bridging, type Refusal} from './bridge-configuration.ts';

const stanza = /^\s*(?:iface|mapping|auto|allow-\S+|no-auto-down|no-scripts|rename|template|source|source-directory)\b/;

/**
 * ifupdown: the NIC's stanzas become the bridge's, as in the thesis (`bridge_ports`, `bridge_stp off`), and the NIC is
 * left without addresses. Aliases (`eno1:0`) go along.
 */
export function bridgeIfupdown({nic, bridge, mac, files}: Bridging): BridgeChange | Refusal {
	const all = files.map(({content}) => content).join('\n');
	const named = regExp('m')`^\s*iface\s+${nic}\s`;
	if (!named.test(all)) {
		return refuse(nic, 'no `iface` line of /etc/network/interfaces speaks of it by its name', 'ninguna línea `iface` de /etc/network/interfaces habla de ella por su nombre');
	}

	const [, obstacle] = /^\s*((?:wpa|bond)[-_]\S*)\s/m.exec(linesOf(all, nic)) ?? [];
	if (obstacle !== undefined) {
		return refuse(nic, `a NIC with \`${obstacle}\` cannot be a bridge's port`, `una tarjeta con \`${obstacle}\` no puede ser puerto de un puente`);
	}

	let first = true;
	const changed = files.map(file => ({file, content: rename(file.content)}));
	const affected = changed.filter(({file, content}) => content !== file.content);
	return {before: affected.map(({file}) => file), after: affected.map(({file, content}) => ({...file, content}))};

	function rename(content: string): string {
		let ours = false;
		return content.split('\n').flatMap(line => {
			if (stanza.test(line)) {
				ours = regExp()`^\s*iface\s+${nic}(:\S+)?\s`.test(line);
			}

			const [, before = '', alias = '', rest = ''] = regExp()`^(\s*iface\s+)${nic}(:\S+)?(\s.*)$`.exec(line) ?? [];
			if (before !== '') {
				const renamed = `${before}${bridge}${alias}${rest}`;
				const ports = first && alias === '' ? [`\tbridge_ports ${nic}`, '\tbridge_stp off', '\tbridge_fd 0', `\tbridge_hw ${mac}`] : [];
				const port = ports.length > 0 ? [`iface ${nic} inet manual`, ''] : [];
				first &&= ports.length === 0;
				return [...port, renamed, ...ports];
			}

			return [ours ? line.replaceAll(regExp('g')`\bdev\s+${nic}(?=\s|$)`, `dev ${bridge}`) : renameStart(line)];
		}).join('\n');
	}

	/** `auto eno1` and `allow-hotplug eno1`: no event brings a bridge, so that it is always `auto`. */
	function renameStart(line: string): string {
		const [, keyword, names = ''] = /^\s*(auto|allow-\S+)\s+(.*)$/.exec(line) ?? [];
		const words = names.trim().split(/\s+/);
		const is = (word: string) => word === nic || word.startsWith(`${nic}:`);
		if (keyword === undefined || !words.some(word => is(word))) {
			return line;
		}

		const renamed = words.filter(word => is(word)).map(word => word.replace(nic, bridge));
		const rest = words.filter(word => !is(word));
		return keyword === 'auto'
			? `auto ${words.map(word => is(word) ? word.replace(nic, bridge) : word).join(' ')}`
			: [...(rest.length > 0 ? [`${keyword} ${rest.join(' ')}`] : []), `auto ${renamed.join(' ')}`].join('\n');
	}
}

/** The lines of the NIC's own stanzas. */
function linesOf(content: string, nic: string): string {
	let ours = false;
	return content.split('\n').filter(line => {
		if (stanza.test(line)) {
			ours = regExp()`^\s*iface\s+${nic}(:\S+)?\s`.test(line);
		}

		return ours;
	}).join('\n');
}
