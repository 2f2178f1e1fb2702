import {regExp} from '../../regexp.ts';
import {digestOf} from './digest.ts';
import {bridgePlaceholder, type Edit, type EditedFile, type UplinkRefusal, type WholeUplink} from './uplink.ts';

const stanza = /^\s*(?:iface|mapping|auto|allow-\S+|no-auto-down|no-scripts|rename|template|source|source-directory)\b/;

/** Options that no bridge's port can have; the value may be a password. */
const obstacle = /^\s*((?:wpa|bond)[-_]\S*)/;

/**
 * ifupdown: the NIC's stanzas become the bridge's, as in the thesis (`bridge_ports`, `bridge_stp off`), and the NIC is
 * left without addresses. Aliases (`eno1:0`) go along. Of the files only the places of the NIC's name are kept.
 */
export function reduceIfupdown({nic, mac, files}: WholeUplink): {files: EditedFile[]} | {refusal: UplinkRefusal} {
	const header = regExp()`^(\s*iface\s+)${nic}(:\S+)?(?=\s)[^\r]*$`;
	const device = regExp('g')`\bdev\s+(?=${nic}(?:\s|$))`;
	let obstacleFound: string | undefined;
	let isNamed = false;
	let hasPort = false;

	const edited = files.map(({path, content}): EditedFile => {
		const edits: Edit[] = [];
		let isOurs = false;
		// One character for each byte: a file may hold bytes that are no text.
		for (const {at, line} of linesOf(content.toString('latin1'))) {
			if (stanza.test(line)) {
				isOurs = header.test(line);
			}

			const [, before = '', alias] = header.exec(line) ?? [];
			if (before !== '') {
				edits.push(...headerEdits(at, line, before, alias === undefined));
			} else if (isOurs) {
				obstacleFound ??= obstacle.exec(line)?.[1];
				edits.push(...[...line.matchAll(device)].map(match => nameAt(at + match.index + match[0].length)));
			} else {
				edits.push(...startEdits(at, line, nic));
			}
		}

		return {path, digest: digestOf(content), edits};
	});
	if (!isNamed) {
		return {refusal: {kind: 'unnamed', names: []}};
	}

	return obstacleFound === undefined ? {files: edited.filter(({edits}) => edits.length > 0)} : {refusal: {kind: 'obstacle', names: [obstacleFound]}};

	function headerEdits(at: number, line: string, before: string, isMain: boolean): Edit[] {
		const name = nameAt(at + before.length);
		isNamed ||= isMain;
		if (hasPort || !isMain) {
			return [name];
		}

		hasPort = true;
		return [
			{at, length: 0, text: `iface ${nic} inet manual\n\n`},
			name,
			{at: at + line.length, length: 0, text: `\n\tbridge_ports ${nic}\n\tbridge_stp off\n\tbridge_fd 0\n\tbridge_hw ${mac}`},
		];
	}

	function nameAt(at: number): Edit {
		return {at, length: nic.length, text: bridgePlaceholder};
	}
}

/** `auto eno1` and `allow-hotplug eno1`: no event brings a bridge, so that it is always `auto`. */
function startEdits(at: number, line: string, nic: string): Edit[] {
	const [, keyword, names = ''] = /^\s*(auto|allow-\S+)\s+(.*)$/.exec(line) ?? [];
	const words = names.trim().split(/\s+/);
	const is = (word: string) => word === nic || word.startsWith(`${nic}:`);
	if (keyword === undefined || !words.some(word => is(word))) {
		return [];
	}

	const renamed = (word: string) => is(word) ? `${bridgePlaceholder}${word.slice(nic.length)}` : word;
	const rest = words.filter(word => !is(word));
	const text = keyword === 'auto'
		? `auto ${words.map(word => renamed(word)).join(' ')}`
		: [...(rest.length > 0 ? [`${keyword} ${rest.join(' ')}`] : []), `auto ${words.filter(word => is(word)).map(word => renamed(word)).join(' ')}`].join('\n');
	return [{at, length: line.length, text: Buffer.from(text, 'latin1').toString()}];
}

/** The lines without their ends, with the place at which they begin. */
function linesOf(text: string): Array<{at: number; line: string}> {
	let at = 0;
	return text.split('\n').map(line => {
		const found = {at, line};
		at += line.length + 1;
		return found;
	});
}
