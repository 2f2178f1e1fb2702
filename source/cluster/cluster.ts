import type {Secret} from '../shell/secret.ts';
import type {Uplink} from '../host/uplink/uplink.ts';

export type Role = 'storage' | 'director' | 'web';
export type NetworkName = 'external' | 'internal' | 'heartbeat';

/** A network of the cluster, IPv4. */
export interface Network {
	readonly name: NetworkName;
	/** The bridge or libvirt network the machines are attached to: `kvmbr0`, `redInter`, `redHeart`. */
	readonly label: string;
	/** For instance `10.0.10.0/24`. */
	readonly cidr: string;
	/** Bits of the network part, for instance 24. */
	readonly prefix: number;
	/** libvirt's UUID, for the networks that libvirt has. */
	readonly uuid: string;
}

export interface Nic {
	/** The interface's name inside the machine, set by MAC. */
	readonly link: 'ext0' | 'int0' | 'hb0';
	readonly network: NetworkName;
	/** Lower case, 52:54:00:… */
	readonly mac: string;
	readonly address: string;
}

export interface Node {
	/** Its key in the answers: `nas`, `master`, `standby`, `server1` …; it stays when the name changes. */
	readonly id: string;
	/** The host name: `nas`, `master`, `standby`, `server1` … */
	readonly name: string;
	readonly role: Role;
	/** libvirt's name: `NFS`, `MASTER`, `STANDBY`, `SERVER1` … */
	readonly vm: string;
	readonly uuid: string;
	/** 32 hexadecimal digits. */
	readonly machineId: string;
	readonly vcpus: number;
	/** MiB. */
	readonly memory: number;
	/** GiB of the system disk. */
	readonly disk: number;
	/** In the order ext0, int0, hb0, those it has. */
	readonly nics: readonly Nic[];
	/** The address on the internal network, which every node has. */
	readonly internal: string;
	readonly external?: string;
	readonly heartbeat?: string;
	/** Corosync's id; directors only. */
	readonly corosyncId?: number;
	/** The node's own SSH host key: OpenSSH private key, and the public line `ssh-ed25519 AAAA…`. */
	readonly hostKey: {readonly private: Secret; readonly public: string};
}

/** A release of a distribution for the machines, with what differs between releases. */
export interface Guest {
	readonly distribution: 'debian' | 'ubuntu';
	/** mmdebstrap's suite: bookworm, trixie, jammy, noble. */
	readonly release: string;
}

/** The user's own pages, as `up` stages them. */
export interface OwnContent {
	readonly kind: 'own';
	/** Of what is published: names, kinds, sizes, times. `not-staged` as long as nothing is staged. */
	readonly digest: string;
	/** Absolute path of the gzipped tar on the host. */
	readonly archive: string;
	/** Bytes that the pages take on the array. */
	readonly size: number;
}

/** The inventory: a pure function of answers, host facts and keys. Chosen, not discovered. */
export interface Cluster {
	/** The cluster's name: lower-case letters, digits and hyphens. */
	readonly name: string;
	readonly sandbox: boolean;
	readonly acceleration: 'kvm' | 'tcg';
	/** By how much limits of time are multiplied: 1 with hardware virtualization. */
	readonly pace: number;
	/** Host: where the external network comes from; `nic` for a bridge. */
	readonly host: {
		readonly external: 'bridge' | 'nat' | 'sandbox';
		readonly nic?: string;
		readonly renderer?: 'netplan' | 'ifupdown' | 'networkmanager' | 'networkd' | 'none';
		/** For a bridge: how `nic` was configured when it was looked at. */
		readonly uplink?: Uplink;
	};
	readonly guest: Guest;
	/** Days from which on an image is made anew before a disk is copied from it. */
	readonly maxImageAge: number;
	/** Absolute paths on the host. */
	readonly paths: {
		/** The state directory of this cluster. */
		readonly state: string;
		/** Built images. */
		readonly cache: string;
		/** Folder for the machines' disks, readable by QEMU; ours alone. */
		readonly disks: string;
		/** ssh_config in the state directory. */
		readonly sshConfig: string;
	};
	readonly networks: Readonly<Record<NetworkName, Network>>;
	/** The external network's gateway. */
	readonly gateway: string;
	/** Name servers the directors forward to. */
	readonly nameservers: readonly string[];
	readonly vip: {readonly external: string; readonly internal: string};
	readonly nodes: readonly Node[];
	readonly storage: Node;
	/** master, standby: in this order. */
	readonly directors: readonly [Node, Node];
	readonly webs: readonly Node[];
	/** All nodes of a role, in order. */
	readonly byRole: Readonly<Record<Role, readonly Node[]>>;
	readonly raid: {
		readonly level: 4 | 5 | 6 | 10;
		readonly disks: number;
		/** MiB of each. */
		readonly size: number;
		/** Serials of the disks, in order: raid1 … (udev: /dev/disk/by-id/virtio-raid1). */
		readonly serials: readonly string[];
		readonly uuid: string;
		readonly filesystemUuid: string;
	};
	readonly ha: {
		readonly failback: boolean;
		/** Milliseconds, already scaled. */
		readonly token: number;
		/** Seconds, already scaled. */
		readonly monitor: number;
		/** Seconds: limits of the resource agents, already scaled. */
		readonly agentLimit: {readonly startStop: number; readonly monitor: number};
		readonly sorryPage: boolean;
		/** base64 of the Corosync key. */
		readonly authkey: Secret;
	};
	/** ldirectord: seconds, already scaled. */
	readonly check: {readonly interval: number; readonly timeout: number};
	/** What the web servers show: the test page, or the user's own pages. */
	readonly content: {readonly kind: 'test-page'} | OwnContent;
	/** The wizard's public key, as it stands in authorized_keys. */
	readonly authorizedKey: string;
	/** The ordinary user whom the wizard works for; absent when root uses it. */
	readonly user?: string;
}
