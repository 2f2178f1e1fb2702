import {moveLines} from '../commands/move.ts';
import type {NodeOverview} from '../commands/wizard-backend.ts';
import type {StatusRow} from '../measure/status.ts';
import {workMessages} from '../messages/ui-run.ts';
import {formatFor} from '../writers/format.ts';
import type {State} from './state/store.ts';
import type {Wizard} from './wizard.ts';

const {dashboard: words} = workMessages;

/** The director that holds the external VIP, as far as the last look tells. */
export function holderOf({status, overview}: State): string | undefined {
	const rows = status.rows.filter((row): row is Extract<StatusRow, {kind: 'vip'}> => row.kind === 'vip');
	const nodes = rows.find(({address}) => address === overview?.vip.external)?.nodes ?? [];
	return nodes.length === 1 ? nodes[0] : undefined;
}

/** libvirt's state of a node's machine, or what the last look says of it. */
export function machineState({machines, status}: State, {vm, name}: Pick<NodeOverview, 'vm' | 'name'>): string {
	const row = status.rows.find((row): row is Extract<StatusRow, {kind: 'node'}> => row.kind === 'node' && row.name === name);
	return machines?.states.get(vm) ?? row?.machine ?? '-';
}

/** The VIPs and ldirectord go to the other director, once that was agreed to. */
export function askMove(wizard: Wizard): void {
	const state = wizard.store.get();
	const {overview, language} = state;
	const holder = holderOf(state);
	const other = overview?.nodes.find(({role, name}) => role === 'director' && name !== holder)?.name;
	if (!overview || holder === undefined || other === undefined) {
		wizard.store.set({notice: words.noHolder[language]});
		return;
	}

	wizard.ask(words.moveTitle[language], moveLines(other, overview.move, language), () => {
		wizard.work.start('move', ['--yes', other]);
	});
}

/** A node is stopped once that was agreed to. It is started at once, unless that takes the VIPs along. */
export function askPower(wizard: Wizard, node: NodeOverview): void {
	const state = wizard.store.get();
	const {overview, language} = state;
	const {name, vm, role} = node;
	const isRunning = machineState(state, node) === 'running';
	const seconds = formatFor(language).number(overview?.move.prediction.seconds ?? 0, 1);
	const run = () => {
		void wizard.work.power(name, vm, isRunning ? 'shutdown' : 'start');
	};

	if (isRunning) {
		const cost = role === 'storage' ? words.stopStorage(name) : role === 'web' ? words.stopWeb(name)
			: holderOf(state) === name || holderOf(state) === undefined ? words.stopHolder(name, seconds) : words.stopSpare(name);
		wizard.ask(words.stopTitle(name)[language], [cost[language]], run);
	} else if (overview?.move.home === name) {
		wizard.ask(words.startTitle(name)[language], [words.startHome(name, seconds)[language]], run);
	} else {
		run();
	}
}
