import type {Secret} from '../shell/secret.ts';
import type {Uplink} from '../host/uplink/uplink.ts';
import type {Role} from '../roles/index.ts';
import type {Distribution} from '../roles/role.ts';
import type {SettingValues} from './setting.ts';
import type {settings} from './settings.ts';

export type NetworkName = 'external' | 'internal' | 'heartbeat';

/** A network of the cluster, IPv4. */
export interface Network {
	readonly name: NetworkName;
	/** Name of the bridge or libvirt network that VMs are attached to: `kvmbr0`, `redInter`, `redHeart`. */
	readonly label: string;
	/** For instance `10.0.10.0/24`. */
	readonly cidr: string;
	/** Bits of the network part, for instance 24. */
	readonly prefix: number;
	/** UUID for libvirt; also marks a bridge as ours. */
	readonly uuid: string;
}

export interface Nic {
	/** Name of the interface inside the VM, assigned by MAC address. */
	readonly link: 'ext0' | 'int0' | 'hb0';
	readonly network: NetworkName;
	/** MAC address in lower case, 52:54:00:… */
	readonly mac: string;
	readonly address: string;
}

export interface Node {
	/** Key in the answers: `nas`, `master`, `standby`, `server1` …; does not change with the name. */
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
	/** Memory in MiB. */
	readonly memory: number;
	/** Size of the system disk in GiB. */
	readonly disk: number;
	/** NICs of the node, in the order ext0, int0, hb0. */
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

/** Distribution and release of the VMs. */
export interface Guest {
	readonly distribution: Distribution;
	/** mmdebstrap's suite: bookworm, trixie, jammy, noble. */
	readonly release: string;
}

/** The user's own pages, as `up` stages them. */
export interface OwnContent {
	readonly kind: 'own';
	/** Digest of the names, kinds, sizes and times of the pages; `not-staged` until the pages are staged. */
	readonly digest: string;
	/** Absolute path of the gzipped tar on the host. */
	readonly archive: string;
	/** Size of the pages on the array in bytes. */
	readonly size: number;
}

/** The complete description of a cluster: a pure function of answers, host facts and keys. */
export interface Cluster {
	/** The cluster's name: lower-case letters, digits and hyphens. */
	readonly name: string;
	readonly sandbox: boolean;
	readonly acceleration: 'kvm' | 'tcg';
	/** Factor on all timeouts: 1 with hardware virtualization, more under emulation. */
	readonly timeoutScale: number;
	/** Host: type of the external network; `nic` is the port of a bridge. */
	readonly host: {
		readonly external: 'bridge' | 'nat' | 'sandbox';
		readonly nic?: string;
		readonly renderer?: 'netplan' | 'ifupdown' | 'networkmanager' | 'networkd' | 'none';
		/** For a bridge: configuration of `nic` when the host facts were read. */
		readonly uplink?: Uplink;
	};
	readonly guest: Guest;
	/** Maximum age of an image in days; an older image is rebuilt before a disk is copied from it. */
	readonly maxImageAge: number;
	/** Absolute paths on the host. */
	readonly paths: {
		/** The state directory of this cluster. */
		readonly state: string;
		/** Folder of built images and downloaded packages. */
		readonly cache: string;
		/** Folder for the VMs' disks, readable by QEMU; used only by this cluster. */
		readonly disks: string;
		/** The file `ssh_config` in the state directory. */
		readonly sshConfig: string;
	};
	readonly networks: Readonly<Record<NetworkName, Network>>;
	/** The external network's gateway. */
	readonly gateway: string;
	/** Name servers that the directors forward queries to. */
	readonly nameservers: readonly string[];
	readonly vip: {readonly external: string; readonly internal: string};
	readonly nodes: readonly Node[];
	readonly storage: Node;
	/** The master and the standby, in this order. */
	readonly directors: readonly [Node, Node];
	readonly webs: readonly Node[];
	/** All nodes of a role, in order. */
	readonly byRole: Readonly<Record<Role, readonly Node[]>>;
	readonly raid: {
		readonly level: 4 | 5 | 6 | 10;
		readonly disks: number;
		/** Size of each disk in MiB. */
		readonly size: number;
		/** Serial numbers of the disks, in order: raid1 … (udev: /dev/disk/by-id/virtio-raid1). */
		readonly serials: readonly string[];
		readonly uuid: string;
		readonly filesystemUuid: string;
	};
	/** Settings in force (`settings.ts`): times are already scaled for emulated VMs. */
	readonly ha: SettingValues<typeof settings.ha> & {
		/** Timeouts of the resource agents in seconds, already scaled. */
		readonly agentLimit: {readonly startStop: number; readonly monitor: number};
		/** Corosync's key in base64. */
		readonly authkey: Secret;
	};
	/** ldirectord's health checks, in seconds, already scaled. */
	readonly check: SettingValues<typeof settings.check>;
	/** Content of the web servers: the test page, or the user's own pages. */
	readonly content: {readonly kind: 'test-page'} | OwnContent;
	/** The wizard's public key, as a line of authorized_keys. */
	readonly authorizedKey: string;
	/** Name of the ordinary user who started the wizard through sudo; absent if root started it. */
	readonly user?: string;
}
