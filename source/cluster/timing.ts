import type {Cluster} from './cluster.ts';

/** Consensus timeout as a multiple of the token timeout: Corosync's own default (corosync.conf(5)), which the cluster keeps. */
export const consensusFactor = 1.2;

/** Seconds after which Corosync acts on a director that has gone silent: first the token timeout, then the consensus timeout. */
export function directorDetection({ha: {token}}: {readonly ha: Pick<Cluster['ha'], 'token'>}): {readonly token: number; readonly consensus: number; readonly total: number} {
	return {token: token / 1000, consensus: rounded(token * consensusFactor / 1000), total: rounded(token * (1 + consensusFactor) / 1000)};
}

/** Seconds after which a web server's health page gives up on the storage: before ldirectord stops waiting, so that the worker is free again. */
export function healthPageLimit({check}: Pick<Cluster, 'check'>): number {
	return rounded(check.timeout * 0.75);
}

/** Failures of ldirectord after which Pacemaker moves the group (migration-threshold), and minutes after which they are forgotten (failure-timeout). */
export const failures = {threshold: 3, forgottenAfter: 10} as const;

/** Points for the group where it runs (3 resources of 30 each), and for the first director. */
export function groupScores({ha: {failback}}: Pick<Cluster, 'ha'>): {readonly each: number; readonly stickiness: number; readonly location: number} {
	return {each: stickiness, stickiness: 3 * stickiness, location: failback ? 100 : 50};
}

const stickiness = 30;

/** Seconds in which NFS lets old clients reclaim their files after a start, before it serves new requests (grace-time). */
export const graceTime = 10;

/** To hundredths, so that sums of decimal fractions read as such. */
export function rounded(seconds: number): number {
	return Math.round(seconds * 100) / 100;
}
