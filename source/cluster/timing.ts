import type {Cluster} from './cluster.ts';

/** Consensus timeout as a multiple of the token timeout: Corosync's own default (corosync.conf(5)), which the cluster keeps. */
export const consensusFactor = 1.2;

/** Seconds until Corosync declares a silent director lost: token timeout plus consensus timeout. */
export function directorDetection({ha: {token}}: {readonly ha: Pick<Cluster['ha'], 'token'>}): {
	readonly token: number;
	readonly consensus: number;
	readonly total: number;
} {
	return {
		token: token / 1000,
		consensus: toHundredths((token * consensusFactor) / 1000),
		total: toHundredths((token * (1 + consensusFactor)) / 1000),
	};
}

/** Timeout in seconds of a health page's access to the storage; shorter than ldirectord's, so that the worker is freed. */
export function healthPageLimit({check}: Pick<Cluster, 'check'>): number {
	return toHundredths(check.timeout * 0.75);
}

/**
 * Number of ldirectord failures after which Pacemaker moves the group (migration-threshold), and minutes after which the
 * failures expire (failure-timeout).
 */
export const failures = {threshold: 3, forgottenAfter: 10} as const;

/** Pacemaker scores: stickiness of the group (3 resources, 30 each), and location preference for the first director. */
export function groupScores({ha: {failback}}: Pick<Cluster, 'ha'>): {
	readonly each: number;
	readonly stickiness: number;
	readonly location: number;
} {
	return {each: stickiness, stickiness: 3 * stickiness, location: failback ? 100 : 50};
}

const stickiness = 30;

/** Seconds after a start in which NFS clients can reclaim their files, before new requests are served (grace-time). */
export const graceTime = 10;

/** Rounds to hundredths, so that sums of decimal fractions show no binary rounding error. */
export function toHundredths(seconds: number): number {
	return Math.round(seconds * 100) / 100;
}
