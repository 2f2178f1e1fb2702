import type {ConfigurationFile, Uplink} from '../answers/cluster.ts';
import type {Text} from '../messages/text.ts';

/** What a NIC's configuration is turned into a bridge's with. */
export interface Bridging extends Uplink {
	readonly nic: string;
	readonly bridge: string;
}

/** The files of the configuration before and after. One that is only in `before` goes; one only in `after` is new. */
export interface BridgeChange {
	readonly before: readonly ConfigurationFile[];
	readonly after: readonly ConfigurationFile[];
}

/** A configuration that is not turned into a bridge's, and why. */
export interface Refusal {
	readonly refusal: Text;
}

/** A NIC that no file speaks of, or whose configuration holds what a bridge's port cannot have. */
export function refuse(nic: string, en: string, es: string): Refusal {
	return {refusal: {en: `${nic}: ${en}`, es: `${nic}: ${es}`}};
}
