import {execFileSync, spawnSync} from 'node:child_process';
import {
	chmodSync,
	chownSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {render, type Command} from '../../source/shell/command.ts';
import {baseImage as baseOf, roleImage} from '../../source/images/image.ts';
import {systemDiskOnMachine} from '../../source/tasks/disk.ts';
import {baseImage} from '../../steps/base-image.ts';
import {images} from '../../steps/images.ts';
import {testCluster} from '../cluster-fixture.ts';
import {nastyNames} from '../nasty-paths.ts';

// Images as files of a few bytes, made by a program that stands in for mmdebstrap.
const folder = mkdtempSync(join(tmpdir(), 'image-cache-'));
const programs = join(folder, 'programs');
const cache = join(folder, 'cache');
const image = join(cache, 'base.tar');
const archive = join(cache, 'packages');
const days = (count: number) => new Date(Date.now() - count * 86_400_000);
const run = (name: string, ...words: string[]) => {
	const {status, signal, stdout, stderr} = spawnSync('sh', [assetPath(`images/${name}`), ...words], {
		encoding: 'utf8',
		env: {...process.env, PATH: `${programs}:${process.env['PATH']}`},
	});
	return {code: status ?? signal, output: `${stdout}${stderr}`.trim()};
};

const verify = (...words: string[]) => run('verify', image, ...words);

/** Puts a program before the one of the same name in PATH. */
function program(name: string, text: string): void {
	writeFileSync(join(programs, name), `#!/bin/sh\n${text}\n`, {mode: 0o755});
}

function make(content: string, place = image): void {
	mkdirSync(dirname(place), {recursive: true});
	writeFileSync(`${place}.part`, content);
	expect(run('finish', `${place}.part`, place)).toEqual({code: 0, output: ''});
}

function build(place = image): ReturnType<typeof run> {
	return run('build-base', 'bookworm', 'main', '7', place, join(dirname(place), 'packages'), 'systemd');
}

beforeEach(() => {
	rmSync(programs, {recursive: true, force: true});
	rmSync(cache, {recursive: true, force: true});
	mkdirSync(programs);
	mkdirSync(archive, {recursive: true});
	// It runs the hooks, so that paths in them are seen; of the machine's settings it needs none.
	program('apt-get', 'exit 0');
	program(
		'mmdebstrap',
		`
		root=$TMPDIR/mmdebstrap.root; mkdir -p "$root/etc/apt/sources.list.d"
		for part in bookworm bookworm-updates bookworm-security; do echo "deb http://mirror.example/debian $part main"; done > "$root/etc/apt/sources.list"
		for word; do case $word in --setup-hook=*|--essential-hook=*) sh -ec "\${word#*=}" hook "$root" || exit 1;; esac; done
		umount "$root/var/lib/apt/lists" "$root/var/cache/apt/archives" || exit 1
		for last; do :; done
		echo new > "$last"`,
	);
});

afterAll(() => {
	rmSync(folder, {recursive: true});
});

describe('what root uses belongs to root alone', () => {
	test.each<[string, () => void, string]>([
		['an image of somebody else', () => chownSync(image, 65_534, 0), image],
		['an image that its group can write', () => chmodSync(image, 0o664), image],
		['a checksum of somebody else', () => chownSync(`${image}.sha256`, 65_534, 0), `${image}.sha256`],
		['a checksum that all can write', () => chmodSync(`${image}.sha256`, 0o646), `${image}.sha256`],
		[
			'a link to an image',
			() => {
				renameSync(image, `${image}.other`);
				symlinkSync(`${image}.other`, image);
			},
			image,
		],
		['a folder of somebody else', () => chownSync(cache, 65_534, 0), cache],
		['a folder that all can write', () => chmodSync(cache, 0o777), cache],
	])('%s is refused, and nothing is built over it', (_, prepare, path) => {
		make('old');
		prepare();
		for (const {code, output} of [verify(), build()]) {
			expect(output).toMatch(
				/: only root may own and write to it, and it must be no link \(owner .*\)\. Remove it and run again\.$/,
			);
			expect(output.startsWith(`${path}: `)).toBe(true);
			expect(code).toBe(2);
		}
	});

	test.each(['', 'lists', 'packages'])('fetched packages (%s) that others can write are not used', name => {
		const path = join(archive, name);
		mkdirSync(path, {recursive: true});
		chmodSync(path, 0o777);
		expect(build().output).toContain(`${path}: only root may own and write to it`.replace('/: ', ': '));
		expect(existsSync(image)).toBe(false);
	});
});

describe('an image that is too old', () => {
	test.each([
		[6.9, 0, ''],
		[7.1, 1, `${image}: made on ${days(7.1).toISOString().slice(0, 10)}, 7 days ago or more`],
	])('%f days', (age, code, output) => {
		make('old');
		utimesSync(image, days(age), days(age));
		expect(run('verify', image, '7', archive)).toEqual({code, output});
		expect(verify()).toEqual({code: 0, output: ''});
	});

	test('is made anew', () => {
		make('old');
		utimesSync(image, days(8), days(8));
		expect(build().code).toBe(0);
		expect(readFileSync(image, 'utf8')).toBe('new\n');
		expect(verify('7', archive)).toEqual({code: 0, output: ''});
	});

	test('is not made anew while it is young', () => {
		make('old');
		utimesSync(image, days(6), days(6));
		expect(build()).toEqual({code: 0, output: ''});
		expect(readFileSync(image, 'utf8')).toBe('old');
	});

	test('is kept where packages cannot be fetched, for this run only', () => {
		program('mmdebstrap', 'echo "E: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease"; exit 1');
		make('old');
		utimesSync(image, days(8), days(8));
		const {code, output} = build();
		expect(output).toContain(
			`${image} could not be made anew (E: Failed to fetch http://mirror.example/debian/dists/bookworm/InRelease); the one of ${days(8).toISOString().slice(0, 10)} is used.`,
		);
		expect(code).toBe(0);
		expect(verify('7', archive)).toEqual({code: 0, output: ''});
		utimesSync(join(archive, 'unreachable'), days(1), days(1));
		expect(verify('7', archive).code).toBe(1);
	});

	test('is no way out of another failure', () => {
		program('mmdebstrap', 'echo "E: no space left on device"; exit 1');
		make('old');
		utimesSync(image, days(8), days(8));
		expect(build()).toMatchObject({code: 1, output: expect.stringMatching(/E: no space left on device$/) as string});
		expect(readFileSync(image, 'utf8')).toBe('old');
	});

	test('there is no old one, and packages cannot be fetched', () => {
		program('mmdebstrap', 'echo "E: Failed to fetch http://mirror.example/"; exit 1');
		expect(build()).toMatchObject({
			code: 1,
			output: expect.stringMatching(/E: Failed to fetch http:\/\/mirror\.example\/$/) as string,
		});
		expect(existsSync(join(archive, 'unreachable'))).toBe(false);
	});
});

test('killed before any of its commands, `finish` leaves the old image or the new one, and it passes', () => {
	const seen = new Set<string>();
	let ended: string | number = '';
	for (let turn = 1; ended !== 0; turn++) {
		rmSync(programs, {recursive: true, force: true});
		mkdirSync(programs);
		rmSync(cache, {recursive: true});
		make('old');
		writeFileSync(`${image}.part`, 'new');
		for (const name of ['perl', 'stat', 'cat', 'sync', 'mv']) {
			const real = execFileSync('sh', ['-c', `command -v ${name}`], {encoding: 'utf8'}).trim();
			program(
				name,
				`echo x >> ${folder}/calls\nread -r pid < ${folder}/pid\n[ "$(wc -l < ${folder}/calls)" -lt ${turn} ] || kill -9 "$pid"\nexec ${real} "$@"`,
			);
		}

		rmSync(join(folder, 'calls'), {force: true});
		ended =
			spawnSync(
				'sh',
				['-c', `echo $$ > ${folder}/pid; exec sh "$@"`, 'sh', assetPath('images/finish'), `${image}.part`, image],
				{env: {...process.env, PATH: `${programs}:${process.env['PATH']}`}},
			).status ?? 'killed';
		rmSync(programs, {recursive: true});
		mkdirSync(programs);
		seen.add(readFileSync(image, 'utf8'));
		expect(verify(), `killed before its command ${turn}`).toEqual({code: 0, output: ''});
	}

	expect([...seen]).toEqual(['old', 'new']);
});

describe('an image is made only where it is going to be copied', () => {
	const check = (command: Command) =>
		spawnSync('sh', ['-c', render(command, 'execute')], {
			encoding: 'utf8',
			env: {...process.env, PATH: `${programs}:${process.env['PATH']}`},
		});

	test.each([true, false])('sandbox: %s', sandbox => {
		const fixture = testCluster({}, {sandbox});
		const state = join(folder, `state ${sandbox}`);
		const disks = sandbox ? '/var/lib/libvirt/images/cluster-wizard-web' : join(state, 'disks');
		const cluster = {...fixture, paths: {state, cache, disks, sshConfig: join(state, 'ssh_config')}};
		const [base] = baseImage.tasks(cluster, {});
		const [web] = images.tasks(cluster, {role: 'web'});
		const [storage] = images.tasks(cluster, {role: 'storage'});
		const made = [
			baseOf(cluster).path,
			...(['storage', 'director', 'web'] as const).map(
				role => roleImage(cluster, role, cluster.byRole[role][0]!.disk).path,
			),
		];
		for (const path of made) {
			make('old', path);
			utimesSync(path, days(8), days(8));
		}

		const outcomes = () => [base, storage, web].map(task => check(task!.check).status);
		expect(outcomes()).toEqual([1, 1, 1]);
		for (const node of cluster.nodes) {
			const disk = systemDiskOnMachine(cluster, node);
			expect(disk.startsWith(`${state}/`)).toBe(true);
			mkdirSync(dirname(disk), {recursive: true});
			writeFileSync(disk, '');
		}

		// KVM has not been tried yet: the base is needed, at any age.
		expect(outcomes()).toEqual([0, 0, 0]);
		rmSync(made[0]!);
		expect(outcomes()).toEqual([1, 0, 0]);
		writeFileSync(join(state, 'acceleration'), 'tcg no reason\n');
		rmSync(made[3]!);
		expect(outcomes()).toEqual([0, 0, 0]);

		rmSync(systemDiskOnMachine(cluster, cluster.webs[1]!));
		expect(outcomes()).toEqual([1, 0, 1]);
	});
});

describe('a cache with any name', () => {
	test.each(nastyNames)('%s', name => {
		const place = join(folder, name, 'base.tar');
		mkdirSync(dirname(place));
		const {code, output} = build(place);
		expect({code, output}).toEqual({code: 0, output: `${place}: not built`});
		expect(run('verify', place, '7', join(dirname(place), 'packages'))).toEqual({code: 0, output: ''});
		expect(readFileSync(place, 'utf8')).toBe('new\n');
		copyFileSync(place, join(dirname(place), 'copy'));
		for (const path of [folder, process.cwd(), dirname(place)]) {
			expect(existsSync(join(path, 'canary'))).toBe(false);
		}
	});
});
