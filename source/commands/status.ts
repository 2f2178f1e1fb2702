import {setTimeout as delay} from 'node:timers/promises';
import {healthFrom, healthLine} from '../measure/health/health.ts';
import {trouble} from '../measure/health/trouble.ts';
import {lookAtCluster, rowsOf, type Looked} from './cluster-health.ts';
import {isInside} from './inside.ts';
import {commandLine, type CommonOptions} from './options.ts';
import {openTargets} from './runner.ts';
import {isSandboxUp, throughSandbox} from './sandbox.ts';
import {openExisting, type Session} from './session.ts';
import {statusText} from './status-tables.ts';

export interface StatusOptions extends CommonOptions {
	readonly watch?: boolean;
}

/** Milliseconds between two looks with `--watch`. */
const watchInterval = 2000;

/** Looks at the cluster and says how it is. The exit code is 0 when it is OK, and 4 when it is degraded or down. */
export async function status(options: StatusOptions, signal: AbortSignal): Promise<number> {
	const session = await openExisting(options);
	if (session.cluster.sandbox && !isInside() && !isSandboxUp(session)) {
		return show(session, {health: healthFrom([trouble('sandbox-stopped', undefined, commandLine('sandbox start', options))])}, options);
	}

	return throughSandbox(session, async () => {
		const targets = openTargets(session);
		try {
			for (;;) {
				const looked = await lookAtCluster(session, targets, signal);
				// Nodes that were not waited for any more are not silent.
				if (signal.aborted) {
					return options.watch ? 0 : 130;
				}

				const code = show(session, looked, options);
				if (!options.watch) {
					return code;
				}

				await delay(watchInterval, undefined, {signal}).catch(() => {});
			}
		} finally {
			targets.close();
		}
	}, {signal});
}

/** Prints one look. Returns the exit code. */
function show(session: Session, looked: Looked, {json, watch}: StatusOptions): number {
	const {language} = session;
	const rows = rowsOf(session, looked, language);
	const text = json ? rows.map(row => JSON.stringify(row)).join('\n') : `${healthLine(looked.health, language)}\n\n${statusText(rows, language)}`;
	process.stdout.write(`${watch && !json && process.stdout.isTTY ? '\u001B[2J\u001B[H' : ''}${text}\n`);
	return looked.health.state === 'ok' ? 0 : 4;
}
