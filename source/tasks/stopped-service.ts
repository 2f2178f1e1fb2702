import type {Node} from '../cluster/cluster.ts';
import type {Fault} from '../engine/drill.ts';
import {sh} from '../shell/command.ts';
import type {Task} from '../engine/task.ts';
import {service} from './service.ts';
import {phrase} from '../languages/text.ts';

/** Stops a service with systemctl, and starts it again. */
export function stoppedService({name}: Node, unit: string): Fault {
	return {
		inject: {
			on: name,
			task: {
				title: phrase('Stop {unit} on {name}', {unit, name}),
				check: sh`case $(systemctl show -p ActiveState ${unit}) in *=inactive | *=failed) ;; *) echo ${`${unit} is running`}; exit 1 ;; esac`,
				apply: [sh`systemctl stop ${unit}`],
				timeout: 30,
			},
		},
		undo: {on: name, task: service(unit, {within: 60})},
	};
}

/** Starts a service that `stoppedService` stopped. Waits for a service that is still starting during a boot. */
export function startedService({name}: Node, unit: string): Task {
	return {
		title: phrase('Start {unit} on {name}', {unit, name}),
		check: sh`state=$(systemctl show -p ActiveState --value ${unit}); [ "$state" = active ] || { echo ${`${unit}:`} "$state"; exit 1; }`,
		apply: [sh`systemctl start ${unit}`],
		timeout: 60,
	};
}
