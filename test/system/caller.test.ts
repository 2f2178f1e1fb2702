import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {buildSync} from 'esbuild';
import {packageRoot} from '../../source/assets.ts';
import {environmentOf} from '../../source/session/sudo-caller.ts';

const nobody = 65_534;
const proxy = 'http://ana:s3cr%40t-of-the-proxy@proxy.example:3128';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'caller-'));
	chmodSync(folder, 0o755);
});
afterEach(() => {
	child?.kill('SIGKILL');
	child = undefined;
	rmSync(folder, {recursive: true});
});

test("a user's process is read for that user only", async () => {
	child = spawn('sleep', ['60'], {
		uid: nobody,
		gid: nobody,
		env: {http_proxy: proxy, HOME: '/nonexistent', LANG: 'es_ES.UTF-8'},
	});
	await once(child, 'spawn');
	expect(environmentOf(child.pid!, nobody)).toEqual({http_proxy: proxy, LANG: 'es_ES.UTF-8'});
	expect(environmentOf(child.pid!, nobody - 1)).toEqual({});
	expect(environmentOf(process.pid, nobody), 'a process of root').toEqual({});
});

test('a program with other rights than its caller is not read', async () => {
	// Its owner is root although the user started it.
	execFileSync('cp', ['/usr/bin/sleep', join(folder, 'sleep')]);
	chmodSync(join(folder, 'sleep'), 0o4755);
	child = spawn(join(folder, 'sleep'), ['60'], {uid: nobody, gid: nobody, env: {http_proxy: proxy}});
	await once(child, 'spawn');
	expect(environmentOf(child.pid!, nobody)).toEqual({});
});

test('through sudo: the proxy comes to root, and no argument holds it', () => {
	// What sudo is given is written down; then, as sudo does, the command runs as root with an environment of its own.
	const program = join(folder, 'program.js');
	buildSync({
		entryPoints: [join(import.meta.dirname, '../commands/become-root-program.ts')],
		outfile: program,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
	});
	writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
	cpSync(join(packageRoot, 'assets/languages'), join(folder, 'assets/languages'), {recursive: true});
	const words = join(folder, 'words');
	writeFileSync(words, '', {mode: 0o666});
	chmodSync(words, 0o666);
	writeFileSync(join(folder, 'sudo'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${words}\necho asked\nread -r done\n`, {
		mode: 0o755,
	});
	const user = spawn(process.execPath, [program, 'up', '--yes'], {
		uid: nobody,
		gid: nobody,
		env: {PATH: `${folder}:/usr/bin:/bin`, http_proxy: proxy, LANG: 'es_ES.UTF-8'},
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	child = user;
	return once(user.stdout, 'data').then(() => {
		const all = readFileSync(words, 'utf8').trim().split('\n');
		expect(all.slice(all.indexOf('--'))).toEqual([
			'--',
			'env',
			`CLUSTER_WIZARD_CALLER=${user.pid}`,
			'CLUSTER_WIZARD_INVOCATION=',
			process.execPath,
			program,
			'up',
			'--yes',
		]);
		const [name, ...rest] = all.slice(all.indexOf('env'));
		const root = spawnSync(name!, rest, {env: {PATH: '/usr/bin:/bin', SUDO_UID: String(nobody)}, encoding: 'utf8'});
		expect(JSON.parse(root.stdout)).toEqual({
			PATH: '/usr/bin:/bin',
			SUDO_UID: String(nobody),
			CLUSTER_WIZARD_INVOCATION: '',
			http_proxy: proxy,
			LANG: 'es_ES.UTF-8',
		});
		user.stdin.end('\n');
	});
});
