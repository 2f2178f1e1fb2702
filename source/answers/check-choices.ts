import {checkAddresses} from './check-addresses.ts';
import type {Choices, HostNetwork} from './defaults.ts';
import {serverKey, type Answers} from './schema.ts';
import {phrase, type Text} from '../languages/text.ts';
import type {ConfigIssue} from './config-issue.ts';

/** Minimum number of disks by RAID level. */
const fewestDisks = {4: 3, 5: 3, 6: 4, 10: 4} as const;

/** Number of disks' worth of data by RAID level, without copies and parity. */
const usableDisks = {
	4: (disks: number) => disks - 1,
	5: (disks: number) => disks - 1,
	6: (disks: number) => disks - 2,
	10: (disks: number) => disks / 2,
} as const;

/** Minimum memory in MiB: Debian with its services runs in it (tested); with less, it swaps or runs out of memory. */
const leastMemory = 256;
/** Minimum system disk in GiB, for system, packages and logs. */
const leastDisk = 2;
/** Minimum size in MiB of a disk of the array, for its metadata and a file system. */
const leastArrayDisk = 32;

const releases: Readonly<Record<string, string>> = {
	bookworm: 'debian',
	trixie: 'debian',
	jammy: 'ubuntu',
	noble: 'ubuntu',
};

/** Host names with a special meaning on the command line or in a hosts file. */
const reservedNames = new Set(['host', 'localhost', 'machine', 'cluster']);

/**
 * Names that the kernel does not allow for an interface (net/core/dev.c, net/ipv4/devinet.c), and that of libvirt's
 * default network.
 */
const reservedLabels = new Set(['lo', 'all', 'default']);

/**
 * Returns the problem with the folder of the user's own pages, if any.
 * @param folder absolute path
 * @param room space on the array in MiB
 */
export type ContentCheck = (folder: string, room: number) => Text | undefined;

export interface CheckOptions {
	/** Checks the folder of the user's own pages; without it the folder is not checked. */
	readonly contentCheck?: ContentCheck | undefined;
	readonly surroundings?: HostNetwork | undefined;
}

/** Checks everything that the schema of single values cannot. `content` must be an absolute path. */
export function checkChoices(
	choices: Choices,
	answers: Answers,
	{contentCheck, surroundings}: CheckOptions = {},
): ConfigIssue[] {
	return [
		...checkAddresses(choices, surroundings),
		...checkNames(choices, surroundings),
		...checkMachines(choices),
		...checkRaid(choices),
		...checkContent(choices, contentCheck),
		...checkHost(choices),
		...Object.keys(answers.nodes ?? {})
			.filter(key => serverKey.test(key) && !choices.nodes.some(node => node.id === key))
			.map(key => ({
				keys: [`nodes.${key}`],
				message: phrase('there is no {key}: web.count is {choices}.', {key, choices: count(choices)}),
			})),
	];
}

function checkNames({nodes, networks}: Choices, surroundings: HostNetwork | undefined): ConfigIssue[] {
	const labels = Object.entries(networks).map(([name, {label}]) => ({key: `networks.${name}.label`, value: label}));
	const names = nodes.map(({id, name}) => ({key: `nodes.${id}.name`, value: name}));
	return [
		...twice(names),
		...twice(nodes.map(({id, vm}) => ({key: `nodes.${id}.vm`, value: vm}))),
		...twice(labels),
		...[
			...names.filter(({value}) => reservedNames.has(value)),
			...labels.filter(({value}) => reservedLabels.has(value)),
		].map(({key, value}) => ({
			keys: [key],
			message: phrase('{value} has a meaning of its own; choose another name.', {value}),
		})),
		...labels
			.filter(({value}) => surroundings?.nics.includes(value))
			.map(({key, value}) => ({
				keys: [key],
				message: phrase('{value} is a NIC of this host; choose another name.', {value}),
			})),
	];
}

function twice(entries: ReadonlyArray<{key: string; value: string}>): ConfigIssue[] {
	const first = new Map<string, string>();
	return entries.flatMap(({key, value}) => {
		const other = first.get(value);
		if (other === undefined) {
			first.set(value, key);
			return [];
		}

		return [{keys: [key, other], message: phrase('{value} is used twice: {other} and {key}.', {value, other, key})}];
	});
}

function checkMachines({nodes}: Choices): ConfigIssue[] {
	return nodes.flatMap(({id, role, memory, disk}) => {
		const keys = (key: string) => (role === 'web' ? [`nodes.${id}.${key}`, `web.${key}`] : [`nodes.${id}.${key}`]);
		return [
			...(memory < leastMemory ? [tooSmall(keys('memory'), `${memory}M`, `${leastMemory}M`)] : []),
			...(disk < leastDisk ? [tooSmall(keys('disk'), `${disk}G`, `${leastDisk}G`)] : []),
		];
	});
}

function checkRaid({raid: {level, disks, size}}: Choices): ConfigIssue[] {
	const fewest = fewestDisks[level];
	return [
		...(disks < fewest
			? [
					{
						keys: ['raid.disks', 'raid.level'],
						message: phrase('RAID {level} needs at least {fewest} disks; there are {disks}.', {level, fewest, disks}),
					},
				]
			: []),
		...(size < leastArrayDisk ? [tooSmall(['raid.size'], `${size}M`, `${leastArrayDisk}M`)] : []),
	];
}

function checkContent({content, raid}: Choices, contentCheck: ContentCheck | undefined): ConfigIssue[] {
	// Reserves a tenth for the file system itself.
	const room = Math.floor(usableDisks[raid.level](raid.disks) * raid.size * 0.9);
	const message = content === undefined ? undefined : contentCheck?.(content, room);
	return message ? [{keys: ['web.content', 'raid.size'], message}] : [];
}

function checkHost({host, guest}: Choices): ConfigIssue[] {
	return [
		...(host.external === 'bridge' && host.nic === undefined
			? [
					{
						keys: ['host.nic', 'host.external'],
						message: phrase(
							'no wired NIC with a cable and an address was found that can become a bridge port; name one, or choose external: nat.',
						),
					},
				]
			: []),
		...(releases[guest.release] === guest.distribution
			? []
			: [
					{
						keys: ['guest.release', 'guest.distribution'],
						message: phrase('{release} is not a release of {distribution}.', {
							release: guest.release,
							distribution: guest.distribution,
						}),
					},
				]),
	];
}

function tooSmall(keys: readonly string[], value: string, least: string): ConfigIssue {
	return {keys, message: phrase('{value} is too little; {least} is the least.', {value, least})};
}

function count({nodes}: Choices): number {
	return nodes.filter(node => node.role === 'web').length;
}
