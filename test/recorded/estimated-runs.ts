import {readdirSync, readFileSync} from 'node:fs';
import {atSpeed, onlyWorking, recordedChecks, resumed, untilKilled, type EstimatedRun, type RecordedRun} from './recorded-run.ts';

const folder = new URL('runs/', import.meta.url);

/** Runs of real clusters by the name of the cluster, oldest first. */
export function realRuns(): Map<string, RecordedRun[]> {
	const found = new Map<string, RecordedRun[]>();
	for (const name of readdirSync(folder).toSorted()) {
		const cluster = name.split('-')[0]!;
		found.set(cluster, [...found.get(cluster) ?? [], JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as RecordedRun]);
	}

	return found;
}

/** The runs of which the estimate is judged: the real ones, and as many that are made of them. */
export function estimatedRuns(): EstimatedRun[] {
	const clusters = realRuns();
	const checks = recordedChecks([...clusters.values()].flat());
	const real = [...clusters].flatMap(([name, runs]) => runs.map((run, index): EstimatedRun => ({name: `${name} ${index + 1}`, origin: 'real', run, earlier: runs.slice(0, index)})));
	const varied = [...clusters].flatMap(([name, [run]]): EstimatedRun[] => {
		const first = run!;
		// Its step `machines` waited for what the step `names` waits for today.
		const isOld = name === 'web';
		const second = onlyWorking(first, () => false, checks);
		const vary = (what: string, run: RecordedRun, earlier: readonly RecordedRun[]): EstimatedRun => ({name: `${name}: ${what}`, origin: 'varied', run, earlier});
		return [
			vary('built again after it was removed', first, [first]),
			vary('built again, twice as fast', atSpeed(first, 0.5), [first]),
			vary('built again, half as fast', atSpeed(first, 2), [first]),
			vary('a second run without changes', second, [first]),
			vary('a third run without changes, twice as slow', atSpeed(second, 2), [first, second]),
			vary('ldirectord.cf is written again', onlyWorking(first, ({step}) => step === 'ldirectord', checks), [first, second]),
			...(isOld ? [] : [vary('killed at half-time and begun again', resumed(first, first.seconds / 2, checks), [untilKilled(first, first.seconds / 2)])]),
			...(isOld ? [] : [vary('killed at two thirds, begun again', resumed(first, first.seconds * 2 / 3, checks), [untilKilled(first, first.seconds * 2 / 3)])]),
		];
	});
	return [...real, ...varied];
}
