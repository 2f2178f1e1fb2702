import type {EditedFile, Section} from '../host/uplink/uplink.ts';
import type {Text} from '../languages/text.ts';

/** A new file of the host's network configuration. `mode` is octal. */
export interface ConfigurationFile {
	readonly path: string;
	readonly mode: string;
	readonly content: string;
}

/** The text of a file of systemd-networkd or NetworkManager. */
export function writeSections(sections: readonly Section[]): string {
	return `# Made by cluster-wizard.\n${sections.map(({name, lines}) => `[${name}]\n${lines.map(line => `${line}\n`).join('')}`).join('\n')}`;
}

/** What making the bridge does to the host's configuration files. Edits are made on the host, to the files that are there. */
export interface BridgeChange {
	readonly edited: readonly EditedFile[];
	readonly added: readonly ConfigurationFile[];
}

/** A configuration that is not turned into a bridge's, and why. */
export interface Refusal {
	readonly refusal: Text;
}
