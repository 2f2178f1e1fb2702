import {criticalPath} from '../../engine/critical-path.ts';
import {isOver, type RunState, type UnitState} from './run-state.ts';

/**
 * Seconds each step took when a whole cluster was built under emulation on two processors: only their proportions
 * matter until this machine has its own.
 */
const typical: Readonly<Record<string, number>> = {
	'host': 1, 'packages': 20, 'base-image': 90, 'images': 60, 'acceleration': 10, 'sandbox': 4, 'external-network': 1, 'networks': 2,
	'machines': 140, 'names': 15, 'forwarding': 50, 'raid': 60, 'content': 20, 'nfs': 60, 'nfs-clients': 40, 'apache': 60,
	'lvs': 25, 'lvs-proof': 30, 'corosync': 90, 'ldirectord': 90, 'resources': 60, 'pacemaker': 120, 'gateways': 40, 'verification': 20,
};

export interface EstimatedUnit {
	readonly id: string;
	readonly step: string;
	readonly needs: readonly string[];
}

export interface Estimate {
	/** From 0 to 1. */
	readonly done: number;
	/** Seconds; nothing while there is no ground for it. */
	readonly left?: number;
}

/**
 * How far a run is, weighted by what its units took in earlier runs on this machine.
 * @param earlier seconds by unit, from runs in which the unit had work to do
 * @param now milliseconds since 1970
 */
export function estimate(units: readonly EstimatedUnit[], run: RunState, earlier: ReadonlyMap<string, number>, now: number): Estimate {
	const weight = ({id, step}: EstimatedUnit) => earlier.get(id) ?? typical[step] ?? 10;
	let total = 0;
	let done = 0;
	const left = new Map<string, number>();
	for (const unit of units) {
		const seconds = weight(unit);
		const part = partDone(run.units.get(unit.id), seconds, now);
		total += seconds;
		done += seconds * part;
		left.set(unit.id, seconds * (1 - part));
	}

	// Without a run of this machine's own to go by, a time would be a guess.
	const isKnown = units.some(({id}) => earlier.has(id));
	const path = criticalPath(units, left).reduce((sum, {duration}) => sum + duration, 0);
	return {done: total === 0 ? 0 : done / total, ...(isKnown && {left: path})};
}

/** A running unit approaches its end without reaching it. */
function partDone(unit: UnitState | undefined, expected: number, now: number): number {
	if (!unit || unit.status === 'waiting') {
		return 0;
	}

	if (isOver(unit.status)) {
		return unit.status === 'blocked' || unit.status === 'interrupted' || unit.status === 'failed' ? 0 : 1;
	}

	const elapsed = Math.max(0, now - (unit.started ?? now)) / 1000;
	return Math.min(elapsed / Math.max(expected, 0.1), 0.95);
}
