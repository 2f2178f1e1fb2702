/** Seconds of a step's unit: with something to do, with checks that hold, and while it waits for what was changed before it. */
interface Durations {
	readonly work: number;
	readonly check: number;
	readonly settle?: number;
}

/**
 * Measured while whole clusters of six machines were built and looked at again under emulation on two processors
 * (docs/measured.md). They serve until a machine has times of its own.
 */
const emulated: Readonly<Record<string, Durations>> = {
	'host': {work: 1, check: 0.3},
	'packages': {work: 10, check: 0.1},
	'base-image': {work: 40, check: 0.3},
	'images': {work: 25, check: 0.3},
	'acceleration': {work: 1, check: 0.1},
	'sandbox': {work: 1, check: 0.2},
	'external-network': {work: 0.5, check: 0.2},
	'networks': {work: 1, check: 0.5},
	'machines': {work: 20, check: 1},
	'names': {work: 25, check: 4},
	'forwarding': {work: 25, check: 4},
	'raid': {work: 12, check: 1.5},
	'content': {work: 2.5, check: 1},
	'nfs': {work: 5.5, check: 1.5},
	'nfs-clients': {work: 15, check: 2},
	'apache': {work: 8, check: 2},
	'lvs': {work: 12, check: 1},
	'lvs-proof': {work: 2, check: 0.5, settle: 0.6},
	'corosync': {work: 20, check: 4},
	'ldirectord': {work: 22, check: 4},
	'resources': {work: 18, check: 3},
	'pacemaker': {work: 28, check: 2, settle: 28},
	'gateways': {work: 3, check: 1.5},
	'verification': {work: 1, check: 0.5, settle: 0.5},
};

/** Steps whose time does not depend on how the machines run: they fetch packages, write disks and use this computer's processors. */
const native: ReadonlySet<string> = new Set(['host', 'packages', 'base-image', 'images', 'acceleration', 'sandbox', 'external-network', 'networks']);

/** By how much a machine with hardware virtualization is faster. */
const kvmFactor = 6;

export function isNative(step: string): boolean {
	return native.has(step);
}

/** Seconds that a step's unit takes on a computer of which nothing is known. */
export function defaultSeconds(step: string, kind: keyof Durations, acceleration: 'kvm' | 'tcg'): number {
	const {[kind]: seconds, check} = emulated[step] ?? {work: 10, check: 1};
	return (seconds ?? check) / (acceleration === 'kvm' && !native.has(step) ? kvmFactor : 1);
}
