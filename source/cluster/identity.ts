import {createHash} from 'node:crypto';

/**
 * Source of all UUIDs, MAC addresses and machine ids: a hash of the cluster's random id and a name. The values are known
 * before a VM exists, and are the same in every run.
 */
function digest(clusterId: string, name: string): Buffer {
	return createHash('sha256').update(`${clusterId}\0${name}`).digest();
}

/** A truncated SHA-256 as a UUID of version 8, whose content RFC 9562 leaves to the implementation. */
export function uuid(clusterId: string, name: string): string {
	const bytes = digest(clusterId, `uuid ${name}`).subarray(0, 16);
	bytes[6] = (bytes[6]! & 0x0f) | 0x80;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * A MAC address in the range of QEMU and libvirt (52:54:00). Three bytes of a hash can collide by chance, so addresses in
 * `taken` are skipped; the new address is added to `taken`.
 */
export function mac(clusterId: string, node: string, network: string, taken: Set<string>): string {
	for (let attempt = 0; ; attempt++) {
		const bytes = digest(clusterId, `mac ${node} ${network} ${attempt}`).subarray(0, 3);
		const address = ['52', '54', '00', ...[...bytes].map(byte => byte.toString(16).padStart(2, '0'))].join(':');
		if (!taken.has(address)) {
			taken.add(address);
			return address;
		}
	}
}

/** 32 hexadecimal digits for /etc/machine-id, formed like a UUID, as systemd expects. */
export function machineId(clusterId: string, node: string): string {
	return uuid(clusterId, `machine-id ${node}`).replaceAll('-', '');
}

/** UUID of the array in mdadm's form: four groups of eight digits. */
export function arrayUuid(clusterId: string): string {
	return digest(clusterId, 'array')
		.toString('hex')
		.slice(0, 32)
		.replace(/^(.{8})(.{8})(.{8})(.{8})$/, '$1:$2:$3:$4');
}
