import type {AddressPlace} from '../roles/role.ts';
import {contains, formatAddress, parseAddress, parseCidr, type Cidr} from '../text/cidr.ts';

/**
 * Addresses in a range: the thesis's in one of 256 addresses or more; in a smaller one, those at its edges.
 * @param room how many addresses the last place is the first of
 */
export function place(cidr: string, places: readonly AddressPlace[], room = 1): string[] {
	const network = parseCidr(cidr);
	const wide = places.map(({wide}) => wide);
	const fits =
		network !== undefined &&
		contains(network, network.base + Math.max(...wide.slice(0, -1), wide.at(-1)! + room - 1) + 1);
	return places.map(({wide, narrow}) => nthAddress(cidr, fits ? wide : narrow));
}

/** The n-th address of a range; a negative one counts back from the broadcast. */
export function nthAddress(cidr: string, index: number): string {
	const network: Cidr = parseCidr(cidr) ?? {base: parseAddress(cidr.split('/')[0]!) ?? 0, prefix: 24, size: 256};
	return formatAddress(network.base + (index < 0 ? network.size - 1 + index : index));
}
