import {createHash} from 'node:crypto';

/**
 * Everything that tells a machine from all others comes from the cluster's random id and a name,
 * so that it can be written into a plan before the machine exists and is the same at every run.
 */
function digest(clusterId: string, name: string): Buffer {
	return createHash('sha256').update(`${clusterId}\0${name}`).digest();
}

/** A UUID of version 8, the one RFC 9562 leaves to whoever makes it: here, a SHA-256 cut short. */
export function uuid(clusterId: string, name: string): string {
	const bytes = digest(clusterId, `uuid ${name}`).subarray(0, 16);
	bytes[6] = (bytes[6]! & 0x0F) | 0x80;
	bytes[8] = (bytes[8]! & 0x3F) | 0x80;
	return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * In the range that QEMU and libvirt give their machines.
 * Three bytes of a hash can meet by chance: `taken` has the cluster's others, and gets this one.
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

/** 32 hexadecimal digits, as in /etc/machine-id. It has the form of a UUID, which systemd asks for. */
export function machineId(clusterId: string, node: string): string {
	return uuid(clusterId, `machine-id ${node}`).replaceAll('-', '');
}

/** As mdadm writes it: four groups of eight digits. */
export function arrayUuid(clusterId: string): string {
	return digest(clusterId, 'array').toString('hex').slice(0, 32).replace(/^(.{8})(.{8})(.{8})(.{8})$/, '$1:$2:$3:$4');
}
