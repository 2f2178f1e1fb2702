import type {FilesystemFacts, MachineFacts, MemoryFacts, MountFacts, StorageRead, UnitFacts} from './facts.ts';
import {stateName} from '../../targets/libvirt.ts';

/** Parses `/proc/meminfo`; undefined if a figure is missing. */
export function parseMemory(text: string): MemoryFacts | undefined {
	const bytes = (name: string) =>
		Number(
			text
				.split('\n')
				.find(line => line.startsWith(`${name}:`))
				?.split(/\s+/)[1] ?? Number.NaN,
		) * 1024;
	const facts = {
		total: bytes('MemTotal'),
		available: bytes('MemAvailable'),
		swapTotal: bytes('SwapTotal'),
		swapFree: bytes('SwapFree'),
	};
	return Object.values(facts).every(Number.isFinite) && facts.total > 0 ? facts : undefined;
}

/** File systems that are always read-only or always full, and not worth a report. */
const imageTypes = new Set(['squashfs', 'iso9660', 'udf', 'efivarfs', 'erofs', 'cramfs']);

/** Parses `df -B1 --output=fstype,size,used,avail,itotal,iused,target`; undefined if no line can be parsed. */
export function parseFilesystems(text: string): FilesystemFacts[] | undefined {
	const found = new Map<string, FilesystemFacts>();
	for (const line of text.split('\n')) {
		// df prints a dash for a field that the file system does not support.
		const match = /^(\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+|-)\s+(\d+|-)\s+(\/.*)$/.exec(line.trim());
		if (match) {
			const [, type = '', size, used, available, inodes, inodesUsed, path = ''] = match;
			const count = (digits: string | undefined) => (digits === '-' ? 0 : Number(digits));
			found.set(path, {
				path,
				type,
				size: Number(size),
				used: Number(used),
				available: Number(available),
				inodes: count(inodes),
				inodesUsed: count(inodesUsed),
			});
		}
	}

	return found.size === 0 ? undefined : [...found.values()].filter(({type}) => !imageTypes.has(type));
}

/** Fraction of a file system in use, 0 to 1, as df counts it: without the blocks reserved for root. */
export function usedFraction({used, available}: FilesystemFacts): number {
	return used + available === 0 ? 0 : used / (used + available);
}

/** Parses `/proc/mounts` (proc(5)); undefined if no line can be parsed. */
export function parseMounts(text: string): MountFacts[] | undefined {
	const mounts = text.split('\n').flatMap(line => {
		const [source, path, type, options] = line.split(' ');
		return source && path && type && options ? [{source, path, type, options: options.split(',')}] : [];
	});
	return mounts.length === 0 ? undefined : mounts;
}

/** Parses `systemctl list-units --plain --no-legend`; undefined if systemd did not answer, as `-.mount` is always listed. */
export function parseUnits(text: string): UnitFacts[] | undefined {
	const units = text.split('\n').flatMap(line => {
		const match = /^(\S+\.[a-z]+)\s+(?:loaded|masked|not-found|error|bad-setting)\s+(\S+)\s+(\S+)/.exec(line.trim());
		return match ? [{name: match[1]!, active: match[2]!, sub: match[3]!}] : [];
	});
	return units.length === 0 ? undefined : units;
}

/** Parses dd's output followed by `exit N`. */
export function parseStorageRead(text: string): StorageRead | undefined {
	const match = /^exit (\d+)$/m.exec(text);
	if (!match) {
		return undefined;
	}

	const said = text.slice(0, match.index).trim();
	switch (Number(match[1])) {
		case 0: {
			return said.startsWith('OK') ? {result: 'ok', detail: ''} : {result: 'failed', detail: 'health.txt'};
		}

		// timeout(1) killed dd: 128 + SIGKILL.
		case 137: {
			return {result: 'hangs', detail: ''};
		}

		default: {
			return {
				result: 'failed',
				detail: said
					.split('\n')
					.at(-1)!
					.replace(/^dd: (?:failed to open )?/, ''),
			};
		}
	}
}

/** Parses `date +%s.%N` and `/proc/uptime` into seconds. `sent`, `received`: the controller's clock in milliseconds. */
export function parseClock(
	text: string,
	{sent, received}: {sent: number; received: number},
): {clock?: {earliest: number; latest: number}; uptime?: number} {
	const [time = '', uptime = ''] = text.split('\n');
	const isTime = /^\d+\.\d+$/.test(time);
	return {
		...(isTime && {clock: {earliest: Number(time) - received / 1000, latest: Number(time) - sent / 1000}}),
		...(/^\d+(?:\.\d+)? /.test(uptime) && {uptime: Number.parseFloat(uptime)}),
	};
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/** Parses UUIDs, one per line; skips other lines. */
export function parseUuids(text: string): Set<string> {
	return new Set(
		text
			.split('\n')
			.map(line => line.trim())
			.filter(line => uuid.test(line)),
	);
}

/**
 * Parses three outputs of virsh: `list --all --uuid --name`, `list --all --autostart --uuid` and `domstats --state`.
 * Names of VMs may contain blanks.
 */
export function parseMachines({
	names,
	autostart,
	states,
}: {
	names: string;
	autostart: string;
	states: string;
}): Map<string, MachineFacts> {
	const started = parseUuids(autostart);
	const stateOf = new Map(
		[...states.matchAll(/^Domain: '(.*)'\n((?: {2}.*\n?)*)/gm)].map(([, name, body = '']) => [
			name!,
			{
				state: stateName(Number(/^ {2}state\.state=(\d+)$/m.exec(body)?.[1] ?? 0)),
				reason: Number(/^ {2}state\.reason=(\d+)$/m.exec(body)?.[1] ?? 0),
			},
		]),
	);
	return new Map(
		names.split('\n').flatMap((line): Array<[string, MachineFacts]> => {
			const [id = '', ...name] = line.trim().split(' ');
			return uuid.test(id)
				? [[id, {...(stateOf.get(name.join(' ').trim()) ?? {state: 'no state'}), autostart: started.has(id)}]]
				: [];
		}),
	);
}
