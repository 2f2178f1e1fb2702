import type {Node} from '../cluster/cluster.ts';
import {render, sh} from '../shell/command.ts';
import {Interrupted} from '../engine/failure.ts';
import {UserError} from '../user-error.ts';
import {runPlaced} from '../engine/placed.ts';
import {powerMessages as messages} from './power-messages.ts';
import {withCommandLines, commandLine} from './options.ts';
import type {PowerPart} from '../../steps/stop-start.ts';
import {tellBeginning, withDrilling, type Drilling} from './drilling.ts';
import {say} from './say.ts';
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
	const {options} = session;
	const command = commandLine(verb, options);
	return withDrilling(session, command, signal, async drilling => {
		const began = performance.now();
		const wanted = await parts(drilling);
		tellBeginning(drilling, command, wanted.map(({id, title, tasks}) => ({unit: id, title, tasks: tasks.length})));
		for (const {id, title, tasks} of wanted) {
			// A connection to a machine that was off would be believed in.
			drilling.reconnect();
			await runPlaced(id, title, tasks, drilling.context);
		}

		say(withCommandLines(done(drilling.run, (performance.now() - began) / 1000), options), options);
		return 0;
	});
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
