import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';

// A machine with sources and lists of its own, as apt finds them.
const folder = mkdtempSync(join(tmpdir(), 'image-sources-'));
const etc = join(folder, 'etc');
const lists = join(folder, 'state/lists');
const key = join(folder, 'archive.gpg');

beforeEach(() => {
	rmSync(folder, {recursive: true, force: true});
	for (const path of [join(etc, 'sources.list.d'), join(etc, 'apt.conf.d'), join(lists, 'partial')]) {
		mkdirSync(path, {recursive: true});
	}

	writeFileSync(key, 'key');
	writeFileSync(
		join(folder, 'apt.conf'),
		`Dir "${folder}";\nDir::State "${folder}/state";\nDir::State::status "/dev/null";\nDir::Etc "${etc}";\n`,
	);
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

/** Pretends that apt has fetched the lists of a part: of `http://one.example/debian`, `one.example_debian_dists_bookworm`. */
function fetched(name: string, {origin = 'Debian', components = ['main']} = {}): void {
	const zeros = '0'.repeat(64);
	const files = components.map(component => `${component}/binary-amd64/Packages`);
	writeFileSync(
		join(lists, `${name}_InRelease`),
		`Origin: ${origin}\nCodename: bookworm\nComponents: ${components.join(' ')}\nArchitectures: amd64\nSHA256:\n${files.map(file => ` ${zeros} 0 ${file}\n`).join('')}`,
	);
	for (const file of files) {
		writeFileSync(join(lists, `${name}_${file.replaceAll('/', '_')}`), 'Package: x\nVersion: 1\nArchitecture: amd64\n');
	}
}

function machineSources(components = 'main'): string {
	const {stdout, stderr} = spawnSync('perl', [assetPath('images/machine-sources'), 'bookworm', components], {
		encoding: 'utf8',
		env: {...process.env, APT_CONFIG: join(folder, 'apt.conf')},
	});
	expect(stderr).toBe('');
	return stdout;
}

describe('machine-sources', () => {
	const stanza = (uri: string, suite = 'bookworm', more = '', components = 'main') =>
		`Types: deb\nURIs: ${uri}/debian/\nSuites: ${suite}\nComponents: ${components}\n${more}\n`;
	test.each<[string, string, string]>([
		['a plain source', 'deb http://one.example/debian bookworm main', stanza('http://one.example')],
		[
			'one with its key',
			`deb [arch=amd64 signed-by=$KEY] http://one.example/debian bookworm main`,
			stanza('http://one.example', 'bookworm', 'Signed-By: $KEY\n'),
		],
		[
			'behind comments and empty lines',
			'# deb http://none.example/debian bookworm main\n\ndeb http://one.example/debian bookworm main # mine',
			stanza('http://one.example'),
		],
		['a key that is not there', 'deb [signed-by=/nowhere/key.gpg] http://one.example/debian bookworm main', ''],
		['a key by its fingerprint', `deb [signed-by=${'A'.repeat(40)}] http://one.example/debian bookworm main`, ''],
		['one that is trusted without a signature', 'deb [trusted=yes] http://one.example/debian bookworm main', ''],
		['one that may be out of date', 'deb [check-valid-until=no] http://one.example/debian bookworm main', ''],
		[
			'the second, where the first is trusted blindly',
			'deb [trusted=yes] http://one.example/debian bookworm main\ndeb http://two.example/debian bookworm main',
			stanza('http://two.example'),
		],
		['a password', 'deb http://me:secret@one.example/debian bookworm main', ''],
		['a file', 'deb file:/srv/debian bookworm main', ''],
		['a copied file', 'deb copy:/srv/debian bookworm main', ''],
		['a list of mirrors', 'deb mirror+file:/srv/debian bookworm main', ''],
		['a disc', 'deb cdrom:[disc]/ bookworm main', ''],
		['another release', 'deb http://one.example/debian trixie main', ''],
	])('%s', (_, list, expected) => {
		for (const name of [
			'one.example_debian_dists_bookworm',
			'two.example_debian_dists_bookworm',
			'one.example_debian_dists_trixie',
			'_srv_debian_dists_bookworm',
			'me:secret@one.example_debian_dists_bookworm',
			'disc_dists_bookworm',
		]) {
			fetched(name);
		}

		writeFileSync(join(etc, 'sources.list'), `${list}\n`.replaceAll('$KEY', key));
		expect(machineSources()).toBe(expected.replaceAll('$KEY', key));
	});

	test('a file of stanzas: several suites, a key inside, one that is switched off', () => {
		const inside = '\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----';
		writeFileSync(
			join(etc, 'sources.list.d/a.sources'),
			[
				'# Only a comment.',
				'Types: deb\nURIs: http://two.example/debian\nSuites: bookworm\nComponents: main\nEnabled: no',
				`# Ours.\nTypes: deb deb-src\nURIs: https://one.example/debian\nSuites: bookworm bookworm-security\nComponents: main contrib\nSigned-By:${inside}`,
				'Types: deb\nURIs: http://two.example/debian\nSuites: bookworm-updates\nComponents: main\nTrusted: yes',
			].join('\n\n'),
		);
		for (const name of [
			'one.example_debian_dists_bookworm',
			'one.example_debian_dists_bookworm-security',
			'two.example_debian_dists_bookworm',
			'two.example_debian_dists_bookworm-updates',
		]) {
			fetched(name, {components: ['main', 'contrib']});
		}

		const one = (suite: string) => stanza('https://one.example', suite, `Signed-By: ${inside}\n`);
		expect(machineSources()).toBe(one('bookworm') + one('bookworm-security'));
	});

	test('a part that lacks a component, and an archive of somebody else', () => {
		writeFileSync(
			join(etc, 'sources.list'),
			'deb http://one.example/debian bookworm main\ndeb http://two.example/debian bookworm main universe\n',
		);
		fetched('one.example_debian_dists_bookworm');
		fetched('two.example_debian_dists_bookworm', {origin: 'Somebody', components: ['main', 'universe']});
		expect(machineSources('main,universe')).toBe('');
		fetched('two.example_debian_dists_bookworm', {origin: 'Ubuntu', components: ['main', 'universe']});
		expect(machineSources('main,universe')).toBe(stanza('http://two.example', 'bookworm', '', 'main universe'));
	});
});

describe('base-sources', () => {
	const root = join(folder, 'root');
	const list = join(root, 'etc/apt/sources.list');
	const parts = (...suites: string[]) =>
		suites
			.map(suite => `deb [signed-by="/usr/share/keyrings/debian.gpg"] http://default.example/debian ${suite} main\n`)
			.join('');
	const merge = (own: string, machine: string) => {
		mkdirSync(`${list}.d`, {recursive: true});
		writeFileSync(list, own);
		writeFileSync(join(folder, 'machine'), machine);
		const {status, stdout, stderr} = spawnSync(
			'sh',
			[assetPath('images/base-sources'), root, 'bookworm', join(folder, 'machine')],
			{encoding: 'utf8'},
		);
		return {code: status, output: stdout + stderr};
	};

	test("the parts that the machine has replace mmdebstrap's, the others stay, and keys come along", () => {
		const machine = `Types: deb\nURIs: http://one.example/debian/\nSuites: bookworm\nComponents: main\nSigned-By: ${key}\n\n`;
		expect(merge(parts('bookworm', 'bookworm-updates', 'bookworm-security'), machine)).toEqual({code: 0, output: ''});
		expect(readFileSync(list, 'utf8')).toBe(parts('bookworm-updates', 'bookworm-security'));
		expect(readFileSync(`${list}.d/machine.sources`, 'utf8')).toBe(machine);
		expect(readFileSync(join(root, key), 'utf8')).toBe('key');
	});

	test('a machine that has none of it', () => {
		expect(merge(parts('bookworm', 'bookworm-updates', 'bookworm-security'), '')).toEqual({code: 0, output: ''});
		expect(readdirSync(`${list}.d`)).toEqual([]);
	});

	test.each(['bookworm', 'bookworm-updates', 'bookworm-security'])('%s that nobody has ends the build', missing => {
		const known = ['bookworm', 'bookworm-updates', 'bookworm-security'].filter(part => part !== missing);
		expect(merge(parts(...known), '')).toEqual({
			code: 1,
			output: `E: neither apt on this machine nor mmdebstrap knows where ${missing} is\n`,
		});
		expect(existsSync(list)).toBe(true);
	});
});

test.each([
	['bookworm', 'main'],
	['trixie', 'main'],
	['jammy', 'main,universe'],
	['noble', 'main,universe'],
])(
	'mmdebstrap itself knows every part of %s',
	(release, components) => {
		writeFileSync(join(folder, 'none'), '');
		// The hook is the last thing that happens: nothing is fetched.
		const {stdout, stderr} = spawnSync(
			'mmdebstrap',
			[
				'--mode=root',
				'--format=null',
				`--components=${components}`,
				`--setup-hook=sh '${assetPath('images/base-sources')}' "$1" ${release} '${folder}/none' && echo complete; false`,
				release,
				'/dev/null',
			],
			{encoding: 'utf8'},
		);
		expect(`${stdout}${stderr}`).toMatch(/^complete$/m);
	},
	60_000,
);
