import {startSections} from '../../steps/stop-start.ts';
import {UserError} from '../user-error.ts';
import {timeOfDay} from '../measure/health/note.ts';
import {powerMessages as messages} from '../drilling/power-messages.ts';
import {seconds as secondsText} from '../output/status-marks.ts';
import {startSandbox} from '../targets/sandbox.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {withLock} from '../session/lock.ts';
import {withCommandLines, type CommonOptions} from '../command-line/options.ts';
import {power, runningNodes} from '../drilling/power-action.ts';
import {isSandboxUp, runHereOrInSandbox} from '../session/sandbox.ts';
import {openExisting} from '../session/session.ts';

/** Starts the whole cluster and its sandbox, and waits until the page responds. Returns the exit code. */
export async function start(options: CommonOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, journal, language, state} = session;
	return withLock(session, 'start', async () => {
		if (cluster.sandbox && !isRunningInSandbox() && !isSandboxUp(session)) {
			if (!state.has('sandbox/control')) {
				throw new UserError('no-machines', withCommandLines(messages.notBuilt[language], options));
			}

			// The sandbox starts its VMs by itself.
			await startSandbox(state.path);
		}

		return runHereOrInSandbox(
			session,
			async () =>
				power(
					session,
					{
						verb: 'start',
						async parts(drilling) {
							await runningNodes(drilling);
							return startSections(cluster);
						},
						done(run, seconds) {
							journal.append({type: 'started', run});
							return messages.started(timeOfDay(new Date().toISOString()), secondsText(seconds))[language];
						},
					},
					signal,
				),
			{signal},
		);
	});
}
