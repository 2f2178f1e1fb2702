/** Abilities of this terminal. */
export interface Abilities {
	readonly color: boolean;
	readonly unicode: boolean;
}

/** What stands for our signs where there is only ASCII; each is one column wide, as they are. */
const signs: Readonly<Record<string, string>> = {
	'✔': 'v', '✚': '+', '✖': 'X', '↷': '-', '■': '#', '✎': '*', '●': '@', '○': 'o', '◐': '*', '◌': '.', '›': '>', '…': '.', '·': '.', '«': '"', '»': '"', '¿': '?', '¡': '!',
	'─': '-', '│': '|', '┌': '+', '┐': '+', '└': '+', '┘': '+', '├': '+', '┤': '+', '┬': '+', '┴': '+', '┼': '+', '═': '=', '╪': '=', '█': '#', '░': '.', '▶': '>',
	'→': '>', '←': '<', '↑': '^', '↓': 'v', '’': '\'', '“': '"', '”': '"', '–': '-', '—': '-', '×': 'x', '≥': '>', '≤': '<',
};

/** The same text, column by column, in ASCII: letters lose their accents, signs become others that differ as well. */
export function toAscii(text: string): string {
	return text.replaceAll(/[^\u0000-\u007F]/gu, sign => {
		const known = signs[sign] ?? sign.normalize('NFD').replaceAll(/\p{Mark}/gu, '');
		return /^[\u0000-\u007F]*$/.test(known) ? known : '?';
	});
}

/** Without colours; bold, dim and inverse stay. */
export function withoutColor(text: string): string {
	 
	return text.replaceAll(/\u001B\[(?:3\d|4\d|9\d|10\d)(?:;[\d;]*)?m/g, '');
}

/** Replaces signs and colours that this terminal cannot show. */
export function plainText(text: string, {color, unicode}: Abilities): string {
	const shown = color ? text : withoutColor(text);
	return unicode ? shown : toAscii(shown);
}
