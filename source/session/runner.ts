import {randomBytes} from 'node:crypto';
import type {Event, EventBody} from '../engine/event.ts';
import {withNeeds, type Plan, type Stage} from '../engine/plan.ts';
import type {OwnedResource, Resource} from '../engine/resource.ts';
import {run, type RunResult} from '../engine/run.ts';
import type {Target} from '../engine/target.ts';
import type {Decide} from '../engine/question.ts';
import {WrittenFiles, writtenDigests} from '../engine/written-digests.ts';
import {chapterReporter, type ChapterOptions} from '../output/chapter-reporter.ts';
import {jsonLines} from '../output/json-lines.ts';
import {logFiles} from '../output/log-files.ts';
import {plainLines} from '../output/plain-lines.ts';
import {redactAll, type Redact} from '../output/redact.ts';
import type {Reporter} from '../output/reporter.ts';
import {lockFolder} from '../cluster/lock-folder.ts';
import {localTarget} from '../targets/local.ts';
import {withDomainState} from '../targets/domain-state.ts';
import {SshTargets} from '../targets/ssh.ts';
import {forecastOf} from './forecast.ts';
import {hasUnicode, wantsColor} from '../command-line/options.ts';
import {withoutLongValues} from '../text/long-values.ts';
import {backUpFile} from '../state/backup.ts';
import {redactorFor} from './secrets.ts';
import type {Session} from './session.ts';

export interface RunRequest {
	/** Id of the run, shared by the processes outside and inside a sandbox. */
	readonly run: string;
	/** Command line for the user to repeat. */
	readonly command: string;
	readonly stage: Stage;
	/** Units to run; by default all units of the stage. */
	readonly only?: ReadonlySet<string>;
	readonly dryRun?: boolean;
	/** When the run started, in milliseconds since 1970; default: now. */
	readonly started?: number;
	/** In a dry run: results of the earlier stages. */
	readonly after?: RunResult | undefined;
	readonly signal: AbortSignal;
	readonly reporters?: readonly Reporter[];
	readonly decide?: Decide | undefined;
}

export function newRunId(): string {
	return `${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}-${randomBytes(2).toString('hex')}`;
}

/** Reporters for the command line: JSON lines, chapters, or all output as plain lines; and the run's log files. */
export function reportersFor(
	session: Session,
	run: string,
	{dryRun = false, ...chapters}: {dryRun?: boolean} & Pick<ChapterOptions, 'units' | 'forecast' | 'started'> = {},
): Reporter[] {
	const {options, language} = session;
	const {stdout} = process;
	const look = {output: stdout, language, color: wantsColor(options), unicode: hasUnicode()};
	const screen = options.json
		? jsonLines(stdout)
		: options.verbose || dryRun
			? plainLines(look)
			: chapterReporter({
					...look,
					...chapters,
					quiet: options.quiet,
					isLive: stdout.isTTY && process.env['TERM'] !== 'dumb',
				});
	return dryRun || !session.isSaved ? [screen] : [screen, logFiles(session.state.file('logs', run), language)];
}

/** Runs one stage of the plan, informs the reporters and writes the journal. */
export async function runStage(session: Session, request: RunRequest): Promise<RunResult> {
	const {cluster, plan, journal, language} = session;
	const {dryRun = false, signal} = request;
	const selected = plan.filter(({id}) => request.only?.has(id) ?? true);
	const units = selected.filter(({stage}) => stage === request.stage);
	const reporters =
		request.reporters ??
		reportersFor(session, request.run, {
			dryRun,
			units: units.map(({id, step}) => ({id, step: step.id})),
			forecast: forecastOf(session, {plan: selected.filter(({stage}) => stage >= request.stage)}),
			started: request.started,
		});
	const targets = openTargets(session);
	const report = reportTo(session, reporters);
	const waited = new Set<string>();
	const written = new WrittenFiles(journal.entries);
	const emit = (body: EventBody) => {
		report(body);
		if (body.type === 'waiting') {
			waited.add(body.unit);
		}

		if (!dryRun && (body.type === 'step-started' || body.type === 'step-finished')) {
			const files = written.of(body.unit);
			journal.append(
				body.type === 'step-started'
					? {type: 'step-started', run: request.run, unit: body.unit}
					: {
							type: 'step-finished',
							run: request.run,
							unit: body.unit,
							status: body.status,
							duration: body.duration,
							...(waited.has(body.unit) && {waited: true}),
							...(files && {files}),
							...((body.status === 'ok' || body.status === 'changed') && {
								written: writtenDigests(units.find(({id}) => id === body.unit)!),
							}),
						},
			);
		}
	};

	try {
		return await run({
			plan,
			only: new Set(units.map(({id}) => id)),
			target: place => targets.target(place),
			lockFolder: lockFolder(cluster),
			timeoutScale: cluster.timeoutScale,
			language,
			dryRun,
			after: request.after,
			signal,
			emit,
			decide: request.decide,
			recordIntent(unit, resource) {
				journal.append({
					type: 'intent',
					run: request.run,
					resource: toOwnedResource(resource, unit.place === 'machine' ? 'machine' : 'host', unit.subject.node?.name),
				});
			},
			wasDone: unit => journal.isDone(unit),
			wrote({id}, path, digest) {
				written.add(id, path, digest);
			},
			// Content that `up` wrote itself can be made again from the answers.
			...(session.isSaved && {
				keep: ({id, place}, path, content) =>
					written.isOurs(id, path, content)
						? undefined
						: backUpFile(session.state, request.run, {place, path, content}),
			}),
		});
	} finally {
		targets.close();
		await Promise.all(reporters.map(async reporter => reporter.close?.()));
	}
}

/**
 * Opens the targets of a plan's places: this computer for `machine` and `host`, SSH for nodes. Secrets are removed from
 * their output.
 */
export function openTargets(session: Session): {target: (place: string) => Target; close: () => void} {
	const {cluster, keys} = session;
	const redact = redactorFor(session);
	const ssh = new SshTargets(cluster, keys.wizard.private);
	const targets = new Map<string, Target>();
	return {
		target(place) {
			const node = cluster.nodes.find(({name}) => name === place);
			const target =
				targets.get(place) ??
				redacted(
					node ? withDomainState(ssh.target(node), node, cluster, localTarget('host')) : localTarget(place),
					redact,
				);
			targets.set(place, target);
			return target;
		},
		close() {
			ssh.close();
		},
	};
}

/** Returns the ids of the units that `--until` or `--only` select; undefined without either. */
export function selectUnits(
	plan: Plan,
	{until, only}: {until?: string; only?: string},
): ReadonlySet<string> | undefined {
	const matches = (wanted: string) =>
		plan.filter(({id, step}) => id === wanted || step.id === wanted).map(({id}) => id);
	if (only !== undefined) {
		return new Set(matches(only));
	}

	return until === undefined ? undefined : withNeeds(plan, matches(until));
}

/** Adds the place and node that the journal records with a resource. */
export function toOwnedResource(resource: Resource, place: OwnedResource['place'], node?: string): OwnedResource {
	return {...resource, place, ...(node !== undefined && {node})};
}

/** Wraps a target to remove secrets from its output, and so from reasons, failures and results based on it. */
function redacted(target: Target, redact: Redact): Target {
	return {
		...target,
		exec: async (text, execution = {}) =>
			target.exec(text, {
				...execution,
				onLine(line, stream) {
					execution.onLine?.(redact(line), stream);
				},
			}),
		close() {
			target.close();
		},
	};
}

/** Returns a function that passes events to the reporters, with the time and without secrets. */
export function reportTo(session: Session, reporters: readonly Reporter[]): (body: EventBody) => void {
	const redact = redactorFor(session);
	return body => {
		const stamped: Event = {time: new Date().toISOString(), ...body};
		// Output lines are frequent: only the program's text needs to be searched for secrets.
		const event =
			stamped.type === 'output'
				? {...stamped, line: withoutLongValues(redact(stamped.line))}
				: redactAll(stamped, redact);
		for (const reporter of reporters) {
			reporter.report(event);
		}
	};
}
