import {criticalPath} from '../engine/critical-path.ts';
import type {Plan} from '../engine/plan.ts';
import type {UnitStatus} from '../engine/event.ts';
import type {Language} from '../languages/text.ts';
import {reportMessages} from '../output/messages.ts';
import {seconds} from '../output/marks.ts';

/** Number of longest units to list. */
const longest = 12;

/**
 * The longest units of a run and its critical path, as text.
 * @param total seconds of the whole run
 */
export function timeSummary(
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
		`${reportMessages.timeTitle[language]} (${reportMessages.total[language]} ${seconds(total)}):`,
		...rows.map(([id, duration]) => `  ${id.padEnd(width)}  ${seconds(duration)}`),
		`${reportMessages.criticalPath[language]}: ${path.map(({id, duration}) => `${id} ${seconds(duration)}`).join(' → ')}`,
	].join('\n');
}
