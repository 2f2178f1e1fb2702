import type {EditedFile, Section} from '../host/uplink/uplink.ts';
import type {Text} from '../languages/text.ts';

/** A new file of the host's network configuration. `mode` is octal. */
export interface ConfigurationFile {
	readonly path: string;
	readonly mode: string;
	readonly content: string;
}

/** Formats sections as a file of systemd-networkd or NetworkManager. */
export function writeSections(sections: readonly Section[]): string {
	return `# Made by cluster-wizard.\n${sections.map(({name, lines}) => `[${name}]\n${lines.map(line => `${line}\n`).join('')}`).join('\n')}`;
}

/** Changes to the host's configuration files that make the bridge. Edits are applied on the host to the existing files. */
export interface BridgeChange {
	readonly edited: readonly EditedFile[];
	readonly added: readonly ConfigurationFile[];
}

/** Reason why a configuration cannot be changed into a bridge's. */
export interface Refusal {
	readonly refusal: Text;
}
