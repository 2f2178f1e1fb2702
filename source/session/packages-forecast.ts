import {spawnSync} from 'node:child_process';
import {statSync} from 'node:fs';
import type {Cluster} from '../cluster/cluster.ts';
import {render} from '../shell/command.ts';
import {missingPackages} from '../tasks/host-packages.ts';
import {cleanText} from '../text/clean.ts';

/** Work for apt: number of packages to install, including dependencies, and bytes to download. */
export interface AptWork {
	readonly count: number;
	readonly bytes: number;
}

/**
 * Seconds for the package lists; seconds to unpack and set up one package; download rate in bytes per second. A host
 * with only the important packages lacks 160 packages of 66 MB (apt of Debian 12); a fresh Debian 13 took 53 s.
 */
const cost = {lists: 5, each: 0.26, rate: 10_000_000};

/** Fallback if apt has no lists: packages installed per requested package, and bytes per package. */
const usual = {each: 6.5, bytes: 415_000};

/** Timeout of one call to apt, in milliseconds. */
const patience = 20_000;

/** dpkg's state of all packages; apt's answer is cached until this file changes. */
const dpkgStatus = '/var/lib/dpkg/status';

let known: {readonly key: string; readonly seconds: number} | undefined;

/** Estimates the seconds that apt needs for the packages that this computer lacks; undefined without apt. */
export function packagesSeconds(cluster: Cluster): number | undefined {
	const changed = statSync(dpkgStatus, {throwIfNoEntry: false})?.mtimeMs;
	if (changed === undefined) {
		return undefined;
	}

	const key = `${changed} ${cluster.sandbox} ${cluster.guest.distribution} ${cluster.host.external}`;
	if (known?.key !== key) {
		const missing = answerOf('sh', ['-c', render(missingPackages(cluster), 'execute')])
			?.split(/\s+/)
			.filter(Boolean);
		known = missing && {
			key,
			seconds: secondsOf(
				missing.length === 0
					? {count: 0, bytes: 0}
					: (simulated(missing) ?? {
							count: missing.length * usual.each,
							bytes: missing.length * usual.each * usual.bytes,
						}),
			),
		};
	}

	return known?.seconds;
}

export function secondsOf({count, bytes}: AptWork): number {
	return count === 0 ? 1 : cost.lists + count * cost.each + bytes / cost.rate;
}

/** Simulates the installation with apt; undefined if its lists lack the packages. */
function simulated(missing: readonly string[]): AptWork | undefined {
	const words = ['-qq', '--no-remove', '--no-install-recommends'];
	const steps = answerOf('apt-get', [...words, '-s', 'install', ...missing]);
	const files = answerOf('apt-get', [...words, '--print-uris', 'install', ...missing]);
	return steps === undefined || files === undefined ? undefined : aptWork(steps, files);
}

/**
 * @param steps output of `apt-get -s`: `Inst NAME (VERSION …)`
 * @param files output of `--print-uris`: `'URI' FILE BYTES DIGEST`
 */
export function aptWork(steps: string, files: string): AptWork {
	return {
		count: steps.split('\n').filter(line => line.startsWith('Inst ')).length,
		bytes: files.split('\n').reduce((sum, line) => sum + Number(/^'[^']*' \S+ (\d+)/.exec(line)?.[1] ?? 0), 0),
	};
}

function answerOf(program: string, words: readonly string[]): string | undefined {
	const {status, stdout} = spawnSync(program, words, {
		env: {PATH: process.env['PATH'], LC_ALL: 'C'},
		timeout: patience,
		stdio: ['ignore', 'pipe', 'ignore'],
		maxBuffer: 2 ** 22,
	});
	return status === 0 ? cleanText(stdout) : undefined;
}
