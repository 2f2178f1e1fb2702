import {setTimeout as delay} from 'node:timers/promises';
import {styleText} from 'node:util';
import {healthFromTroubles, healthLine, type Health} from '../measure/health/health.ts';
import {timeOfDay} from '../measure/health/note.ts';
import type {QueryOptions} from '../measure/health/query.ts';
import {trouble} from '../measure/health/trouble.ts';
import {placeText} from '../engine/resource-names.ts';
import {statusMessages} from '../status/messages.ts';
import {messageOf} from '../text/clean.ts';
import {checkCluster, rowsOf, runningCommand, type StatusResult} from '../session/cluster-health.ts';
import {wrapLine} from '../text/wrap.ts';
import {isRunningInSandbox, hostRunStart} from '../session/in-sandbox.ts';
import {commandLine, wantsColor, withCommandLines, type CommonOptions} from '../command-line/options.ts';
import {openTargets} from '../session/runner.ts';
import {isSandboxUp, runHereOrInSandbox} from '../session/sandbox.ts';
import {openExisting, type Session} from '../session/session.ts';
import {checkLine, pluginUnknownCode, pluginUnknownLine} from '../status/check.ts';
import {metricsText} from '../status/metrics.ts';
import {statusText} from '../status/tables.ts';
import {openFrameTerminal} from '../output/frame-terminal.ts';
import {waitingLine} from '../session/waiting-line.ts';

export interface StatusOptions extends CommonOptions {
	readonly watch?: boolean;
	/** Prints one line for Nagios. */
	readonly check?: boolean;
	/** Prints metrics for node_exporter. */
	readonly prometheus?: boolean;
}

/** Milliseconds between updates with `--watch`. */
const watchInterval = 2000;

/**
 * Prints the cluster's status. Returns 0 if it is OK and 4 if it is degraded or down; see docs/status.md for other exit
 * codes.
 */
export async function status(options: StatusOptions, signal: AbortSignal): Promise<number> {
	if (!options.check) {
		return statusOf(options, signal);
	}

	try {
		return await statusOf(options, signal);
	} catch (error) {
		// A monitor would take our usual exit codes 1 and 2 for a state of the cluster.
		process.stdout.write(`${pluginUnknownLine(withCommandLines(messageOf(error), options))}\n`);
		return pluginUnknownCode;
	}
}

async function statusOf(options: StatusOptions, signal: AbortSignal): Promise<number> {
	const started = hostRunStart() ?? Date.now();
	const session = await openExisting(options);
	if (session.cluster.sandbox && !isRunningInSandbox() && !isSandboxUp(session)) {
		const work = runningCommand(session);
		const power = session.journal.lastPower();
		const found =
			power?.type === 'stopped'
				? trouble('stopped', undefined, timeOfDay(power.time))
				: trouble('sandbox-stopped', undefined, work ? undefined : commandLine('start', options));
		return show(session, {health: healthFromTroubles([found], {work})}, options);
	}

	return runHereOrInSandbox(
		session,
		async () => {
			const targets = openTargets(session);
			const look = async (onAnswer?: QueryOptions['onAnswer']) => checkCluster(session, targets, signal, onAnswer);
			try {
				if (options.watch) {
					await watch(session, look, options, signal);
					return 0;
				}

				const looked = await lookAndTell(session, look, started);
				// After an interruption, nodes that have not answered yet are not down.
				return signal.aborted ? (options.check ? pluginUnknownCode : 130) : show(session, looked, options);
			} finally {
				targets.close();
			}
		},
		{signal, started, tellsHolder: options.watch},
	);
}

/** Queries the cluster once, and shows on a live line which answers are outstanding. */
async function lookAndTell(
	{cluster, language, options}: Session,
	look: (onAnswer: QueryOptions['onAnswer']) => Promise<StatusResult>,
	started: number,
): Promise<StatusResult> {
	const {check, prometheus} = options as StatusOptions;
	const line = waitingLine({...options, quiet: check || prometheus}, started);
	try {
		return await look((silent, of) => {
			const names = silent.map(place => placeText(place, cluster.sandbox)[language]);
			line.tell({
				what: (names.length > 0 ? statusMessages.waitingFor(names) : statusMessages.looking)[language],
				done: of - names.length,
				of,
			});
		});
	} finally {
		line.end();
	}
}

/** Prints one look. Returns the exit code. */
function show(session: Session, looked: StatusResult, options: StatusOptions): number {
	const {cluster, language} = session;
	const {json, check, prometheus} = options;
	if (check) {
		const {line, code} = checkLine(cluster, looked, language);
		process.stdout.write(`${withCommandLines(line, options)}\n`);
		return code;
	}

	if (prometheus) {
		process.stdout.write(metricsText(cluster, looked, Date.now() / 1000));
		return 0;
	}

	process.stdout.write(
		`${json ? jsonText(session, looked) : `${wrapLine(withCommandLines(healthLine(looked.health, language), options), process.stdout)}\n\n${statusText(rowsOf(session, looked, language), language, process.stdout)}`.trimEnd()}\n`,
	);
	return looked.health.state === 'ok' ? 0 : 4;
}

function jsonText(session: Session, looked: StatusResult): string {
	return rowsOf(session, looked, session.language)
		.map(row => JSON.stringify(row))
		.join('\n');
}

/**
 * Updates repeatedly: redraws the screen on a terminal; prints a line per change into a pipe; prints all rows each time
 * with `--json`.
 */
async function watch(
	session: Session,
	look: () => Promise<StatusResult>,
	options: StatusOptions,
	signal: AbortSignal,
): Promise<void> {
	const {language} = session;
	const screen = !options.json && process.stdout.isTTY ? openFrameTerminal(process.stdout) : undefined;
	let last = '';
	try {
		screen?.draw(() => [statusMessages.looking[language]]);
		while (!signal.aborted) {
			const looked = await look();
			if (signal.aborted) {
				return;
			}

			const line = healthLine(looked.health, language);
			if (options.json) {
				process.stdout.write(`${jsonText(session, looked)}\n`);
			} else if (screen) {
				last = line;
				const isColored = wantsColor(options);
				const first = (text: string) => (isColored ? styleText(colors[looked.health.state], text) : text);
				screen.draw(columns => [
					...wrapLine(line, {columns})
						.split('\n')
						.map(text => first(text)),
					`${clock()}  ${statusMessages.ends[language]}`,
					'',
					...statusText(rowsOf(session, looked, language), language, {columns}).split('\n'),
				]);
			} else if (changeOf(looked.health) !== last) {
				last = changeOf(looked.health);
				process.stdout.write(`${clock()} ${line}\n`);
			}

			await delay(watchInterval, undefined, {signal}).catch(() => {});
		}
	} finally {
		if (screen) {
			screen.end();
			process.stdout.write(last && `${wrapLine(`${clock()} ${last}`, process.stdout)}\n`);
		}
	}
}

const colors = {ok: 'green', degraded: 'yellow', down: 'red'} as const;

/** Key that stays equal as long as only figures change. */
function changeOf({state, troubles, notes}: Health): string {
	return [state, ...troubles.map(({id, node = ''}) => `${id} ${node}`), ...notes.map(({id}) => id)].join('\n');
}

/** `2026-01-02 12:00:00`, local time. */
function clock(): string {
	return new Date().toLocaleString('sv-SE');
}
