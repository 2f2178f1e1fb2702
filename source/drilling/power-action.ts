import type {Node} from '../cluster/cluster.ts';
import {render, sh} from '../shell/command.ts';
import {Interrupted} from '../engine/failure.ts';
import {UserError} from '../user-error.ts';
import {runPlaced} from '../engine/run-placed.ts';
import {powerMessages as messages} from './power-messages.ts';
import {withCommandLines, commandLine} from '../command-line/options.ts';
import type {PowerSection} from '../../steps/stop-start.ts';
import {announceParts, withDrillSession, type DrillSession} from './drill-session.ts';
import {printResult} from '../session/print.ts';
import type {Session} from '../session/session.ts';

/** How to stop or start a cluster. Used in the process that can reach its nodes. */
export interface PowerAction {
	readonly verb: 'stop' | 'start';
	/** Returns the parts of the work in order; empty if there is nothing to do. */
	readonly parts: (drilling: DrillSession) => Promise<readonly PowerSection[]>;
	/** Records the result and returns the message to print. `seconds`: duration of the work. */
	readonly done: (run: string, seconds: number) => string;
}

/** Stops or starts a cluster. Returns the exit code. Can be interrupted at any point and run again. */
export async function power(session: Session, {verb, parts, done}: PowerAction, signal: AbortSignal): Promise<number> {
	const {options} = session;
	const command = commandLine(verb, options);
	return withDrillSession(session, command, signal, async drilling => {
		const began = performance.now();
		const wanted = await parts(drilling);
		announceParts(
			drilling,
			command,
			wanted.map(({id, title, tasks}) => ({unit: id, title, tasks: tasks.length})),
		);
		for (const {id, title, tasks} of wanted) {
			// A cached connection to a VM that has since been off would still look alive.
			drilling.reconnect();
			await runPlaced(id, title, tasks, drilling.context);
		}

		printResult(withCommandLines(done(drilling.run, (performance.now() - began) / 1000), options), options);
		return 0;
	});
}

/**
 * Returns the nodes whose VMs are running.
 * @throws UserError if libvirt does not respond, or the cluster has no VM
 */
export async function runningNodes({
	session: {cluster, language, options},
	context: {target, signal},
}: DrillSession): Promise<Node[]> {
	const ask = async (which: readonly string[]) => {
		const found = new Set<string>();
		const {code} = await target('host').exec(render(sh`virsh -q list ${which} --uuid`, 'execute'), {
			limit: 30,
			signal,
			onLine(line) {
				found.add(line.trim());
			},
		});
		if (signal.aborted) {
			throw new Interrupted();
		}

		if (code !== 0) {
			throw new UserError('libvirt-silent', messages.noLibvirt[language]);
		}

		return found;
	};

	const known = await ask(['--all']);
	if (!cluster.nodes.some(({uuid}) => known.has(uuid))) {
		throw new UserError('no-machines', withCommandLines(messages.notBuilt[language], options));
	}

	const running = await ask(['--state-running', '--state-paused', '--state-other']);
	return cluster.nodes.filter(({uuid}) => running.has(uuid));
}
