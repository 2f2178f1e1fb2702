import {spawnSync} from 'node:child_process';
import {statSync} from 'node:fs';
import type {Cluster} from '../cluster/cluster.ts';
import {render} from '../shell/command.ts';
import {missingPackages} from '../tasks/host-packages.ts';
import {cleanText} from '../text/clean.ts';

/** Work that apt would have: packages that it installs, those that come along included, and bytes that it fetches. */
export interface AptWork {
	readonly count: number;
	readonly bytes: number;
}

/**
 * Seconds for the lists, for each package that is unpacked and set up, and bytes that a mirror sends in a second. A host
 * with no more than the important packages lacks 160 with 66 MB (apt of Debian 12); a fresh Debian 13 took 53 s.
 */
const cost = {lists: 5, each: 0.26, rate: 10_000_000};

/** Packages that come with each one that is asked for, and their size, where apt has no lists to tell. */
const usual = {each: 6.5, bytes: 415_000};

/** Milliseconds for one question to apt. */
const patience = 20_000;

/** Holds the packages' state: as long as it has not changed, apt's answer is the same. */
const dpkgStatus = '/var/lib/dpkg/status';

let known: {readonly key: string; readonly seconds: number} | undefined;

/** Seconds that apt needs for what the cluster lacks on this computer; undefined where there is no apt. */
export function packagesSeconds(cluster: Cluster): number | undefined {
	const changed = statSync(dpkgStatus, {throwIfNoEntry: false})?.mtimeMs;
	if (changed === undefined) {
		return undefined;
	}

	const key = `${changed} ${cluster.sandbox} ${cluster.guest.distribution} ${cluster.host.external}`;
	if (known?.key !== key) {
		const missing = answerOf('sh', ['-c', render(missingPackages(cluster), 'execute')])?.split(/\s+/).filter(Boolean);
		known = missing && {key, seconds: secondsOf(missing.length === 0 ? {count: 0, bytes: 0} : simulated(missing) ?? {count: missing.length * usual.each, bytes: missing.length * usual.each * usual.bytes})};
	}

	return known?.seconds;
}

export function secondsOf({count, bytes}: AptWork): number {
	return count === 0 ? 1 : cost.lists + (count * cost.each) + (bytes / cost.rate);
}

/** Apt's own simulation; undefined where its lists do not have the packages. */
function simulated(missing: readonly string[]): AptWork | undefined {
	const words = ['-qq', '--no-remove', '--no-install-recommends'];
	const steps = answerOf('apt-get', [...words, '-s', 'install', ...missing]);
	const files = answerOf('apt-get', [...words, '--print-uris', 'install', ...missing]);
	return steps === undefined || files === undefined ? undefined : aptWork(steps, files);
}

/** @param steps what `apt-get -s` prints: `Inst NAME (VERSION …)` @param files what `--print-uris` prints: `'URI' FILE BYTES DIGEST` */
export function aptWork(steps: string, files: string): AptWork {
	return {
		count: steps.split('\n').filter(line => line.startsWith('Inst ')).length,
		bytes: files.split('\n').reduce((sum, line) => sum + Number(/^'[^']*' \S+ (\d+)/.exec(line)?.[1] ?? 0), 0),
	};
}

function answerOf(program: string, words: readonly string[]): string | undefined {
	const {status, stdout} = spawnSync(program, words, {env: {PATH: process.env['PATH'], LC_ALL: 'C'}, timeout: patience, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 22});
	return status === 0 ? cleanText(stdout) : undefined;
}
