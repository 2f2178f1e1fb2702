import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {basePackages} from '../../source/images/base-packages.ts';
import {nastyPath} from '../nasty-paths.ts';

// Real images, in a folder whose name no language reads as it is, on a machine whose apt knows no security updates.
const folder = mkdtempSync(join(tmpdir(), 'image-build-'));
const cache = join(folder, nastyPath);
const base = join(cache, 'base.tar');
const disk = join(cache, 'storage.img');
const archive = join(cache, 'packages');
const settings = join(folder, 'apt.conf');
const guest = {distribution: 'debian', release: 'bookworm'} as const;
const role = [base, '7', disk, archive, '1536', '0', '64', 'nfs-server', 'mdadm'];
const build = (name: string, words: readonly string[], command = 'sh') =>
	spawnSync(command, [...(command === 'sh' ? [] : ['--net', 'sh']), assetPath(`images/${name}`), ...words], {
		encoding: 'utf8',
		env: {...process.env, APT_CONFIG: settings},
		maxBuffer: 2 ** 26,
	});
const days = (count: number) => new Date(Date.now() - count * 86_400_000);

beforeAll(() => {
	mkdirSync(cache);
	const sources = execFileSync('perl', [assetPath('images/machine-sources'), guest.release, 'main'], {
		encoding: 'utf8',
	}).split('\n\n');
	writeFileSync(
		join(folder, 'machine.list'),
		sources
			.filter(stanza => !stanza.includes('-security\n'))
			.map(stanza => {
				const [uri, suite, key] = ['URIs', 'Suites', 'Signed-By'].map(
					name => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1],
				);
				return uri ? `deb ${key ? `[signed-by=${key}] ` : ''}${uri} ${suite} main\n` : '';
			})
			.join(''),
	);
	writeFileSync(
		settings,
		`Dir::Etc::sourcelist "${join(folder, 'machine.list')}";\nDir::Etc::sourceparts "${folder}/none";\n`,
	);
	const {packages, components} = basePackages(guest);
	const {status, stdout} = build('build-base', [guest.release, components.join(','), '7', base, archive, ...packages]);
	expect(status, stdout).toBe(0);
}, 900_000);

afterAll(() => {
	rmSync(folder, {recursive: true, force: true});
});

/** Runs shell text in the base system, with the network of this machine and lists of its own. */
function inBase(text: string): string {
	const root = join(folder, 'root');
	if (!existsSync(root)) {
		mkdirSync(root);
		execFileSync('tar', ['--force-local', '--extract', '--file', base, '--directory', root]);
	}

	writeFileSync(join(root, 'etc/resolv.conf'), readFileSync('/etc/resolv.conf'));
	return execFileSync('chroot', [root, 'sh', '-ec', text], {
		encoding: 'utf8',
		env: {
			PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
			LC_ALL: 'C.UTF-8',
			...(process.env['http_proxy'] && {http_proxy: process.env['http_proxy']}),
		},
	});
}

test('a name that every language reads otherwise is no obstacle, and nothing in it runs', () => {
	expect(spawnSync('sh', [assetPath('images/verify'), base]).status).toBe(0);
	expect(
		execFileSync('find', [folder, process.cwd(), '-name', 'canary', '-not', '-path', '*/node_modules/*'], {
			encoding: 'utf8',
		}),
	).toBe('');
});

test('the base has the release, its updates and its security updates as sources, and there is nothing to upgrade', () => {
	inBase('apt-get -q -o APT::Update::Error-Mode=any update');
	expect(
		new Set(inBase("apt-get indextargets --format '$(RELEASE)' 'Created-By: Packages'").trim().split('\n')),
	).toEqual(new Set(['bookworm', 'bookworm-updates', 'bookworm-security']));
	expect(inBase('apt-get -s dist-upgrade')).toMatch(
		/^0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded\.$/m,
	);
}, 300_000);

test("a role's disk is made from it, and kept where packages cannot be fetched", () => {
	const made = build('build-role', role);
	expect(made.status, made.stdout).toBe(0);
	expect(existsSync(`${disk}.building`)).toBe(false);
	expect(spawnSync('sh', [assetPath('images/verify'), disk]).status).toBe(0);

	const {ino} = statSync(disk);
	utimesSync(disk, days(8), days(8));
	utimesSync(join(archive, 'updated'), days(1), days(1));
	const kept = build('build-role', role, 'unshare');
	expect(kept.stdout).toContain(
		`${disk} could not be made anew (packages could not be fetched); the one of ${days(8).toISOString().slice(0, 10)} is used.\n`,
	);
	expect(kept.status, kept.stdout).toBe(0);
	expect(statSync(disk).ino).toBe(ino);
	expect(existsSync(`${disk}.building`)).toBe(false);
}, 600_000);

test('a first disk is made from packages that were fetched before, where none can be now', () => {
	rmSync(disk);
	const {status, stdout} = build('build-role', role, 'unshare');
	expect(status, stdout).toBe(0);
	expect(spawnSync('sh', [assetPath('images/verify'), disk]).status).toBe(0);
}, 600_000);
