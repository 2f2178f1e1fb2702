import {criticalPath} from '../engine/critical-path.ts';
import type {Plan} from '../engine/plan.ts';
import type {UnitStatus} from '../engine/event.ts';
import type {Language} from '../languages/text.ts';
import {progressMessages} from '../output/messages.ts';
import {seconds} from '../output/status-marks.ts';

/** Number of longest units to list. */
const longest = 12;

/**
 * The longest units of a run and its critical path, as text.
 * @param total seconds of the whole run
 */
export function runTimes(
	plan: Plan,
	units: ReadonlyMap<string, {duration: number; status: UnitStatus}>,
	total: number,
	language: Language,
): string {
	const durations = new Map([...units].map(([id, {duration}]) => [id, duration]));
	const rows = [...durations].sort(([, a], [, b]) => b - a).slice(0, longest);
	const path = criticalPath(plan, durations).filter(({duration}) => duration >= 0.05);
	const width = Math.max(...rows.map(([id]) => id.length), 0);
	return [
		`${progressMessages.timeTitle[language]} (${progressMessages.total[language]} ${seconds(total)}):`,
		...rows.map(([id, duration]) => `  ${id.padEnd(width)}  ${seconds(duration)}`),
		`${progressMessages.criticalPath[language]}: ${path.map(({id, duration}) => `${id} ${seconds(duration)}`).join(' → ')}`,
	].join('\n');
}
