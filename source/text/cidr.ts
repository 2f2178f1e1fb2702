/** An IPv4 network as numbers. `size` counts all addresses, including the network and broadcast addresses. */
export interface Cidr {
	readonly base: number;
	readonly prefix: number;
	readonly size: number;
}

/** Parses an IPv4 address into an unsigned number; undefined if the text is not an IPv4 address. */
export function parseAddress(text: string): number | undefined {
	const parts = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/
		.exec(text)
		?.slice(1)
		.map(Number);
	if (!parts || parts.some(part => part > 255)) {
		return undefined;
	}

	let address = 0;
	for (const part of parts) {
		address = address * 256 + part;
	}

	return address;
}

export function formatAddress(address: number): string {
	return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** Parses a network such as `10.0.10.0/24`; undefined if the text is no network or has host bits set. */
export function parseCidr(text: string): Cidr | undefined {
	const [address = '', bits = '', ...rest] = text.split('/');
	const base = parseAddress(address);
	if (base === undefined || rest.length > 0 || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) {
		return undefined;
	}

	const prefix = Number(bits);
	const size = 2 ** (32 - prefix);
	return base % size === 0 ? {base, prefix, size} : undefined;
}

/** Network of an address and prefix: 192.168.1.77 and 24 give 192.168.1.0/24. */
export function networkOf(address: string, prefix: number): string {
	const size = 2 ** (32 - prefix);
	const number = parseAddress(address) ?? 0;
	return `${formatAddress(number - (number % size))}/${prefix}`;
}

export function contains(network: Cidr, address: number): boolean {
	return address >= network.base && address < network.base + network.size;
}

/** Whether a host may have this address: it is neither the network's address nor the broadcast address. */
export function isHostOf(network: Cidr, address: number): boolean {
	return address > network.base && address < network.base + network.size - 1;
}

export function overlap(one: Cidr, other: Cidr): boolean {
	return contains(one, other.base) || contains(other, one.base);
}
