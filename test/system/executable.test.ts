import {execFileSync, spawnSync} from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {packageRoot} from '../../source/assets.ts';

const nobody = 65_534;
const {version} = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {version: string};
const deb = join(packageRoot, `build/cluster-wizard_${version}_amd64.deb`);
const folder = mkdtempSync(join(tmpdir(), 'executable-'));
const executable = join(folder, 'cluster-wizard');
/** Every program that is on PATH but Node and npm. */
const programs = join(folder, 'programs');
const state = [
	'--sandbox',
	'--state-dir',
	join(folder, 'state'),
	'--cache-dir',
	join(folder, 'cache'),
	'--language',
	'en',
];

function run(words: readonly string[], environment: NodeJS.ProcessEnv = {}, file = executable) {
	const {status, stdout, stderr} = spawnSync(file, words, {
		encoding: 'utf8',
		cwd: folder,
		env: {PATH: programs, ...environment},
	});
	return {status, stdout, stderr};
}

beforeAll(() => {
	execFileSync('npm', ['run', '-s', 'deb'], {cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit']});
	chmodSync(folder, 0o755);
	cpSync(join(packageRoot, 'build/cluster-wizard'), executable);
	mkdirSync(programs);
	execFileSync('sh', [
		'-c',
		'cd "$1" && for f in /usr/sbin/* /usr/bin/*; do case ${f##*/} in node*|npm|npx) ;; *) ln -sf "$f" . ;; esac; done',
		'link',
		programs,
	]);
}, 900_000);
afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('the file needs no Node, and no option for one reaches it', () => {
	expect(existsSync(join(programs, 'node'))).toBe(false);
	expect(run(['--version'])).toEqual({status: 0, stdout: `${version}\n`, stderr: ''});
	expect(run(['--version'], {PATH: '/nonexistent', NODE_OPTIONS: '--require /nonexistent'})).toEqual({
		status: 0,
		stdout: `${version}\n`,
		stderr: '',
	});
	expect(run(['--help', '--language', 'es'])).toMatchObject({
		status: 0,
		stdout: expect.stringMatching(/^Uso: cluster-wizard /) as string,
		stderr: '',
	});
	expect(run(['--trace-warnings'])).toMatchObject({
		status: 2,
		stderr: expect.stringContaining('`./cluster-wizard help`') as string,
	});
});

test('it says, plans and writes the same as the bundle', () => {
	const bundle = (...words: string[]) =>
		spawnSync(process.execPath, [join(packageRoot, 'dist/cluster-wizard.js'), ...words], {
			encoding: 'utf8',
			cwd: folder,
			env: {PATH: programs},
		});
	const plan = run(['plan', ...state]);
	expect(plan).toMatchObject({status: 0, stderr: ''});
	expect(plan.stdout.split('\n').length).toBeGreaterThan(20);
	// Estimates follow how busy this computer is.
	const withoutTimes = (text: string) =>
		text.replaceAll(/: (?:about \d+ |a few )(?:minutes?|seconds?)/g, ': some time');
	expect(withoutTimes(plan.stdout)).toBe(withoutTimes(bundle('plan', ...state).stdout));
	const script = run(['script', ...state]).stdout;
	const root = /\/run\/cluster-wizard-program\/[0-9a-f]{16}/.exec(script)![0];
	// The machines' UUIDs and keys are drawn anew in each.
	const imageLines = (text: string) => text.match(/sh \S+\/assets\/images\/(?:build-base|build-role|verify) .*/g);
	expect(imageLines(script)!.length).toBeGreaterThan(5);
	expect(imageLines(script.replaceAll(root, packageRoot))).toEqual(imageLines(bundle('script', ...state).stdout));
	// The scripts that it runs by path, and no other file of it.
	expect(
		spawnSync('diff', ['-r', join(root, 'assets/images'), join(packageRoot, 'assets/images')], {encoding: 'utf8'}),
	).toMatchObject({status: 0, stdout: ''});
	expect(
		execFileSync('find', [root, '(', '-not', '-user', 'root', '-o', '-perm', '/022', ')', '-print'], {
			encoding: 'utf8',
		}),
	).toBe('');
	expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('a user starts it through sudo: the same file without a script, and root names it as it was called', () => {
	// What sudo is given is written down; then, as sudo does, it runs as root.
	const words = join(folder, 'words');
	const bin = join(folder, 'bin');
	writeFileSync(words, '');
	chmodSync(words, 0o666);
	mkdirSync(bin);
	writeFileSync(join(bin, 'sudo'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${words}\n`, {mode: 0o755});
	expect(
		spawnSync(executable, ['status', ...state], {
			uid: nobody,
			gid: nobody,
			cwd: folder,
			env: {PATH: `${bin}:${programs}`},
		}),
	).toMatchObject({status: 0});
	const all = readFileSync(words, 'utf8').trim().split('\n');
	expect(all.slice(all.indexOf(executable))).toEqual([executable, 'status', ...state]);
	const [name, ...rest] = all.slice(all.indexOf('--') + 1);
	const root = spawnSync(name!, rest, {encoding: 'utf8', cwd: folder, env: {PATH: programs, SUDO_UID: String(nobody)}});
	expect(root).toMatchObject({status: 2, stderr: expect.stringContaining('`./cluster-wizard up --sandbox ') as string});
	// Installed, it is called by its name.
	expect(run(['status', ...state], {PATH: `${folder}:${programs}`}).stderr).toContain('`cluster-wizard up --sandbox ');
});

test('root does not run it when others can change it', () => {
	chmodSync(executable, 0o757);
	expect(run(['--version'])).toMatchObject({
		status: 2,
		stdout: '',
		stderr: expect.stringContaining(`others could change it: ${executable}. `) as string,
	});
	chmodSync(executable, 0o755);
});

describe('the Debian package', () => {
	test('depends on what it is linked with', () => {
		mkdirSync(join(folder, 'debian'));
		writeFileSync(
			join(folder, 'debian/control'),
			'Source: cluster-wizard\n\nPackage: cluster-wizard\nArchitecture: amd64\n',
		);
		const linked = execFileSync('dpkg-shlibdeps', ['-O', executable], {
			encoding: 'utf8',
			cwd: folder,
			stdio: ['ignore', 'pipe', 'ignore'],
		})
			.trim()
			.replace('shlibs:Depends=', '');
		const names = (list: string) =>
			list
				.split(', ')
				.map(entry => entry.split(' ')[0])
				.sort();
		const depends = execFileSync('dpkg-deb', ['--field', deb, 'Depends'], {encoding: 'utf8'}).trim();
		expect(names(depends)).toEqual(names(linked));
		// The newest symbol of the C library that it needs.
		const symbols = execFileSync(
			'sh',
			['-c', 'grep -aoE "GLIBC_2\\.[0-9]+" "$1" | sort -Vu | tail -n 1', 'symbols', executable],
			{encoding: 'utf8'},
		).trim();
		expect(depends).toContain(`libc6 (>= ${symbols.replace('GLIBC_', '')})`);
	});

	test('installs in a system without Node, answers, and leaves nothing when it is removed', () => {
		const root = join(folder, 'debian-12');
		execFileSync('mmdebstrap', ['--quiet', '--variant=apt', 'bookworm', root], {
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		const inside = (...words: string[]) =>
			spawnSync(
				'unshare',
				['--mount', 'sh', '-c', 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"', root, ...words],
				{encoding: 'utf8', env: {PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8'}},
			);
		const files = () =>
			execFileSync(
				'find',
				['.', '-path', './var/lib/dpkg', '-prune', '-o', '-path', './var/log', '-prune', '-o', '-print'],
				{encoding: 'utf8', cwd: root},
			)
				.split('\n')
				.sort();
		const before = files();
		expect(inside('sh', '-c', 'command -v node').status).not.toBe(0);
		cpSync(deb, join(root, 'cluster-wizard.deb'));
		expect(inside('dpkg', '--install', '/cluster-wizard.deb')).toMatchObject({status: 0});
		expect(inside('cluster-wizard', '--version')).toMatchObject({status: 0, stdout: `${version}\n`, stderr: ''});
		expect(inside('cluster-wizard', 'status', '--language', 'en')).toMatchObject({
			status: 2,
			stderr: expect.stringContaining('`cluster-wizard up`') as string,
		});
		expect(
			inside(
				'sh',
				'-c',
				'cd /usr/share/doc/cluster-wizard && zgrep -c "^The executable contains Node v" THIRD-PARTY-NOTICES.txt.gz && zcat README.md.gz README.es.md.gz | grep -c "^# cluster-wizard"',
			).stdout,
		).toBe('1\n2\n');
		expect(statSync(join(root, 'usr/bin/cluster-wizard')).mode & 0o7777).toBe(0o755);
		expect(inside('dpkg', '--purge', 'cluster-wizard')).toMatchObject({status: 0});
		rmSync(join(root, 'cluster-wizard.deb'));
		// Until the next start of the computer: what root's commands have run.
		rmSync(join(root, 'run/cluster-wizard-program'), {recursive: true});
		expect(files()).toEqual(before);
	}, 600_000);
});
