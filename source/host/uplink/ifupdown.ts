import {globPattern, regExp} from '../../regexp.ts';
import {digestOf} from './digest.ts';
import {linesOf, type InterfacesLine} from './interfaces-lines.ts';
import {
	bridgePlaceholder,
	isSecretName,
	type Edit,
	type EditedFile,
	type UplinkRefusal,
	type WholeUplink,
} from './uplink.ts';

const stanza = /^\s*(?:iface|mapping|auto|allow-\S+|no-auto-down|no-scripts|rename|template|source|source-directory)\b/;
/** Options that the port of a bridge cannot have; the value may be a password. */
const obstacle = /^\s*(wpa[-_]\S*|bond[-_]master)/;
/** Options of a bridge or bond that name its ports. */
const ports = /^\s*(?:bridge[-_]ports|(?:bond[-_])?slaves)\s+(.*)$/;
const command = /^\s*(pre-up|up|post-up|pre-down|down|post-down)\s/;
/** Link-layer options that stay with the NIC: those of ethtool's script, of a bond and of a VLAN. */
const cableOption =
	/^\s*(?:(?:ethernet|hardware|offload|driver|bond)[-_]|link-(?:speed|duplex)\s|vlan[-_]raw[-_]device\s)/;
/** Commands that only work on the NIC itself, not on a bridge. */
const cableCommand = /\bethtool\b|\bmii-tool\b|\btxqueuelen\b|\bip\s+(?:-\S+\s+)*l(?:ink)?\s+set\b|\/sys\/class\/net\//;
/** Programs that accept an interface that does not exist yet, as the bridge in `pre-up`. */
const filterCommand = /\b(?:iptables|ip6tables|nft|ebtables)\b/;

/**
 * Computes the edits for ifupdown. The NIC's stanzas become the bridge's, as in the thesis (`bridge_ports`,
 * `bridge_stp off`), including aliases (`eno1:0`), and the NIC gets a stanza without addresses. Link-layer commands and
 * options stay with the NIC. The result holds only the offsets of the NIC's name and the moved lines, not the files' text.
 */
export function reduceIfupdown({nic, mac, files}: WholeUplink): {files: EditedFile[]} | {refusal: UplinkRefusal} {
	const header = regExp()`^(\s*iface\s+)${nic}(:\S+)?(?=\s)`;
	// Matches net.ipv6.conf.eno1.accept_ra and eno1:1, but not eno1.20, which is a VLAN.
	const name = regExp('g')`(?<![\w-])${nic}(?![\w-]|\.\d)`;
	const read = files.map(file => ({...file, lines: owned(linesOf(file.content.toString('latin1')), header)}));
	const all = read.flatMap(({lines}) => lines);
	const cable = all.filter(line => isOfCable(line)).map(({line}) => line.trim());
	const secret = cable.find(line => isSecretName(line))?.split(/\s/)[0];
	const refusal =
		refusalIn(all, nic, header) ?? (secret === undefined ? undefined : {kind: 'secret' as const, names: [secret]});
	if (refusal) {
		return {refusal};
	}

	// A pattern as in `auto /en*` does not match the bridge's name, so the bridge needs an `auto` of its own.
	const isPattern =
		!all.some(line => startWords(line).some(word => isName(word))) &&
		all.some(line =>
			startWords(line).some(
				word => word.startsWith('/') && globPattern(word.slice(word.lastIndexOf('/') + 1)).test(nic),
			),
		);
	let hasPort = false;
	const edited = read.map(({path, content, lines}): EditedFile => ({
		path,
		digest: digestOf(content),
		edits: lines.flatMap(line => editsOf(line)),
	}));
	return {files: edited.filter(({edits}) => edits.length > 0)};

	function isOfCable({line, isOurs}: OwnedLine): boolean {
		const [, when] = command.exec(line) ?? [];
		const isNamed = /\$\{?IFACE\b/.test(line) || line.search(name) !== -1;
		return (
			isOurs &&
			(cableOption.test(line) ||
				(when !== undefined &&
					isNamed &&
					(cableCommand.test(line) || (when === 'pre-up' && !filterCommand.test(line)))))
		);
	}

	function editsOf(line: OwnedLine): Edit[] {
		const [, before, alias] = header.exec(line.line) ?? [];
		if (before !== undefined) {
			return headerEdits(line, before, alias === undefined);
		}

		if (isOfCable(line)) {
			return [{at: line.at, length: line.length + line.end, text: ''}];
		}

		if (line.isOurs) {
			return command.test(line.line) ? [...line.line.matchAll(name)].map(match => nameAt(line.at + match.index)) : [];
		}

		return startEdits(line);
	}

	function headerEdits({at, length}: InterfacesLine, before: string, isMain: boolean): Edit[] {
		const named = nameAt(at + before.length);
		if (hasPort || !isMain) {
			return [named];
		}

		hasPort = true;
		const manual = [
			...(isPattern ? [`auto ${bridgePlaceholder}`] : []),
			`iface ${nic} inet manual`,
			...cable.map(line => `\t${line}`),
		];
		return [
			{at, length: 0, text: `${manual.join('\n')}\n\n`},
			named,
			{
				at: at + length,
				length: 0,
				text: `\n\tbridge_ports ${nic}\n\tbridge_stp off\n\tbridge_fd 0\n\tbridge_hw ${mac}`,
			},
		];
	}

	/** Edits of `auto eno1` and `allow-hotplug eno1`. A bridge has no hotplug event, so it always becomes `auto`. */
	function startEdits(line: OwnedLine): Edit[] {
		const [keyword] = line.line.trim().split(/\s+/);
		const words = startWords(line);
		if (!words.some(word => isName(word))) {
			return [];
		}

		// If commands stay with the NIC, the NIC must come up before the bridge.
		const renamed = (word: string) =>
			`${word === nic && cable.length > 0 ? `${nic} ` : ''}${bridgePlaceholder}${word.slice(nic.length)}`;
		const rest = words.filter(word => !isName(word));
		const text =
			keyword === 'auto' || keyword === 'no-auto-down'
				? `${keyword} ${words.map(word => (isName(word) ? renamed(word) : word)).join(' ')}`
				: [
						...(rest.length > 0 ? [`${keyword} ${rest.join(' ')}`] : []),
						`auto ${words
							.filter(word => isName(word))
							.map(word => renamed(word))
							.join(' ')}`,
					].join('\n');
		return [{at: line.at, length: line.length, text: Buffer.from(text, 'latin1').toString()}];
	}

	function isName(word: string): boolean {
		return word === nic || word.startsWith(`${nic}:`);
	}

	function nameAt(at: number): Edit {
		return {at, length: nic.length, text: bridgePlaceholder};
	}
}

interface OwnedLine extends InterfacesLine {
	/** Whether the line belongs to a stanza of the NIC or one of its aliases. */
	readonly isOurs: boolean;
	/** Interface whose stanza the line belongs to. */
	readonly owner: string | undefined;
}

function owned(lines: readonly InterfacesLine[], header: RegExp): OwnedLine[] {
	let isOurs = false;
	let owner: string | undefined;
	return lines.map(line => {
		if (stanza.test(line.line)) {
			isOurs = header.test(line.line);
			owner = /^\s*iface\s+(\S+)/.exec(line.line)?.[1];
		}

		return {...line, isOurs, owner};
	});
}

/** Interfaces of an `auto`, `allow-…` or `no-auto-down` line. */
function startWords({line}: InterfacesLine): string[] {
	const [, names = ''] = /^\s*(?:auto|allow-\S+|no-auto-down)\s+(.*)$/.exec(line) ?? [];
	return names.split(/\s+/).filter(word => word !== '');
}

function refusalIn(lines: readonly OwnedLine[], nic: string, header: RegExp): UplinkRefusal | undefined {
	const member = lines.find(
		({line, owner, isOurs}) => !isOurs && owner !== undefined && takes(ports.exec(line)?.[1] ?? '', nic),
	);
	if (member) {
		return {kind: 'member', names: [member.owner!]};
	}

	if (!lines.some(({line}) => header.exec(line)?.[2] === undefined && header.test(line))) {
		return {kind: 'unnamed', names: []};
	}

	const unfit =
		lines
			.filter(({isOurs}) => isOurs)
			.map(({line}) => obstacle.exec(line)?.[1])
			.find(found => found !== undefined) ??
		lines
			.map(({line}) => line.trim().split(/\s+/))
			.find(
				([keyword = '', ...names]) =>
					/^(?:mapping|no-scripts)$/.test(keyword) && names.some(pattern => globPattern(pattern).test(nic)),
			)?.[0];
	return unfit === undefined ? undefined : {kind: 'obstacle', names: [unfit]};
}

/**
 * Whether a list of ports (bridge-utils-interfaces(5)) includes the NIC: by its name, `all`, or `regex PATTERN`. Patterns
 * are not evaluated: a pattern counts if its literal prefix fits the NIC's name.
 */
function takes(list: string, nic: string): boolean {
	const words = list.trim().split(/\s+/);
	const mayMatch = (pattern: string) => nic.startsWith(/^[\w-]*/.exec(pattern)![0]);
	return words.some(
		(word, index) => word === nic || word === 'all' || (words[index - 1] === 'regex' && mayMatch(word)),
	);
}
