import {expect, test} from 'vitest';
import {libvirtBinding} from '../../source/targets/libvirt-binding.ts';
import {libvirtUri, parseDomstats} from '../../source/targets/libvirt.ts';

test('states as virsh domstats tells them', () => {
	expect(
		parseDomstats(
			"Domain: 'NFS'\n  state.state=1\n  state.reason=1\n\nDomain: 'MASTER ONE'\n  state.state=5\n  state.reason=0\n\n",
		),
	).toEqual(
		new Map([
			['NFS', 'running'],
			['MASTER ONE', 'shut off'],
		]),
	);
	expect(parseDomstats('')).toEqual(new Map());
});

test("a sandbox's libvirt is reached through the root directory of its first process", () => {
	expect(libvirtUri()).toBe('qemu:///system');
	expect(libvirtUri(42)).toBe('qemu+unix:///system?socket=/proc/42/root/run/libvirt/libvirt-sock');
});

test('where the binding is not installed there is none', async () => {
	await expect(libvirtBinding('test:///default')).resolves.toBeUndefined();
});
