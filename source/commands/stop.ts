import {stopParts} from '../../steps/stop-start.ts';
import {powerMessages as messages} from './power-messages.ts';
import {seconds as secondsText} from '../output/marks.ts';
import {stopSandbox} from '../targets/sandbox.ts';
import {confirm} from './confirm.ts';
import {stopLines} from './harm-lines.ts';
import {isInside} from './inside.ts';
import {withLock} from './lock.ts';
import {holderOf} from './move.ts';
import {commandLine, type CommonOptions} from './options.ts';
import {power, runningNodes} from './powering.ts';
import {isSandboxUp, throughSandbox} from './sandbox.ts';
import {say, warn} from './say.ts';
import {openExisting} from './session.ts';

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
		const code = await throughSandbox(session, async () => power(session, {
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
		}, signal), {signal});
		if (code === 0 && cluster.sandbox && !isInside()) {
			await stopSandbox(state.path);
		}

		return code;
	});
}
