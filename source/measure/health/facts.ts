import type {Outcome} from '../result.ts';

/** Facts from one status check. An undefined part could not be read. */
export interface ClusterFacts {
	readonly controller: ControllerFacts;
	/** By node name; a node that did not answer is only in `silent`. */
	readonly nodes: ReadonlyMap<string, NodeFacts>;
	/** Reasons why nodes did not answer, by node name. */
	readonly silent: ReadonlyMap<string, string>;
	readonly page: PageFacts;
	/** Drills whose injected faults may not be repaired yet. */
	readonly openDrills: readonly string[];
}

/** The computer that libvirt runs on, or its stand-in inside the sandbox. */
export interface ControllerFacts {
	/** By UUID; undefined when libvirt does not answer. */
	readonly machines?: ReadonlyMap<string, MachineFacts>;
	/** Reason why libvirt could not be queried. */
	readonly libvirtTrouble?: string;
	readonly networks?: {readonly active: ReadonlySet<string>; readonly autostart: ReadonlySet<string>};
	readonly memory?: MemoryFacts;
	/** The file systems that hold disks, images and state, without duplicates. */
	readonly filesystems?: readonly FilesystemFacts[];
	/** Whether the clock is synchronized; undefined if no time service is enabled. */
	readonly isSynchronized?: boolean;
}

export interface MachineFacts {
	/** virDomainState in words: `running`, `paused`, `shut off`, … */
	readonly state: string;
	/** virDomain…Reason, a number whose meaning depends on the state. */
	readonly reason?: number;
	readonly autostart: boolean;
}

/** Memory and swap, in bytes. */
export interface MemoryFacts {
	readonly total: number;
	readonly available: number;
	readonly swapTotal: number;
	readonly swapFree: number;
}

/** Sizes in bytes, and numbers of inodes. `inodes` is 0 if a file system has no fixed number of inodes. */
export interface FilesystemFacts {
	readonly path: string;
	readonly type: string;
	readonly size: number;
	readonly used: number;
	readonly available: number;
	readonly inodes: number;
	readonly inodesUsed: number;
}

export interface UnitFacts {
	readonly name: string;
	/** systemd's ActiveState: `active`, `failed`, … */
	readonly active: string;
	readonly sub: string;
}

export interface NodeFacts {
	/** Lower and upper bound of the seconds that the node's clock is ahead of the controller's. */
	readonly clock?: {readonly earliest: number; readonly latest: number};
	/** Seconds since the node booted. */
	readonly uptime?: number;
	readonly isSynchronized?: boolean;
	readonly memory?: MemoryFacts;
	readonly filesystems?: readonly FilesystemFacts[];
	readonly mounts?: readonly MountFacts[];
	/** The units that the node's role needs, and all failed units. */
	readonly units?: readonly UnitFacts[];
	/** Web servers only: result of reading the array's health file over NFS. */
	readonly storageRead?: StorageRead;
	readonly director?: DirectorFacts;
	readonly storage?: StorageFacts;
}

export interface MountFacts {
	readonly source: string;
	readonly path: string;
	readonly type: string;
	readonly options: readonly string[];
}

/** `hangs`: no answer in time; `failed`: an error, in `detail`. */
export interface StorageRead {
	readonly result: 'ok' | 'hangs' | 'failed';
	readonly detail: string;
}

export interface StorageFacts {
	readonly arrays?: readonly ArrayFacts[];
	readonly exports?: ReadonlyArray<{readonly path: string; readonly clients: string}>;
	/** Threads of the kernel's NFS server; 0 when it is stopped. */
	readonly nfsThreads?: number;
}

export interface ArrayFacts {
	readonly name: string;
	/** `active` or `inactive`. */
	readonly state: string;
	readonly access: 'read-write' | 'read-only' | 'auto-read-only';
	/** `raid6`; empty for an inactive array. */
	readonly level: string;
	/** Number of disks that the array should have, and number that work. */
	readonly wanted: number;
	readonly working: number;
	/** mdstat's map of working (U) and missing (_) disks, such as `UUUU_`; empty for an inactive array. */
	readonly map: string;
	/** Members marked as failed. */
	readonly failed: readonly string[];
	/** `recovery`, `resync`, `reshape` or `check`, with its percentage or `PENDING` or `DELAYED`. */
	readonly action?: {readonly kind: string; readonly percent?: number; readonly waiting?: string};
}

export interface DirectorFacts {
	readonly pacemaker?: PacemakerFacts;
	/** crm_mon's message if it gave no status. */
	readonly pacemakerTrouble?: string;
	/** Constraints left by a manual `crm_resource --move` or `--ban`; `node` is set if the constraint names a node directly. */
	readonly constraints?: ReadonlyArray<{readonly id: string; readonly node?: string}>;
	readonly links?: readonly LinkFacts[];
	/** IPv4 addresses of all the director's interfaces. */
	readonly addresses?: ReadonlySet<string>;
	readonly services?: readonly VirtualServiceFacts[];
	readonly isLdirectordRunning?: boolean;
	/** Names or addresses of web servers that were taken out of rotation by hand. */
	readonly maintenance?: readonly string[];
}

/** A Corosync link to one other node. */
export interface LinkFacts {
	/** Counted from 0. */
	readonly link: number;
	readonly nodeId: number;
	readonly isConnected: boolean;
}

/** One virtual service of the IPVS table. */
export interface VirtualServiceFacts {
	/** `192.168.1.200:80` */
	readonly service: string;
	readonly servers: ReadonlyArray<{
		readonly address: string;
		readonly weight: number;
		readonly active: number;
		readonly inactive: number;
	}>;
}

export interface PacemakerFacts {
	/** Undefined while no DC (designated coordinator) is elected. */
	readonly hasQuorum?: boolean;
	readonly isMaintenance: boolean;
	readonly nodes: readonly PacemakerNode[];
	readonly resources: readonly PacemakerResource[];
	readonly failures: ReadonlyArray<{
		readonly resource: string;
		readonly node: string;
		readonly task: string;
		readonly reason: string;
	}>;
}

export interface PacemakerNode {
	readonly name: string;
	readonly isOnline: boolean;
	readonly isStandby: boolean;
	readonly isMaintenance: boolean;
	readonly isPending: boolean;
	readonly isUnclean: boolean;
}

export interface PacemakerResource {
	readonly id: string;
	readonly agent: string;
	readonly role: string;
	readonly nodes: readonly string[];
	readonly isFailed: boolean;
	readonly isBlocked: boolean;
	readonly isManaged: boolean;
}

/** Answers to HTTP requests to the external VIP, one request for each web server. */
export interface PageFacts {
	readonly url: string;
	readonly answers: readonly PageAnswer[];
}

export interface PageAnswer {
	readonly outcome: Outcome;
	/** The HTTP status; absent when there was no HTTP answer. */
	readonly status?: number;
	/** The web server that answered: a node's name. */
	readonly server?: string;
	/** Response time in milliseconds. */
	readonly latency: number;
}
