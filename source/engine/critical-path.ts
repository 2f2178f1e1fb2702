import type {Unit} from './plan.ts';

/**
 * Returns the chain of dependent units with the longest total duration.
 * @param durations seconds by unit id
 */
export function criticalPath(
	plan: ReadonlyArray<Pick<Unit, 'id' | 'needs'>>,
	durations: ReadonlyMap<string, number>,
): Array<{id: string; duration: number}> {
	const best = new Map<string, {total: number; previous?: string}>();
	for (const unit of plan) {
		const before = unit.needs
			.flatMap(id => (best.has(id) ? [{id, ...best.get(id)!}] : []))
			.sort((a, b) => b.total - a.total)[0];
		best.set(unit.id, {
			total: (before?.total ?? 0) + (durations.get(unit.id) ?? 0),
			...(before && {previous: before.id}),
		});
	}

	const last = [...best].sort(([, a], [, b]) => b.total - a.total)[0]?.[0];
	const path: Array<{id: string; duration: number}> = [];
	for (let id = last; id !== undefined; id = best.get(id)?.previous) {
		path.unshift({id, duration: durations.get(id) ?? 0});
	}

	return path;
}
