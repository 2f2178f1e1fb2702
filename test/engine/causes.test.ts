import {expect, test} from 'vitest';
import {causeIn, knownCauses} from '../../source/engine/causes.ts';

/** Messages of the programs themselves (Debian 12 and 13, locale C), each with its cause. */
test.each<[cause: string | undefined, line: string]>([
	['disk', "cp: error writing 'full/bash': No space left on device"],
	['disk', "dd: error writing 'full/x': No space left on device"],
	['disk', 'qemu-img: full/i.img: Could not write zeros for preallocation: No space left on device'],
	[
		'disk',
		" cannot copy extracted data for './usr/lib/x' to '/usr/lib/x.dpkg-new': failed to write (No space left on device)",
	],
	['disk', "E: You don't have enough free space in /var/cache/apt/archives/."],
	['disk', 'ENOSPC: no space left on device, write'],
	['read-only', "touch: cannot touch 'full/a': Read-only file system"],
	['memory', 'qemu-system-x86_64: allocate 1073741824 bytes for jit buffer: Cannot allocate memory'],
	['memory', "qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory"],
	['memory', 'bash: xrealloc: cannot allocate 200704000 bytes'],
	['memory', 'Out of memory!'],
	['memory', 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory'],
	['memory', 'apache2.service: A process of this unit has been killed by the OOM killer.'],
	['memory', 'Killed'],
	['apt-lock', 'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 11783 (unattended-upgr)'],
	[
		'apt-lock',
		'E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?',
	],
	['apt-lock', 'dpkg: error: dpkg frontend lock was locked by another process with pid 11867'],
	['dpkg-interrupted', "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem. "],
	[
		'keys',
		"  The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0000000000000001",
	],
	[
		'keys',
		'W: GPG error: http://mirror.example/debian bookworm InRelease: The following signatures were invalid: EXPKEYSIG 0000000000000001 Debian Archive',
	],
	['keys', "E: The repository 'http://mirror.example/debian bookworm InRelease' is not signed."],
	[
		'clock',
		'E: Release file for http://mirror.example/debian/dists/bookworm/InRelease is not valid yet (invalid for another 4h 2min 3s). Updates for this repository will not be applied.',
	],
	[
		'clock',
		'E: Release file for http://mirror.example/debian/dists/bookworm-updates/InRelease is expired (invalid since 5d 3h 1min 2s). Updates for this repository will not be applied.',
	],
	['clock', 'curl: (60) SSL certificate problem: certificate is not yet valid'],
	['clock', 'curl: (60) SSL certificate problem: certificate has expired'],
	[
		'clock',
		'  Certificate verification failed: The certificate is NOT trusted. The certificate chain uses not yet valid certificate.  Could not handshake: Error in the certificate verification.',
	],
	['lookup', 'curl: (6) Could not resolve host: no.such.host.invalid'],
	['lookup', 'ssh: Could not resolve hostname nohost.invalid: Temporary failure in name resolution'],
	[
		'lookup',
		"W: Failed to fetch http://nohost.invalid/dists/x/InRelease  Temporary failure resolving 'nohost.invalid'",
	],
	['lookup', 'getaddrinfo ENOTFOUND nohost.invalid'],
	['unauthorized', 'curl: (22) The requested URL returned error: 401'],
	[
		'unauthorized',
		'E: Failed to fetch http://127.0.0.1:8081/401/dists/x/main/binary-amd64/Packages  401  Unauthorized [IP: 127.0.0.1 8081]',
	],
	['not-found', 'curl: (22) The requested URL returned error: 404'],
	[
		'not-found',
		'E: Failed to fetch http://127.0.0.1:8081/404/dists/x/main/binary-amd64/Packages  404  Not Found [IP: 127.0.0.1 8081]',
	],
	['not-found', '2026-11-29 20:22:38 ERROR 404: Not Found.'],
	[
		'mirror',
		'E: Failed to fetch http://mirror.example/debian/dists/bookworm/main/binary-amd64/Packages.xz  Hash Sum mismatch',
	],
	['connection', "curl: (7) Failed to connect to 127.0.0.1 port 9 after 0 ms: Couldn't connect to server"],
	['connection', 'curl: (28) Connection timed out after 1001 milliseconds'],
	[
		'connection',
		'W: Failed to fetch http://127.0.0.1:9/dists/x/InRelease  Could not connect to 127.0.0.1:9 (127.0.0.1). - connect (111: Connection refused)',
	],
	['connection', 'ssh: connect to host 192.0.2.1 port 22: Network is unreachable'],
	['permission', "qemu-img: Could not open '/root/x.qcow2': Could not open '/root/x.qcow2': Permission denied"],
	['permission', 'unshare: unshare failed: Operation not permitted'],
	['permission', 'audit: type=1400 audit(1.2:3): apparmor="DENIED" operation="open" profile="libvirt-x" name="/x"'],
	[undefined, 'root@10.0.10.10: Permission denied (publickey).'],
	[undefined, 'mdadm: cannot open /dev/disk/by-id/virtio-raid3: No such file or directory'],
	[undefined, '404 packages can be upgraded'],
	[undefined, 'dpkg-deb: error: paste subprocess was killed by signal (Broken pipe)'],
])('%s: %s', (cause, line) => {
	expect(
		causeIn(['Reading package lists...', line, 'E: Sub-process /usr/bin/dpkg returned an error code (1)'])?.id,
	).toBe(cause);
});

test('of several causes the one that makes the others is told', () => {
	expect(
		causeIn([
			'E: Failed to fetch http://mirror.example/x  404  Not Found',
			'E: Write error - write (28: No space left on device)',
		])?.id,
	).toBe('disk');
});

test('each cause has a name of its own and advice in both languages', () => {
	expect(new Set(knownCauses.map(({id}) => id)).size).toBe(knownCauses.length);
	for (const {advice} of knownCauses) {
		expect(advice.en).not.toBe(advice.es);
	}
});
