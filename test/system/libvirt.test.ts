import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {libvirtBinding} from '../../source/targets/libvirt-binding.ts';
import {watchMachines, type WatchedStates} from '../../source/targets/libvirt-watch.ts';
import {libvirtUri, virshReader} from '../../source/targets/libvirt.ts';
import {findSandbox} from '../../source/targets/sandbox.ts';
import {sandbox} from '../../steps/sandbox.ts';
import {testCluster} from '../cluster-fixture.ts';

test("virsh reads states from libvirt's own test driver", async () => {
	await expect(virshReader('test:///default').read()).resolves.toEqual(new Map([['test', 'running']]));
});

test('a libvirt that is not there is an error, not an empty list', async () => {
	await expect(virshReader('qemu+unix:///system?socket=/nowhere').read()).rejects.toThrow();
});

test('watching tells the states once it is connected, and says with what they were read', async () => {
	const seen: WatchedStates[] = [];
	const end = watchMachines(
		() => 'test:///default',
		states => {
			seen.push(states);
		},
	);
	for (let turn = 0; turn < 100 && seen.length === 0; turn++) {
		await delay(100);
	}

	end();
	expect(seen[0]).toEqual({source: 'virsh', states: new Map([['test', 'running']])});
});

test('where there is no libvirt yet, watching waits', async () => {
	const seen: WatchedStates[] = [];
	const end = watchMachines(
		() => undefined,
		states => {
			seen.push(states);
		},
	);
	await delay(300);
	end();
	expect(seen).toEqual([]);
});

describe('the optional binding, compiled here', () => {
	const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-binding-'));
	beforeAll(() => {
		writeFileSync(join(folder, 'package.json'), '{}');
		execFileSync('npm', ['install', '--no-audit', '--no-fund', '@unraid/libvirt@2.2.1'], {
			cwd: folder,
			stdio: 'pipe',
			timeout: 280_000,
		});
	}, 300_000);
	afterAll(() => {
		rmSync(folder, {recursive: true, force: true});
	});

	test('reads the same states', async () => {
		const reader = await libvirtBinding('test:///default', folder);
		expect(reader?.name).toBe('@unraid/libvirt');
		await expect(reader!.read()).resolves.toEqual(await virshReader('test:///default').read());
		reader!.close();
	});

	test("tells the states of a sandbox's machines as they change", async () => {
		const state = join(folder, 'state');
		const fixture = testCluster({name: 'binding'}, {acceleration: 'tcg'});
		try {
			for (const task of sandbox.tasks({...fixture, paths: {...fixture.paths, state}}, {})) {
				for (const command of task.apply ?? []) {
					shell(render(command, 'execute'), command.input as string);
				}
			}

			const uri = libvirtUri(findSandbox(state)!.pid);
			const virsh = (...words: string[]) =>
				execFileSync('virsh', ['-c', uri, '-q', ...words], {encoding: 'utf8', stdio: 'pipe'});
			const definition = join(folder, 'tiny.xml');
			writeFileSync(
				definition,
				'<domain type="qemu"><name>tiny</name><memory unit="MiB">16</memory><os><type>hvm</type></os></domain>',
			);
			virsh('define', definition);
			const seen: WatchedStates[] = [];
			const end = watchMachines(
				() => uri,
				states => {
					seen.push(states);
				},
				folder,
			);
			try {
				const sees = async (state: string) =>
					expect
						.poll(() => seen.at(-1), {timeout: 15_000})
						.toEqual({source: '@unraid/libvirt', states: new Map([['tiny', state]])});
				await sees('shut off');
				virsh('start', 'tiny');
				await sees('running');
				virsh('destroy', 'tiny');
				await sees('shut off');
			} finally {
				end();
			}
		} finally {
			spawnSync(join(state, 'sandbox', 'control'), ['remove']);
		}
	}, 60_000);
});

function shell(text: string, input = ''): void {
	// Node's pipe is a socket, which cannot be opened as /dev/stdin.
	execFileSync('/bin/sh', ['-c', `cat | {\n${text}\n}`], {input, stdio: 'pipe'});
}
