import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';
import {libvirtBinding} from '../../source/targets/libvirt-binding.ts';
import {trustedModule, unsafeProgramPath} from '../../source/trusted-program.ts';

// Accounts that every Debian and Ubuntu has: games with a group of its own, and staff, a group that nobody is in.
const games = {uid: 5, gid: 60};
const staff = 50;
const nobody = 65_534;
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'trusted-program-')));
const above = join(folder, 'above');
const root = join(above, 'cluster-wizard');
const dist = join(root, 'dist');
const script = join(root, 'assets/images/verify');
const binding = join(root, 'node_modules/@unraid/libvirt');
const beside = join(root, 'node_modules/bindings');

/** A package as npm unpacks it. */
function install(place: string, text: string): void {
	mkdirSync(place, {recursive: true});
	writeFileSync(join(place, 'package.json'), '{"name": "@unraid/libvirt", "type": "module", "main": "index.js"}');
	writeFileSync(join(place, 'index.js'), text);
}

const loads = 'export class Hypervisor { async connectOpen() {} }';

beforeEach(() => {
	rmSync(above, {recursive: true, force: true});
	mkdirSync(join(root, 'assets/images'), {recursive: true});
	mkdirSync(dist);
	for (const path of [join(root, 'package.json'), join(dist, 'cli.js'), script]) {
		writeFileSync(path, '{}');
	}

	install(binding, loads);
	install(beside, '');
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

function give(path: string, {uid, gid}: {uid: number; gid: number}): void {
	spawnSync('chown', ['-R', `${uid}:${gid}`, path]);
}

test('a package of root, and one of an ordinary user, are safe', () => {
	expect(unsafeProgramPath(root)).toBeUndefined();
	give(root, games);
	expect(unsafeProgramPath(root)).toBeUndefined();
});

test.each<[string, () => void, string | undefined]>([
	['a file that all can write', () => chmodSync(script, 0o646), script],
	['a folder that all can write', () => chmodSync(dist, 0o757), dist],
	['package.json of somebody else', () => chownSync(join(root, 'package.json'), nobody, 0), join(root, 'package.json')],
	['a sticky folder of the package itself', () => chmodSync(dist, 0o1777), dist],
	[
		'a file that its group can write, which has other members',
		() => {
			chownSync(script, 0, games.gid);
			chmodSync(script, 0o664);
		},
		script,
	],
	[
		'a group that is not in /etc/group',
		() => {
			chownSync(script, 0, 54_321);
			chmodSync(script, 0o664);
		},
		script,
	],
	[
		'a group that nobody is in',
		() => {
			chownSync(above, 0, staff);
			chmodSync(above, 0o2775);
		},
		undefined,
	],
	[
		"a user's files with umask 002",
		() => {
			give(root, games);
			chmodSync(script, 0o664);
			chmodSync(root, 0o775);
		},
		undefined,
	],
	['a folder above that all can write', () => chmodSync(above, 0o777), above],
	['a folder above that is sticky', () => chmodSync(above, 0o1777), undefined],
	['a folder above of somebody else', () => chownSync(above, nobody, 0), above],
	[
		'a link to the outside',
		() => {
			rmSync(script);
			symlinkSync('/bin/true', script);
		},
		script,
	],
	["the package's folder", () => chmodSync(root, 0o777), root],
])('%s', (_, prepare, path) => {
	prepare();
	expect(unsafeProgramPath(root)).toBe(path);
});

describe('the binding', () => {
	test("is loaded from the package's own folder", async () => {
		expect(trustedModule('@unraid/libvirt', root)).toBe(binding);
		expect((await libvirtBinding('test:///default', root))?.name).toBe('@unraid/libvirt');
	});

	test.each<[string, () => void]>([
		[
			'in a folder above',
			() => {
				rmSync(binding, {recursive: true});
				install(join(above, 'node_modules/@unraid/libvirt'), loads);
			},
		],
		[
			'behind a link to the outside',
			() => {
				rmSync(binding, {recursive: true});
				install(join(above, 'elsewhere'), loads);
				symlinkSync(join(above, 'elsewhere'), binding);
			},
		],
		['with a file that all can write', () => chmodSync(join(binding, 'index.js'), 0o666)],
		['of somebody else', () => chownSync(join(binding, 'index.js'), nobody, 0)],
		['in a node_modules that all can write', () => chmodSync(join(root, 'node_modules'), 0o777)],
		['beside a module that all can write', () => chmodSync(join(beside, 'index.js'), 0o666)],
	])('%s is not loaded', async (_, prepare) => {
		prepare();
		expect(trustedModule('@unraid/libvirt', root)).toBeUndefined();
		expect(await libvirtBinding('test:///default', root)).toBeUndefined();
	});
});

test('root does not start a program that others can change, and says which file it is', () => {
	const copy = join(folder, 'copy');
	for (const name of ['package.json', 'assets', 'source', 'steps']) {
		cpSync(join(packageRoot, name), join(copy, name), {recursive: true});
	}

	symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'));
	const start = (language: string) =>
		spawnSync(
			join(packageRoot, 'node_modules/.bin/tsx'),
			[join(copy, 'source/cli.ts'), '--version', '--language', language],
			{encoding: 'utf8'},
		);
	expect(start('en')).toMatchObject({status: 0, stderr: ''});
	const path = join(copy, 'assets/images/build-base');
	chmodSync(path, 0o666);
	expect(start('en')).toMatchObject({
		status: 2,
		stdout: '',
		stderr: expect.stringContaining(`others could change it: ${path}. `) as string,
	});
	expect(start('es')).toMatchObject({
		status: 2,
		stderr: expect.stringContaining(`otros podrían modificarlo: ${path}. `) as string,
	});
});
