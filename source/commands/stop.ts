import {stopParts} from '../../steps/stop-start.ts';
import {powerMessages as messages} from '../drilling/power-messages.ts';
import {seconds as secondsText} from '../output/marks.ts';
import {stopSandbox} from '../targets/sandbox.ts';
import {confirm} from '../session/confirm.ts';
import {stopLines} from '../drilling/harm-lines.ts';
import {isInside} from '../session/inside.ts';
import {withLock} from '../session/lock.ts';
import {holderOf} from '../drilling/vip-holder.ts';
import {commandLine, type CommonOptions} from '../command-line/options.ts';
import {power, runningNodes} from '../drilling/powering.ts';
import {isSandboxUp, throughSandbox} from '../session/sandbox.ts';
import {say, warn} from '../session/say.ts';
import {openExisting} from '../session/session.ts';

export interface StopOptions extends CommonOptions {
	readonly yes?: boolean;
}

/** Shuts down the whole cluster in order, and stops its sandbox. Returns the exit code; 0 also if it is already off. */
export async function stop(options: StopOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	const {cluster, journal, language, state} = session;
	if (cluster.sandbox && !isInside() && !isSandboxUp(session)) {
		say(messages.alreadyStopped[language], options);
		return 0;
	}

	if (!isInside()) {
		warn(stopLines(cluster.nodes.length, commandLine('start', options), language).join('\n'));
		await confirm({yes: options.yes, language});
	}

	let hasStopped = false;
	return withLock(session, 'stop', async () => {
		const code = await throughSandbox(
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
							return hasStopped ? stopParts(cluster, running, hasDirector ? await holderOf(drilling) : undefined) : [];
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
		if (code === 0 && cluster.sandbox && !isInside()) {
			await stopSandbox(state.path);
		}

		return code;
	});
}
