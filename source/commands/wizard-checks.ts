import {runChecks} from '../engine/checks.ts';
import {localTarget} from '../targets/local.ts';
import type {Session} from './session.ts';
import type {HostCheck} from './wizard-backend.ts';

/** The chapter of the host, one check at a time, so that each has its result. */
export async function checkHost({plan, cluster, language}: Session, onCheck: (check: HostCheck) => void, signal: AbortSignal): Promise<void> {
	const target = localTarget('machine');
	for (const task of plan.find(({id}) => id === 'host')?.tasks ?? []) {
		const [finding] = await runChecks([task], {target, lock: `${cluster.name}-host`, pace: cluster.pace, signal});
		if (signal.aborted) {
			return;
		}

		const code = finding?.code;
		onCheck({
			title: task.title[language],
			status: code === 0 ? 'ok' : code === 1 ? 'failed' : 'unknown',
			...(code !== 0 && {reason: finding?.lines.join(' ') || `exit ${String(code)}`}),
			...(task.advice && {advice: task.advice[language]}),
		});
	}
}
