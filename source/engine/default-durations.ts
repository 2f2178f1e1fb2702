/** Expected duration of one unit of a step, in seconds. */
interface Durations {
	/** The first build. */
	readonly work: number;
	/** All checks pass at once. */
	readonly check: number;
	/** A change to an existing cluster. Default on VMs: little more than a check; see `defaultSeconds`. */
	readonly change?: number;
	/** Waiting until the effects of a change settle that one of the steps in `after` has made. */
	readonly settle?: {readonly seconds: number; readonly after: readonly string[]};
}

/**
 * Measured while clusters of six VMs were built and checked again under emulation on two processors (docs/measured.md).
 * Used until this computer has durations of its own.
 */
const emulated: Readonly<Record<string, Durations>> = {
	host: {work: 1, check: 0.3},
	packages: {work: 10, check: 0.1},
	'base-image': {work: 40, check: 0.3},
	images: {work: 25, check: 0.3},
	acceleration: {work: 1, check: 0.1},
	sandbox: {work: 1, check: 0.2},
	'external-network': {work: 0.5, check: 0.2},
	networks: {work: 1, check: 0.5},
	machines: {work: 12, check: 1},
	names: {work: 25, check: 4, settle: {seconds: 25, after: ['sandbox', 'machines']}},
	forwarding: {work: 25, check: 4},
	raid: {work: 12, check: 1.5},
	content: {work: 2.5, check: 1},
	nfs: {work: 5.5, check: 1.5},
	'nfs-clients': {work: 15, check: 2, settle: {seconds: 15, after: ['sandbox', 'machines']}},
	apache: {work: 8, check: 2},
	lvs: {work: 12, check: 1},
	'lvs-proof': {work: 2, check: 0.5},
	corosync: {work: 20, check: 4, change: 14},
	ldirectord: {work: 22, check: 4},
	resources: {work: 18, check: 3, settle: {seconds: 25, after: ['corosync']}},
	pacemaker: {work: 28, check: 2, settle: {seconds: 28, after: ['corosync', 'sandbox']}},
	gateways: {work: 3, check: 1.5},
	verification: {work: 1, check: 0.5},
};

/**
 * Steps that take the same time with and without hardware virtualization: they download packages, write disks and use
 * this computer's own processors.
 */
const native: ReadonlySet<string> = new Set([
	'host',
	'packages',
	'base-image',
	'images',
	'acceleration',
	'sandbox',
	'external-network',
	'networks',
]);

/** How many times faster a VM is with hardware virtualization than under emulation. */
const kvmFactor = 6;

export function isHostBound(step: string): boolean {
	return native.has(step);
}

/**
 * Whether the units of a step wait for changes that the earlier step `cause` has made.
 * @param known seconds that a unit of the step has waited in earlier runs, by cause; 0: it did not wait
 */
export function waitsFor(step: string, cause: string, known?: ReadonlyMap<string, number>): boolean {
	const seconds = known?.get(cause);
	return seconds === undefined ? (emulated[step]?.settle?.after.includes(cause) ?? false) : seconds > 0;
}

/** Expected seconds for a unit of the step on a computer without recorded durations. */
export function defaultSeconds(step: string, kind: keyof Durations, acceleration: 'kvm' | 'tcg'): number {
	const {
		work,
		check,
		change = native.has(step) ? work : Math.min(work, 2 * check + 2),
		settle,
	} = emulated[step] ?? {work: 10, check: 1};
	return (
		{work, check, change, settle: settle?.seconds ?? check}[kind] /
		(acceleration === 'kvm' && !native.has(step) ? kvmFactor : 1)
	);
}
