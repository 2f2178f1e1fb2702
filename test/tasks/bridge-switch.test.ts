import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {asset} from '../../source/assets.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'switch-'));
});
afterEach(() => {
	rmSync(folder, {recursive: true});
});

/** The interfaces that ifupdown is told to take down and to bring up when the bridge is switched on or off. */
function switched(
	to: 'new' | 'old',
	names: {nic: string; bridge: string},
	known: readonly string[],
): {down: string[]; up: string[]} {
	const program = (name: string, body: string) => {
		writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, {mode: 0o755});
	};

	program(
		'ifquery',
		`case $1 in --state) printf '%s\\n' ${known.map(name => `${name}=${name}`).join(' ')} ;; --list) printf '%s\\n' ${known.join(' ')} ;; esac`,
	);
	program('ifdown', `echo "$2" >> ${folder}/down`);
	program('ifup', `echo "$1" >> ${folder}/up`);
	program('ip', 'exit 0');
	writeFileSync(join(folder, 'paths'), '');
	const script = join(folder, 'switch.sh');
	writeFileSync(
		script,
		asset('host/bridge/switch.sh', {
			...names,
			renderer: 'ifupdown',
			patience: 90,
			directory: folder,
			connection: '',
		}).replace('PATH=', `PATH=${folder}:`),
	);
	execFileSync('sh', [script, 'activate', to]);
	const lines = (name: string) => readFileSync(join(folder, name), 'utf8').trim().split('\n');
	return {down: lines('down'), up: lines('up')};
}

test.each([
	[{nic: 'eth0.1', bridge: 'kvmbr0'}, ['eth0.1', 'eth0.1:0', 'eth0x1', 'eth0x1:0', 'kvmbr0:0']],
	[{nic: 'br+0', bridge: 'kvmbr0'}, ['br+0', 'br+0:0', 'brr0', 'brr0:0', 'kvmbr0:0']],
])('only %o and their aliases are taken down and brought up', ({nic, bridge}, known) => {
	expect(switched('new', {nic, bridge}, known)).toEqual({
		down: [`${nic}:0`, 'kvmbr0:0', nic, bridge],
		up: [nic, bridge, 'kvmbr0:0'],
	});
	rmSync(join(folder, 'down'));
	// The NIC is started by itself only where commands for its cable are left to it.
	rmSync(join(folder, 'up'));
	expect(
		switched(
			'new',
			{nic, bridge},
			known.filter(name => name !== nic),
		).up,
	).toEqual([bridge, 'kvmbr0:0']);
	rmSync(join(folder, 'up'));
	expect(switched('old', {nic, bridge}, known).up).toEqual([nic, `${nic}:0`]);
});

test.each([
	['as it was changed', 'new', ''],
	['as it was before: cloud-init wrote it anew', 'old', ''],
	['changed by somebody since', 'of somebody', '/file has been changed since'],
])('going back with a file %s', (_, content, said) => {
	for (const [name, text] of [
		['new', 'new'],
		['old', 'old'],
	] as const) {
		mkdirSync(join(folder, `${name}${folder}`), {recursive: true});
		writeFileSync(join(folder, `${name}${folder}/file`), text);
	}

	writeFileSync(join(folder, 'file'), content);
	writeFileSync(join(folder, 'paths'), `${join(folder, 'file')}\n`);
	const script = asset('host/bridge/switch.sh', {
		nic: 'eno1',
		bridge: 'kvmbr0',
		renderer: 'netplan',
		patience: 90,
		directory: folder,
		connection: '',
	});
	const {status, stderr} = spawnSync('sh', ['-c', script.replace(/^case \$\{1-}[^]*/m, 'untouched')], {
		encoding: 'utf8',
	});
	expect({status, stderr}).toEqual({
		status: said === '' ? 0 : 1,
		stderr: said === '' ? '' : (expect.stringContaining(said) as string),
	});
});
