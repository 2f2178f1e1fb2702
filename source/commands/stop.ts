import {stopSections} from '../../steps/stop-start.ts';
import {powerMessages as messages} from '../drilling/power-messages.ts';
import {seconds as secondsText} from '../output/status-marks.ts';
import {stopSandbox} from '../targets/sandbox.ts';
import {confirm} from '../session/confirm.ts';
import {stopNotices} from '../drilling/impact-notices.ts';
import {isRunningInSandbox} from '../session/in-sandbox.ts';
import {withLock} from '../session/lock.ts';
import {holderOf} from '../drilling/vip-holder.ts';
import {commandLine, type CommonOptions} from '../command-line/options.ts';
import {power, runningNodes} from '../drilling/power-action.ts';
import {isSandboxUp, runHereOrInSandbox} from '../session/sandbox.ts';
import {printResult, printWarning} from '../session/print.ts';
import {openExisting} from '../session/session.ts';

export interface StopOptions extends CommonOptions {
	readonly yes?: boolean;
}

/** Shuts down the whole cluster in order, and stops its sandbox. Returns the exit code; 0 also if it is already off. */
export async function stop(options: StopOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, journal, language, state} = session;
	if (cluster.sandbox && !isRunningInSandbox() && !isSandboxUp(session)) {
		printResult(messages.alreadyStopped[language], options);
		return 0;
	}

	if (!isRunningInSandbox()) {
		printWarning(stopNotices(cluster.nodes.length, commandLine('start', options), language).join('\n'));
		await confirm({yes: options.yes, language});
	}

	let hasStopped = false;
	return withLock(session, 'stop', async () => {
		const code = await runHereOrInSandbox(
			session,
			async () =>
				power(
					session,
					{
						verb: 'stop',
						async parts(drilling) {
							const running = await runningNodes(drilling);
							hasStopped = running.length > 0;
							const hasDirector = running.some(({role}) => role === 'director');
							return hasStopped
								? stopSections(cluster, running, hasDirector ? await holderOf(drilling) : undefined)
								: [];
						},
						done(run, seconds) {
							// A repeated `stop` does not change the time since which the cluster is off.
							if (journal.lastPower()?.type !== 'stopped' || hasStopped) {
								journal.append({type: 'stopped', run});
							}

							return (hasStopped ? messages.stopped(secondsText(seconds)) : messages.alreadyStopped)[language];
						},
					},
					signal,
				),
			{signal},
		);
		if (code === 0 && cluster.sandbox && !isRunningInSandbox()) {
			await stopSandbox(state.path);
		}

		return code;
	});
}
