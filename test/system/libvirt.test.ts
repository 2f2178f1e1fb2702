import {setTimeout as delay} from 'node:timers/promises';
import {expect, test} from 'vitest';
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
