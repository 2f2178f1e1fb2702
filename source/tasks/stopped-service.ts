import type {Node} from '../answers/cluster.ts';
import type {Harm} from '../engine/drill.ts';
import {sh} from '../engine/command.ts';
import {service} from './service.ts';

/** A service is stopped as an administrator would, and started again. */
export function stoppedService({name}: Node, unit: string): Harm {
	return {
		inject: {on: name, task: {
			title: {en: `Stop ${unit} on ${name}`, es: `Parar ${unit} en ${name}`},
			check: sh`case $(systemctl show -p ActiveState ${unit}) in *=inactive | *=failed) ;; *) echo ${`${unit} is running`}; exit 1 ;; esac`,
			apply: [sh`systemctl stop ${unit}`],
			within: 30,
		}},
		undo: {on: name, task: service(unit, {within: 60})},
	};
}
