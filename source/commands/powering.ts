import type {Node} from '../answers/cluster.ts';
import {render, sh} from '../engine/command.ts';
import {Interrupted, TaskFailed, UserError} from '../engine/failure.ts';
import {runPlaced} from '../engine/placed.ts';
import {powerMessages as messages} from '../messages/power.ts';
import {sessionMessages} from '../messages/session.ts';
import {withCommandLines, commandLine} from './options.ts';
import type {PowerPart} from '../../steps/stop-start.ts';
import {openDrilling, tellBeginning, tellEnd, type Drilling} from './drilling.ts';
import {outerRun} from './inside.ts';
import {failureText} from './outcome.ts';
import {newRunId} from './runner.ts';
import type {Session} from './session.ts';

/** Stops or starts a cluster, where its nodes can be reached. */
export interface Powering {
	readonly verb: 'stop' | 'start';
	/** Nothing to do where there are none. */
	readonly parts: (drilling: Drilling) => Promise<readonly PowerPart[]>;
	/** Writes down that it is done. Returns what to say. `seconds`: how long it took. */
	readonly done: (run: string, seconds: number) => string;
}

/** Returns the exit code. It can be cut off at any moment and run again. */
export async function power(session: Session, {verb, parts, done}: Powering, signal: AbortSignal): Promise<number> {
	const {options, language, state} = session;
	const run = outerRun() ?? newRunId();
	const drilling = openDrilling(session, run, signal);
	const began = performance.now();
	const command = commandLine(verb, options);
	try {
		const wanted = await parts(drilling);
		tellBeginning(drilling, command, wanted.map(({id, title, tasks}) => ({unit: id, title, tasks: tasks.length})));
		for (const {id, title, tasks} of wanted) {
			// A connection to a machine that was off would be believed in.
			drilling.reconnect();
			await runPlaced(id, title, tasks, drilling.context);
		}

		const text = done(run, (performance.now() - began) / 1000);
		tellEnd(drilling, began, 'ok');
		(options.json ? process.stderr : process.stdout).write(`${withCommandLines(text, options)}\n`);
		return 0;
	} catch (error) {
		if (error instanceof Interrupted) {
			tellEnd(drilling, began, 'interrupted');
			process.stderr.write(`${sessionMessages.interrupted(command)[language]}\n`);
			return 130;
		}

		if (!(error instanceof TaskFailed)) {
			throw error;
		}

		tellEnd(drilling, began, 'failed');
		process.stderr.write(`${failureText(error.report, state.file('logs', run), language, options)}\n`);
		return 1;
	} finally {
		await drilling.close();
	}
}

/**
 * The nodes whose machines run.
 * @throws UserError if libvirt does not answer, or no machine of the cluster exists
 */
export async function runningNodes({session: {cluster, language, options}, context: {target, signal}}: Drilling): Promise<Node[]> {
	const ask = async (which: readonly string[]) => {
		const found = new Set<string>();
		const {code} = await target('host').exec(render(sh`virsh -q list ${which} --uuid`, 'execute'), {limit: 30, signal, onLine(line) {
			found.add(line.trim());
		}});
		if (signal.aborted) {
			throw new Interrupted();
		}

		if (code !== 0) {
			throw new UserError(messages.noLibvirt[language], 1);
		}

		return found;
	};

	const known = await ask(['--all']);
	if (!cluster.nodes.some(({uuid}) => known.has(uuid))) {
		throw new UserError(withCommandLines(messages.notBuilt[language], options), 1);
	}

	const running = await ask(['--state-running', '--state-paused', '--state-other']);
	return cluster.nodes.filter(({uuid}) => running.has(uuid));
}
