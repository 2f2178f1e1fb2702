import {randomBytes} from 'node:crypto';
import ssh from 'ssh2';
import {UserError} from '../user-error.ts';
import {Secret} from '../shell/secret.ts';
import {phrase, type Language} from '../languages/text.ts';

export interface KeyPair {
	/** Private key in OpenSSH's format. */
	readonly private: Secret;
	/** `ssh-ed25519 AAAA…` */
	readonly public: string;
}

/** Keys and secrets of a cluster, created once and stored in the state directory. */
export interface Keys {
	/** The wizard's own key pair, which gives access to every node. */
	readonly wizard: KeyPair;
	/** Host key pair of each node, by `Node.id`. */
	readonly hosts: Readonly<Record<string, KeyPair>>;
	/** Corosync's key in base64. */
	readonly authkey: Secret;
}

/** Subset of the state directory's methods for keys: private folders, and files that are replaced atomically. */
export interface KeyStore {
	create(...folders: string[]): void;
	/** The text of a file; undefined if the file does not exist. */
	read(name: string): string | undefined;
	write(name: string, content: string): void;
}

/** Path of the wizard's private key, relative to the state directory; `ssh` reads the file, too. */
export const wizardKeyFile = 'keys/wizard';

const authkeyFile = 'keys/authkey';
const hostKeyFile = (id: string) => `keys/host-${id}`;

/** Length of Corosync's key: 128 to 4096 bytes, recommended 256 (corosync-keygen(8)). */
const authkeyBytes = 256;

/**
 * Returns the keys of a cluster. Creates missing keys, as for a new node, and never replaces existing ones.
 * @param ids ids of the nodes (`nodeIds`)
 * @throws UserError if a key file is damaged: a new key in its place would lock the wizard out of the built cluster
 */
export function ensureKeys(store: KeyStore, ids: readonly string[], language: Language = 'en'): Keys {
	store.create('keys');
	const pair = (file: string, name: string, comment: string) => ensurePair(store, {file, name, comment, language});
	return {
		wizard: pair(wizardKeyFile, 'WIZARD_KEY', 'cluster-wizard'),
		hosts: Object.fromEntries(ids.map(id => [id, pair(hostKeyFile(id), `HOST_KEY_${id.toUpperCase()}`, id)])),
		authkey: ensureAuthkey(store, language),
	};
}

interface PairFile {
	readonly file: string;
	readonly name: string;
	readonly comment: string;
	readonly language: Language;
}

function ensurePair(store: KeyStore, {file, name, comment, language}: PairFile): KeyPair {
	let text = store.read(file);
	if (text === undefined) {
		text = generateKey(comment);
		store.write(file, text);
	}

	const key = ssh.utils.parseKey(text);
	if (key instanceof Error) {
		throw damaged(file, language);
	}

	const line = `ssh-ed25519 ${key.getPublicSSH().toString('base64')}`;
	if (store.read(`${file}.pub`) !== `${line} ${comment}\n`) {
		store.write(`${file}.pub`, `${line} ${comment}\n`);
	}

	return {private: new Secret(name, text), public: line};
}

/**
 * Generates keys until one is valid: one in 256 keys that ssh2 1.17 generates lacks a byte, because leading zeros are cut
 * off (mscdex/ssh2#1513).
 */
function generateKey(comment: string): string {
	for (;;) {
		const text = `${ssh.utils.generateKeyPairSync('ed25519', {comment}).private.trimEnd()}\n`;
		if (!(ssh.utils.parseKey(text) instanceof Error)) {
			return text;
		}
	}
}

function ensureAuthkey(store: KeyStore, language: Language): Secret {
	let text = store.read(authkeyFile)?.trim();
	if (text === undefined) {
		text = randomBytes(authkeyBytes).toString('base64');
		store.write(authkeyFile, `${text}\n`);
	}

	if (Buffer.from(text, 'base64').length !== authkeyBytes) {
		throw damaged(authkeyFile, language);
	}

	return new Secret('COROSYNC_AUTHKEY', text);
}

function damaged(file: string, language: Language): UserError {
	return new UserError(
		'key-damaged',
		phrase(
			'{file} in the state directory is damaged: it holds no key. Put the file back, or remove the cluster with "cluster-wizard down" and build it again.',
			{file},
		)[language],
	);
}
