import type {HostCheck} from '../../wizard/backend.ts';
import type {Text} from '../../languages/text.ts';
import {beginMessages} from '../../messages/begin.ts';
import {uiMessages} from '../../messages/screens.ts';
import {sign} from '../components/status-signs.ts';
import {clean, clock, cut, wrapHanging, paint, wrap} from '../components/text.ts';
import type {Logs} from '../state/logs.ts';
import type {State} from '../state/store.ts';

const {preflight: words} = beginMessages;

/** An installation of packages that was started on the preflight screen. */
interface Installation {
	readonly isOver: boolean;
	readonly code: number;
	/** Seconds, so far or in all. */
	readonly duration: number;
	/** Text that the job printed besides its events. */
	readonly said: readonly string[];
}

/** Most lines of output shown during an installation. */
const outputHeight = 8;

/** The installation of packages if it is the current or last job; undefined for other jobs, such as a whole build. */
export function installationOf({job, run, now, texts}: State): Installation | undefined {
	return job?.command === 'up' && job.words.includes('--only')
		? {
				isOver: job.isOver,
				code: job.code ?? 0,
				duration: run.duration ?? (run.started === undefined ? 0 : (now - run.started) / 1000),
				said: texts,
			}
		: undefined;
}

/** The current task or wait, the elapsed time, and the last lines of the output. */
export function installingLines(state: State, logs: Logs, columns: number, say: (text: Text) => string): string[] {
	const {units} = state.run;
	const unit = [...units.values()].find(({status}) => status === 'running');
	const what = unit?.waiting?.reason ?? unit?.task?.title ?? say(words.installing);
	const output = logs.of('machine');
	const from = Math.max(output.start, output.end - outputHeight);
	const lines = Array.from({length: output.end - from}, (_, index) => output.at(from + index)!);
	const time = clock(installationOf(state)?.duration ?? 0);
	return [
		...wrapHanging(`${clean(what)} · ${time}`, columns - 2, '').map(
			(line, index) => `${index === 0 ? sign('running') : ' '} ${paint.bold(line)}`,
		),
		...lines.map(({kind, text}) => {
			const line = cut(clean(text), columns - 2);
			return `  ${kind === 'command' || kind === 'note' ? paint.dim(line) : line}`;
		}),
	];
}

/** Result of an installation; then, if the chosen check does not hold, the reason, and advice or the build's commands. */
export function checkLines(
	check: HostCheck | undefined,
	installation: Installation | undefined,
	columns: number,
	say: (text: Text) => string,
): string[] {
	const time = clock(installation?.duration ?? 0);
	const ended =
		installation === undefined
			? []
			: installation.code === 0
				? [paint.green(say(words.installed(time)))]
				: [
						...wrap(say(words.notInstalled(installation.code, time)), columns).map(line => paint.red(line)),
						...installation.said
							.map(line => clean(line))
							.filter(Boolean)
							.slice(-4)
							.flatMap(line => wrap(line, columns - 2))
							.map(line => `  ${line}`),
					];
	if (!check) {
		return ended;
	}

	if (check.status === 'ok') {
		const found = check.found === undefined ? say(words.holds) : clean(check.found);
		return ended.length > 0 ? ended : wrap(found, columns).map(line => paint.green(line));
	}

	const isOpen = check.status === 'would-change';
	const reason = wrap(check.reason ?? say(uiMessages.status[check.status]), columns).map(line =>
		isOpen ? paint.yellow(line) : paint.red(line),
	);
	const commands = check.commands ?? [];
	// Advice on a manual fix is shown only if the build has no commands for it.
	const advice =
		check.advice && commands.length === 0 ? ['', ...wrap(`${say(words.fix)}: ${check.advice}`, columns)] : [];
	const shown = commands.flatMap(command =>
		command
			.split('\n')
			.flatMap((line, index) => wrap(`${index === 0 ? '$' : ' '} ${clean(line)}`, columns - 2))
			.map(line => `  ${paint.dim(line)}`),
	);
	return [
		...ended,
		...(ended.length > 0 ? [''] : []),
		...reason,
		...advice,
		...(shown.length > 0 ? [say(words.willRun), ...shown] : []),
	];
}
