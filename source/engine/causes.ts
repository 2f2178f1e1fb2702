import {phrase, type Text} from '../languages/text.ts';

/** A cause of failure that a program's error message reveals, with advice on how to remove it. */
export interface KnownCause {
	readonly id: string;
	/** Matches messages of Debian's programs in the C locale, in which all commands run. */
	readonly pattern: RegExp;
	readonly advice: Text;
}

/** Searched in this order: a full disk, for example, also makes apt report a failed download. */
export const knownCauses: readonly KnownCause[] = [
	{
		id: 'disk',
		pattern: /no space left on device|disk quota exceeded|don't have enough free space|\bENOSPC\b|\bEDQUOT\b/i,
		advice: phrase(
			'The disk is full on the machine where the command ran. `df -h` shows which file system; `df -i` whether it has no inodes left. Free some space.',
		),
	},
	{
		id: 'read-only',
		pattern: /read-only file system|\bEROFS\b/i,
		advice: phrase('The file system is mounted read-only, often after a disk error. `dmesg` shows the reason.'),
	},
	{
		id: 'memory',
		pattern:
			/cannot allocate memory|\bout of memory\b|memory exhausted|xrealloc: cannot allocate|killed by the OOM killer|oom-kill|heap out of memory|^\s*Killed\s*$|\bENOMEM\b|^MemoryError$/i,
		advice: phrase(
			'The memory does not suffice. `free -m` shows what is left, `journalctl -k | grep -i oom` what the kernel has ended for lack of it. End other programs, or give the nodes less memory in the answers.',
		),
	},
	{
		id: 'apt-lock',
		pattern:
			/could not get lock|unable to acquire the dpkg frontend lock|dpkg (?:frontend|database) lock was locked|is another process using it\?/i,
		advice: phrase(
			'Another program is installing packages; the last lines name it if apt knows it. Wait until it ends (`ps -C apt-get,apt,dpkg,unattended-upgr`). Do not remove the lock file.',
		),
	},
	{
		id: 'dpkg-interrupted',
		pattern: /dpkg was interrupted/i,
		advice: phrase(
			'An earlier installation of packages was interrupted. `dpkg --configure -a` on that machine completes it.',
		),
	},
	{
		id: 'keys',
		pattern: /\bNO_PUBKEY\b|\bEXPKEYSIG\b|^E: The repository '.*' is not signed\.$/,
		advice: phrase(
			'The keys on this computer do not fit the archive, often because their package is older than the release. Upgrade `debian-archive-keyring` or `ubuntu-keyring`, or choose another guest.release.',
		),
	},
	{
		id: 'clock',
		pattern:
			/is not valid yet \(invalid for another|is expired \(invalid since|certificate is not yet valid|not yet valid certificate|certificate has expired|expired certificate|CERT_NOT_YET_VALID|CERT_HAS_EXPIRED|made in the future|not live until/i,
		advice: phrase(
			"The clock is wrong, or what was downloaded has expired. Compare `date` with the real time on that machine; `timedatectl set-ntp true` lets it follow the network's.",
		),
	},
	{
		id: 'lookup',
		pattern:
			/could not resolve|temporary failure (?:in name resolution|resolving)|name or service not known|something wicked happened resolving|unable to resolve|no address associated with hostname|\bEAI_AGAIN\b|\bENOTFOUND\b/i,
		advice: phrase(
			'A host name cannot be resolved. Check the name, /etc/resolv.conf and the connection to the Internet; `getent hosts NAME` shows whether the name is found.',
		),
	},
	{
		id: 'unauthorized',
		pattern:
			/\berror:? (?:401|403|407)\b|\b(?:401\s+Unauthorized|403\s+Forbidden|407\s+Proxy Authentication Required)\b/i,
		advice: phrase(
			'The server wants other credentials, or refuses access (401, 403, 407). Check user, password or token, the address in the last lines, and the proxy if there is one.',
		),
	},
	{
		id: 'not-found',
		pattern: /\berror:? (?:404|410)\b|\b404\s+Not Found\b|\b410\s+Gone\b/i,
		advice: phrase(
			'The server does not have that file (404). Check the address in the last lines: the mirror may lack this release, or the version may be gone. `apt-get update` renews outdated package lists.',
		),
	},
	{
		id: 'mirror',
		pattern: /hash sum mismatch|file has unexpected size|mirror sync in progress/i,
		advice: phrase(
			'The mirror is being updated, or a proxy hands out old files. Wait some minutes, or use another mirror.',
		),
	},
	{
		id: 'connection',
		pattern:
			/connection (?:refused|timed out|reset by peer)|operation timed out|connect timed out|no route to host|network is unreachable|failed to connect to|could not connect to|couldn't connect to server|unable to connect to|\b(?:ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ECONNRESET)\b/i,
		advice: phrase(
			'The address in the last lines does not answer: refused, not reachable or timed out. Check that the machine and the service run, then network, firewall and proxy.',
		),
	},
	{
		id: 'permission',
		pattern:
			/permission denied(?! \((?:publickey|password|keyboard-interactive|gssapi))|operation not permitted|apparmor="DENIED"|\bEACCES\b|\bEPERM\b/i,
		advice: phrase(
			'Access was refused, by file permissions or by AppArmor. `ls -l` shows the permissions of what the last lines name, `journalctl -k | grep DENIED` what AppArmor has refused.',
		),
	},
];

/** Returns the first known cause whose pattern matches one of the lines. */
export function causeIn(lines: readonly string[]): KnownCause | undefined {
	return knownCauses.find(({pattern}) => lines.some(line => pattern.test(line)));
}
