import {Secret} from '../../source/shell/secret.ts';
import type {Step, Subject} from '../../source/engine/step.ts';
import type {Cluster, Node} from '../../source/cluster/cluster.ts';

/** The node of a fixture by its name, as the subject of a step. */
export function on(cluster: Cluster, name: string): {node: Node} {
	const node = cluster.nodes.find(candidate => candidate.name === name);
	if (!node) {
		throw new TypeError(`There is no ${name}`);
	}

	return {node};
}

/** What a step writes to a file, found by the file's path in the command that writes it. */
export function written(step: Step, cluster: Cluster, subject: Subject, path: string): string {
	for (const command of step.tasks(cluster, subject).flatMap(({apply}) => apply ?? [])) {
		if (command.input !== undefined && command.values.includes(path)) {
			return command.input instanceof Secret ? command.input.reveal() : command.input;
		}
	}

	throw new TypeError(`${step.id} does not write ${path}`);
}
