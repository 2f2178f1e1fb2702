import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';

const proxy = 'http://ana:pr%40xy-secret@127.0.0.1:9';

let folder: string;
let programs: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'image-secrets-'));
	programs = join(folder, 'programs');
	mkdirSync(programs);
});
afterEach(() => {
	rmSync(folder, {recursive: true});
});

/** A program that writes down its arguments, as the list of processes shows them, before it does its work. */
function recorded(
	name: string,
	work = `exec ${execFileSync('sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim()} "$@"`,
): void {
	writeFileSync(join(programs, name), `#!/bin/sh\nprintf '%s ' ${name} "$@" >> ${folder}/arguments\n${work}\n`, {
		mode: 0o755,
	});
}

function build(script: string, ...words: string[]): {output: string; arguments: string} {
	const {stdout, stderr} = spawnSync('sh', [assetPath(`images/${script}`), ...words], {
		encoding: 'utf8',
		env: {PATH: `${programs}:/usr/sbin:/usr/bin:/sbin:/bin`, http_proxy: proxy},
	});
	return {output: stdout + stderr, arguments: readFileSync(join(folder, 'arguments'), 'utf8')};
}

test('the base: the proxy comes to mmdebstrap in the environment, and no source with a password does', () => {
	for (const name of ['unshare', 'env', 'sed', 'tee', 'mkdir', 'flock', 'sh']) {
		recorded(name);
	}

	const addresses = ['http://ana:mirror-secret@mirror.example/debian/', 'http://plain.example/debian/'];
	writeFileSync(join(folder, 'list'), addresses.map(address => `deb ${address} bookworm main\n`).join(''));
	recorded(
		'apt-get',
		addresses
			.map((address, index) => `printf 'Debian\\tbookworm\\tmain\\t%s\\t%s\\n' ${address} ${folder}/list:${index + 1}`)
			.join('; '),
	);
	recorded('mmdebstrap', `cp sources ${folder}/sources; env > ${folder}/environment; echo 'E: no more'; exit 1`);
	const {output, arguments: all} = build(
		'build-base',
		'bookworm',
		'main',
		'7',
		join(folder, 'base'),
		join(folder, 'archive'),
		'systemd',
	);
	expect(output).toContain('E: no more');
	expect(readFileSync(join(folder, 'environment'), 'utf8')).toContain(`http_proxy=${proxy}\n`);
	expect(readFileSync(join(folder, 'sources'), 'utf8')).toBe(
		'Types: deb\nURIs: http://plain.example/debian/\nSuites: bookworm\nComponents: main\n\n',
	);
	expect(all).toContain('mmdebstrap --mode=root');
	expect(all).not.toMatch(/(mirror|xy)-secret/);
});

test('a role: the proxy comes to apt in the environment', () => {
	const root = join(folder, 'root');
	for (const path of ['etc', 'usr/sbin', 'usr/bin', 'dev', 'proc', 'sys', 'run', 'tmp', 'var/cache/apt/archives']) {
		mkdirSync(join(root, path), {recursive: true});
	}

	// In the root file system there is a shell, and apt-get says what it was given.
	for (const file of ['/bin/sh', ...execFileSync('ldd', ['/bin/sh'], {encoding: 'utf8'}).match(/\/\S+/g)!]) {
		mkdirSync(join(root, dirname(file)), {recursive: true});
		copyFileSync(file, join(root, file));
	}

	writeFileSync(join(root, 'usr/bin/apt-get'), '#!/bin/sh\nexport -p\nprintf "word %s\\n" "$@"\nexit 1\n', {
		mode: 0o755,
	});
	execFileSync('tar', ['-C', root, '-cf', join(folder, 'base.tar'), '.']);
	for (const name of ['unshare', 'env', 'chroot', 'perl', 'mount', 'tar', 'flock', 'sh']) {
		recorded(name);
	}

	const {output, arguments: all} = build(
		'build-role',
		join(folder, 'base.tar'),
		'7',
		join(folder, 'role.img'),
		join(folder, 'archive'),
		'64',
		'0',
		'16',
		'none',
		'apache2',
	);
	expect(output.split('\n')).toEqual(
		expect.arrayContaining([
			`export http_proxy='${proxy}'`,
			"export DEBIAN_FRONTEND='noninteractive'",
			'word upgrade',
			'word apache2',
		]),
	);
	expect(output).not.toContain('export SHLVL');
	expect(all).toContain('chroot');
	expect(all).not.toMatch(/(mirror|xy)-secret/);
});
