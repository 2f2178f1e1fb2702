import {innerRoles, type Role} from '../../roles/index.ts';
import type {Language} from '../../languages/text.ts';
import {beginMessages} from '../../messages/begin.ts';
import type {NodeOverview, Overview} from '../../wizard/backend.ts';
import type {RunState} from '../state/run-state.ts';
import {cut, padOrTruncate, paint, width} from './text.ts';

export type NodeIndicator = 'off' | 'coming' | 'on' | 'failed';

const lights: Record<NodeIndicator, {sign: string; paint: (text: string) => string}> = {
	off: {sign: '○', paint: paint.dim},
	coming: {sign: '◐', paint: paint.yellow},
	on: {sign: '●', paint: paint.green},
	failed: {sign: '✖', paint: paint.red},
};

export function light(state: NodeIndicator): string {
	return lights[state].paint(lights[state].sign);
}

/** A node's light, from the status of its units and libvirt's state of its VM. A failed unit takes precedence. */
export function nodeIndicator(
	{name, vm}: NodeOverview,
	run: RunState,
	machines?: ReadonlyMap<string, string>,
): NodeIndicator {
	const made = run.units.get(`machines:${name}`);
	const isBroken = [...run.units.values()].some(({host, status}) => host === name && status === 'failed');
	if (isBroken || made?.status === 'failed') {
		return 'failed';
	}

	const state = machines?.get(vm);
	if (made?.status === 'ok' || made?.status === 'changed') {
		return state === undefined || state === 'running' ? 'on' : 'off';
	}

	if (made?.status === 'running') {
		return 'coming';
	}

	return state === 'running' ? 'on' : 'off';
}

/** The thesis's picture of the cluster, in ten lines or, where there is less room, in five. */
export function topologyLines(
	overview: Overview,
	{
		run,
		machines,
		language,
		columns,
		height,
	}: {run: RunState; machines?: ReadonlyMap<string, string>; language: Language; columns: number; height: number},
): string[] {
	const {nodes, vip, networks} = overview;
	const {welcome} = beginMessages;
	const of = (role: Role) => nodes.filter(node => node.role === role);
	const [master, standby] = of('director') as [NodeOverview, NodeOverview];
	const backs = innerRoles.toReversed().flatMap(of);
	const cell = Math.min(Math.max(...nodes.map(({vm}) => width(vm) + 2), 9), 14);
	const perRow = Math.max(1, Math.floor((columns - 2) / (cell + 3)));
	const shown = backs.length > perRow ? innerRoles.flatMap(of).slice(0, perRow) : backs;
	const label = (node: NodeOverview) => {
		const text = padOrTruncate(node.vm, cell - 2);
		return `${light(nodeIndicator(node, run, machines))} ${text}`;
	};

	const total = Math.min(columns, Math.max(60, shown.length * (cell + 3) + 2));
	const net = (name: string, {label, cidr}: {label: string; cidr: string}) => {
		const right = ` ${cidr} (${label})`;
		const left = `── ${name} `;
		return paint.dim(left + '─'.repeat(Math.max(1, total - width(left) - width(right))) + right);
	};

	const heartbeat = `${networks.heartbeat.cidr} (${networks.heartbeat.label})`;
	const hidden = shown.length < backs.length ? ` … +${backs.length - shown.length}` : '';
	const client = `   ${welcome.client[language]} → http://${vip.external}/`;
	const external = net(welcome.external[language], networks.external);
	const internal = net(welcome.internal[language], networks.internal);
	if (height < 10) {
		const indent = columns < 79 ? 3 : 12;
		const room = columns - indent - 2 * (cell + 2) - 4;
		return [
			client,
			external,
			`${' '.repeat(indent)}[${label(master)}]══[${label(standby)}]  ${paint.dim(cut(`══ ${heartbeat}`, room))}`,
			internal,
			`   ${shown.map(node => `[${label(node)}]`).join(' ')}${hidden}`,
		];
	}

	return [
		client,
		external,
		...boxes([label(master), label(standby)], cell, '══', 12),
		paint.dim(`${' '.repeat(12)}═══ ${heartbeat}`),
		internal,
		...boxes(
			shown.map(node => label(node)),
			cell,
			' ',
			1,
		),
		...(hidden ? [hidden] : []),
	];
}

function boxes(labels: readonly string[], cell: number, between: string, indent: number): string[] {
	const space = ' '.repeat(indent);
	const blank = ' '.repeat(between.length);
	return [
		space + labels.map(() => `┌${'─'.repeat(cell)}┐`).join(blank),
		space + labels.map(label => `│${label}│`).join(between),
		space + labels.map(() => `└${'─'.repeat(cell)}┘`).join(blank),
	];
}
