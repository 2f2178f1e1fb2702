import * as z from 'zod';

/** Placeholder for the bridge's name in the text of an edit. Interface names cannot contain a slash. */
export const bridgePlaceholder = '/bridge/';

/** An edit of a file: replaces `length` bytes from offset `at` by `text`. */
const edit = z.object({at: z.int().min(0), length: z.int().min(0), text: z.string()});

/** Edits of a file, in order and without overlaps. `digest`: SHA-256 of the original file, whose text is not stored. */
const editedFile = z.object({path: z.string(), digest: z.string().regex(/^[\da-f]{64}$/), edits: z.array(edit)});

/** Reason why a NIC's configuration cannot be changed into a bridge's; `names`: the keys, definitions or files at fault. */
const refusal = z.object({
	kind: z.enum(['unnamed', 'ambiguous', 'pattern', 'member', 'obstacle', 'form', 'secret']),
	names: z.array(z.string()),
});

/** A section of a file of systemd-networkd or NetworkManager. */
const section = z.object({name: z.string(), lines: z.array(z.string())});

/** Network configuration programs in which the wizard can make a bridge. */
const renderer = z.enum(['netplan', 'ifupdown', 'networkd', 'networkmanager']);
const identity = {
	/** The NIC's MAC address. The bridge takes it over, so that the DHCP server recognizes the host. */
	mac: z.string(),
	/** DHCP identity association id of the NIC (RFC 4361); absent if systemd-networkd has no lease. */
	iaid: z.number().optional(),
};

/**
 * The part of a wired NIC's configuration that is needed to make the NIC a port of the bridge. Settings of other interfaces,
 * passwords and keys are never included.
 */
export const uplinkSchema = z.union([
	z.object({renderer, ...identity, refusal}),
	z.object({renderer: z.literal('ifupdown'), ...identity, files: z.array(editedFile)}),
	z.object({
		renderer: z.literal('netplan'),
		...identity,
		/** Name of the NIC's definition (under `ethernets`, `bonds` or `vlans`). */
		id: z.string(),
		/** Settings that move from that definition to the bridge's. */
		settings: z.record(z.string(), z.unknown()),
		files: z.array(editedFile),
	}),
	z.object({
		renderer: z.literal('networkd'),
		...identity,
		/** Sections of the .network file that applies to the NIC, and of its drop-ins. */
		sections: z.array(section),
	}),
	z.object({
		renderer: z.literal('networkmanager'),
		...identity,
		/** UUID of the NIC's active profile. */
		connection: z.string().regex(/^[\da-f-]{36}$/),
		/** Sections `ipv4`, `ipv6`, `proxy` and `ethernet` of that profile. */
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

/** The NIC, and the renderer's files that may configure it, in the order in which the renderer reads them. */
export interface WholeUplink {
	readonly nic: string;
	readonly mac: string;
	/** Alternative names of the NIC. */
	readonly altnames?: readonly string[];
	/** UUID of the active NetworkManager profile, which the profile's file need not contain. */
	readonly connection?: string;
	readonly files: readonly WholeFile[];
}

/** Names whose value is likely a password or a key. */
const secretName =
	/pass(word|phrase|wd)|psk|secret|private|credential|wpa|802-?1x|(^|[^a-z])(auth|eap|keys?)($|[^a-z])|key$/i;

export function isSecretName(name: string): boolean {
	return secretName.test(name);
}
