import type {Outcome} from '../result.ts';

/** Facts of one look at the cluster. A part that is undefined could not be read. */
export interface ClusterFacts {
	readonly controller: ControllerFacts;
	/** By node name; a node that did not answer is only in `silent`. */
	readonly nodes: ReadonlyMap<string, NodeFacts>;
	/** Why a node did not answer, by node name. */
	readonly silent: ReadonlyMap<string, string>;
	readonly page: PageFacts;
	/** Drills whose harm may still be there. */
	readonly openDrills: readonly string[];
}

/** The computer that libvirt runs on, or its stand-in inside the sandbox. */
export interface ControllerFacts {
	/** By UUID; undefined when libvirt does not answer. */
	readonly machines?: ReadonlyMap<string, MachineFacts>;
	/** Why libvirt could not be asked. */
	readonly libvirtTrouble?: string;
	readonly networks?: {readonly active: ReadonlySet<string>; readonly autostart: ReadonlySet<string>};
	readonly memory?: MemoryFacts;
	/** Of the file systems that hold disks, images and state; each once. */
	readonly filesystems?: readonly FilesystemFacts[];
	/** Whether the system's clock is synchronized, where a time service is on. */
	readonly isSynchronized?: boolean;
}

export interface MachineFacts {
	/** virDomainState in words: `running`, `paused`, `shut off`, … */
	readonly state: string;
	/** virDomain…Reason, a number whose meaning depends on the state. */
	readonly reason?: number;
	readonly autostart: boolean;
}

/** Bytes. */
export interface MemoryFacts {
	readonly total: number;
	readonly available: number;
	readonly swapTotal: number;
	readonly swapFree: number;
}

/** Bytes and inodes. `inodes` is 0 where a file system has no fixed number of them. */
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
	/** Seconds that the node's clock is ahead of the controller's: between these two. */
	readonly clock?: {readonly earliest: number; readonly latest: number};
	/** Seconds since it booted. */
	readonly uptime?: number;
	readonly isSynchronized?: boolean;
	readonly memory?: MemoryFacts;
	readonly filesystems?: readonly FilesystemFacts[];
	readonly mounts?: readonly MountFacts[];
	/** The units that a role needs, and those that failed. */
	readonly units?: readonly UnitFacts[];
	/** Web servers and directors: reading the array's health file over NFS. */
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
	/** How many disks it should have, and how many work. */
	readonly wanted: number;
	readonly working: number;
	/** `UUUU_`; empty for an inactive array. */
	readonly map: string;
	/** Members marked as failed. */
	readonly failed: readonly string[];
	/** `recovery`, `resync`, `reshape` or `check`, with its percentage or `PENDING` or `DELAYED`. */
	readonly action?: {readonly kind: string; readonly percent?: number; readonly waiting?: string};
}

export interface DirectorFacts {
	readonly pacemaker?: PacemakerFacts;
	/** What crm_mon said instead of a status. */
	readonly pacemakerTrouble?: string;
	/** Constraints that a move or a ban by hand has left; `node` where one names a node directly. */
	readonly constraints?: ReadonlyArray<{readonly id: string; readonly node?: string}>;
	readonly links?: readonly LinkFacts[];
	/** IPv4 addresses of all its interfaces. */
	readonly addresses?: ReadonlySet<string>;
	readonly services?: readonly VirtualServiceFacts[];
	readonly isLdirectordRunning?: boolean;
	/** Addresses of web servers that were taken out of rotation by hand. */
	readonly maintenance?: readonly string[];
}

/** One of Corosync's links to one other node. */
export interface LinkFacts {
	/** Counted from 0. */
	readonly link: number;
	readonly nodeId: number;
	readonly isConnected: boolean;
}

/** One entry of IPVS's table. */
export interface VirtualServiceFacts {
	/** `192.168.1.200:80` */
	readonly service: string;
	readonly servers: ReadonlyArray<{readonly address: string; readonly weight: number; readonly active: number; readonly inactive: number}>;
}

export interface PacemakerFacts {
	/** undefined while no coordinator is elected. */
	readonly hasQuorum?: boolean;
	readonly isMaintenance: boolean;
	readonly nodes: readonly PacemakerNode[];
	readonly resources: readonly PacemakerResource[];
	readonly failures: ReadonlyArray<{readonly resource: string; readonly node: string; readonly task: string; readonly reason: string}>;
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

/** Answers that a client gets to one request for each web server, all to the external VIP. */
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
	/** Milliseconds. */
	readonly latency: number;
}
