import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import ssh from 'ssh2';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {ensureKeys} from '../../source/cluster/keys.ts';
import {UserError} from '../../source/user-error.ts';
import type {StateDirectory} from '../../source/state/directory.ts';
import {begunState} from '../state-fixture.ts';

let folder: string;
let store: StateDirectory;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'keys-'));
	store = begunState(join(folder, 'state'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const reveal = (keys: ReturnType<typeof ensureKeys>) => ({
	wizard: keys.wizard.private.reveal(),
	authkey: keys.authkey.reveal(),
	hosts: Object.fromEntries(Object.entries(keys.hosts).map(([id, {private: secret}]) => [id, secret.reveal()])),
});

describe('ensureKeys', () => {
	it('makes keys that ssh can use, each another', () => {
		const keys = ensureKeys(store, ['nas', 'master']);
		for (const {private: secret, public: line} of [keys.wizard, ...Object.values(keys.hosts)]) {
			const parsed = ssh.utils.parseKey(secret.reveal());
			expect(parsed).not.toBeInstanceOf(Error);
			expect(line).toBe(`ssh-ed25519 ${(parsed as ssh.ParsedKey).getPublicSSH().toString('base64')}`);
			expect((parsed as ssh.ParsedKey).isPrivateKey()).toBe(true);
		}

		expect(new Set([keys.wizard.public, keys.hosts['nas']!.public, keys.hosts['master']!.public]).size).toBe(3);
		expect(Buffer.from(keys.authkey.reveal(), 'base64')).toHaveLength(256);
	});

	it('reads them again, and makes those of new nodes only', () => {
		const first = reveal(ensureKeys(store, ['nas']));
		const second = reveal(ensureKeys(store, ['nas', 'server1']));
		expect({...second, hosts: {nas: second.hosts['nas']}}).toEqual(first);
		expect(second.hosts['server1']).toContain('OPENSSH PRIVATE KEY');
		// A server that was removed and comes back has the key it had.
		expect(reveal(ensureKeys(store, ['server1'])).hosts['server1']).toBe(second.hosts['server1']);
	});

	it('makes no key that cannot be read, of which ssh2 makes one in 256', () => {
		const files = new Map<string, string>();
		const memory = {
			create() {},
			read: (name: string) => files.get(name),
			write: (name: string, content: string) => void files.set(name, content),
		};
		const ids = Array.from({length: 1000}, (_, index) => `server${index}`);
		expect(Object.keys(ensureKeys(memory, ids).hosts)).toEqual(ids);
	});

	it('keeps them from everybody else', () => {
		ensureKeys(store, ['nas']);
		expect(statSync(store.file('keys')).mode & 0o777).toBe(0o700);
		const files = readdirSync(store.file('keys')).sort();
		expect(files).toEqual(['authkey', 'host-nas', 'host-nas.pub', 'wizard', 'wizard.pub']);
		expect(files.map(name => statSync(store.file('keys', name)).mode & 0o777)).toEqual(files.map(() => 0o600));
	});

	it('goes on after it was cut off while writing', () => {
		store.create('keys');
		writeFileSync(store.file('keys/host-nas.new'), '-----BEGIN OPENSSH PRIV');
		expect(ensureKeys(store, ['nas']).hosts['nas']!.public).toMatch(/^ssh-ed25519 AAAA/);
		rmSync(store.file('keys/host-nas.pub'));
		const {hosts} = ensureKeys(store, ['nas']);
		expect(readFileSync(store.file('keys/host-nas.pub'), 'utf8')).toBe(`${hosts['nas']!.public} nas\n`);
	});

	it.each(['keys/wizard', 'keys/host-nas', 'keys/authkey'])(
		'says so when %s is damaged, and puts nothing in its place',
		file => {
			ensureKeys(store, ['nas']);
			writeFileSync(store.file(file), 'AAAA');
			expect(() => ensureKeys(store, ['nas'])).toThrow(UserError);
			expect(() => ensureKeys(store, ['nas'], 'es')).toThrow(`${file}, en el directorio de estado, está dañado`);
			expect(readFileSync(store.file(file), 'utf8')).toBe('AAAA');
		},
	);
});
