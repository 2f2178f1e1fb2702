import {lockFolder} from '../cluster/lock-folder.ts';
import {lockOf, runChecks} from '../engine/round-trip.ts';
import {renderWithInput} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {reasonText} from '../engine/reasons.ts';
import {shortened} from '../text/clean.ts';
import {openTargets} from '../session/runner.ts';
import type {Session} from '../session/session.ts';
import type {HostCheck} from './backend.ts';

/** Maximum number of characters of a check's output that are shown. */
const longestReason = 2000;

/** Chapters to check: the preconditions of a build, and the packages that the build installs first. */
const chapters = ['host', 'packages'];

/** Checks the chapters of this computer, one task at a time, and reports each result. */
export async function checkHost(
	session: Session,
	onCheck: (check: HostCheck) => void,
	signal: AbortSignal,
): Promise<void> {
	const {plan, cluster, language} = session;
	const target = openTargets(session).target('machine');
	for (const {id, tasks} of plan.filter(({id}) => chapters.includes(id))) {
		for (const task of tasks) {
			const [result] = await runChecks([task], {
				target,
				lock: lockOf(lockFolder(cluster), id),
				timeoutScale: cluster.timeoutScale,
				signal,
			});
			if (signal.aborted) {
				return;
			}

			const code = result?.code;
			const said = shortened((result?.lines ?? []).map(line => reasonText(line)[language]).join(' '), longestReason);
			onCheck({
				title: task.title[language],
				status: code === 0 ? 'ok' : code !== 1 ? 'unknown' : isMended(task) ? 'would-change' : 'failed',
				...(code !== 0 && {
					reason: said || `exit ${String(code)}`,
				}),
				...(code === 0 && said !== '' && {found: said}),
				...(task.advice && {advice: task.advice[language]}),
				...(code === 1 && task.apply && {commands: task.apply.map(command => renderWithInput(command, 'show'))}),
			});
		}
	}
}

/** Whether the build makes the check pass, or waits until it does. */
function isMended({apply, timeout}: Task): boolean {
	return apply !== undefined || timeout !== undefined;
}
