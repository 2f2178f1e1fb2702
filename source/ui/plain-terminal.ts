/** Abilities of this terminal. */
export interface Abilities {
	readonly color: boolean;
	readonly unicode: boolean;
}

/** ASCII replacements for our signs, one column wide like the signs. */
const signs: Readonly<Record<string, string>> = {
	'✔': 'v',
	'✚': '+',
	'✖': 'X',
	'↷': '-',
	'■': '#',
	'✎': '*',
	'●': '@',
	'○': 'o',
	'◐': '*',
	'◌': '.',
	'›': '>',
	'…': '.',
	'·': '.',
	'«': '"',
	'»': '"',
	'¿': '?',
	'¡': '!',
	'─': '-',
	'│': '|',
	'┌': '+',
	'┐': '+',
	'└': '+',
	'┘': '+',
	'├': '+',
	'┤': '+',
	'┬': '+',
	'┴': '+',
	'┼': '+',
	'═': '=',
	'╪': '=',
	'█': '#',
	'░': '.',
	'▶': '>',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'’': "'",
	'“': '"',
	'”': '"',
	'–': '-',
	'—': '-',
	'×': 'x',
	'≥': '>',
	'≤': '<',
};

/** Converts text to ASCII without shifting columns: letters lose their accents, signs are replaced, the rest becomes `?`. */
export function toAscii(text: string): string {
	return text.replaceAll(/[^\u0000-\u007F]/gu, sign => {
		const known = signs[sign] ?? sign.normalize('NFD').replaceAll(/\p{Mark}/gu, '');
		return /^[\u0000-\u007F]*$/.test(known) ? known : '?';
	});
}

/** Removes colours; bold, dim and inverse stay. */
export function withoutColor(text: string): string {
	return text.replaceAll(/\u001B\[(?:3\d|4\d|9\d|10\d)(?:;[\d;]*)?m/g, '');
}

/** Replaces signs and colours that this terminal cannot show. */
export function plainText(text: string, {color, unicode}: Abilities): string {
	const shown = color ? text : withoutColor(text);
	return unicode ? shown : toAscii(shown);
}
