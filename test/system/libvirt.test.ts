import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {libvirtBinding} from '../../source/targets/libvirt-binding.ts';
import {watchMachines, type WatchedStates} from '../../source/targets/libvirt-watch.ts';
import {virshReader} from '../../source/targets/libvirt.ts';

test('virsh reads states from libvirt\'s own test driver', async () => {
	await expect(virshReader('test:///default').read()).resolves.toEqual(new Map([['test', 'running']]));
});

test('a libvirt that is not there is an error, not an empty list', async () => {
	await expect(virshReader('qemu+unix:///system?socket=/nowhere').read()).rejects.toThrow();
});

test('watching tells the states once it is connected, and says with what they were read', async () => {
	const seen: WatchedStates[] = [];
	const end = watchMachines(() => 'test:///default', states => {
		seen.push(states);
	});
	for (let turn = 0; turn < 100 && seen.length === 0; turn++) {
		await delay(100);
	}

	end();
	expect(seen[0]).toEqual({source: 'virsh', states: new Map([['test', 'running']])});
});

test('where there is no libvirt yet, watching waits', async () => {
	const seen: WatchedStates[] = [];
	const end = watchMachines(() => undefined, states => {
		seen.push(states);
	});
	await delay(300);
	end();
	expect(seen).toEqual([]);
});

test('the optional binding, compiled here, reads the same states', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-binding-'));
	try {
		writeFileSync(join(folder, 'package.json'), '{}');
		execFileSync('npm', ['install', '--no-audit', '--no-fund', '@unraid/libvirt@2.2.1'], {cwd: folder, stdio: 'pipe', timeout: 280_000});
		const reader = await libvirtBinding('test:///default', join(folder, 'node_modules', '@unraid', 'libvirt', 'dist', 'index.js'));
		expect(reader?.name).toBe('@unraid/libvirt');
		await expect(reader!.read()).resolves.toEqual(await virshReader('test:///default').read());
		reader!.close();
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
}, 300_000);
