import * as z from 'zod';

/** Stands for the bridge's name in the text of an edit. No interface name holds a slash. */
export const bridgePlaceholder = '/bridge/';

/** A piece of a file that is replaced: `length` bytes from byte `at` on become `text`. */
const edit = z.object({at: z.int().min(0), length: z.int().min(0), text: z.string()});

/** A file and how it is edited, in order and without overlaps. Its own text is not kept: `digest` (SHA-256) says which one is meant. */
const editedFile = z.object({path: z.string(), digest: z.string().regex(/^[\da-f]{64}$/), edits: z.array(edit)});

/** Why a NIC's configuration is not turned into a bridge's: `names` are the keys, definitions or files at fault. */
const refusal = z.object({kind: z.enum(['unnamed', 'ambiguous', 'pattern', 'member', 'obstacle', 'form', 'secret']), names: z.array(z.string())});

/** A section of a file of systemd-networkd or NetworkManager. */
const section = z.object({name: z.string(), lines: z.array(z.string())});

/** Those to whom the wizard gives a bridge. */
const renderer = z.enum(['netplan', 'ifupdown', 'networkd', 'networkmanager']);
const identity = {
	/** The bridge takes it over, so that the DHCP server knows the host again. */
	mac: z.string(),
	/** The number by which systemd-networkd names the NIC to the DHCP server; absent without a lease of systemd-networkd. */
	iaid: z.number().optional(),
};

/**
 * How a wired NIC is configured: what making it a port of the bridge needs, and no more. Other interfaces, and every
 * password and key, stay in the host's files.
 */
export const uplinkSchema = z.union([
	z.object({renderer, ...identity, refusal}),
	z.object({renderer: z.literal('ifupdown'), ...identity, files: z.array(editedFile)}),
	z.object({
		renderer: z.literal('netplan'),
		...identity,
		/** The name of the NIC's definition under `ethernets`. */
		id: z.string(),
		/** What passes from that definition to the bridge's. */
		settings: z.record(z.string(), z.unknown()),
		files: z.array(editedFile),
	}),
	z.object({
		renderer: z.literal('networkd'),
		...identity,
		/** Of the .network file that governs the NIC, and its drop-ins. */
		sections: z.array(section),
	}),
	z.object({
		renderer: z.literal('networkmanager'),
		...identity,
		/** The UUID of the profile that is in force on the NIC. */
		connection: z.string().regex(/^[\da-f-]{36}$/),
		/** Of that profile: `ipv4`, `ipv6`, `proxy` and `ethernet`. */
		sections: z.array(section),
	}),
]);

export type Uplink = z.infer<typeof uplinkSchema>;
export type UplinkRenderer = z.infer<typeof renderer>;
export type UplinkRefusal = z.infer<typeof refusal>;
export type Section = z.infer<typeof section>;
export type Edit = z.infer<typeof edit>;
export type EditedFile = z.infer<typeof editedFile>;

/** A file of the host's network configuration as it was read; never saved. */
export interface WholeFile {
	readonly path: string;
	readonly content: Buffer;
}

/** The NIC, and the renderer's files that may configure it, in the order in which they are read. */
export interface WholeUplink {
	readonly nic: string;
	readonly mac: string;
	/** The NIC's other names. */
	readonly altnames?: readonly string[];
	/** The UUID of NetworkManager's profile that is in force. Its file need not say it. */
	readonly connection?: string;
	readonly files: readonly WholeFile[];
}

/** A name that tells that its value is a password or a key. */
const secretName = /pass(word|phrase|wd)|psk|secret|private|credential|wpa|802-?1x|(^|[^a-z])(auth|eap|keys?)($|[^a-z])|key$/i;

export function isSecretName(name: string): boolean {
	return secretName.test(name);
}
