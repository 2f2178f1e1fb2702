import type {JobCommand, NodeOverview} from '../../wizard/backend.ts';
import type {Text} from '../../languages/text.ts';
import type {StatusRow} from '../../measure/status.ts';
import {machineStateText} from '../../engine/resource-names.ts';
import {powerMessages} from '../../drilling/power-messages.ts';
import {workMessages} from '../../messages/work.ts';
import {definitionOf} from '../../roles/index.ts';
import {sign} from '../components/status-signs.ts';
import {clean, clock, cut, padOrTruncate, paint, width, wrap} from '../components/text.ts';
import {light} from '../components/topology.ts';
import {isRemoved, machineState} from '../state/cluster-view.ts';
import type {State} from '../state/store.ts';

const {dashboard: words} = workMessages;
type Of<Kind extends StatusRow['kind']> = Extract<StatusRow, {kind: Kind}>;
type Say = (text: Text) => string;

/** Colour of the health line by state. */
const healthColors = {ok: 'green', degraded: 'yellow', down: 'red'} as const;

/** Milliseconds after which a status counts as old; a poll waits up to 10 s for a silent machine. */
const oldAge = 30_000;

/** The health line of `status`, with its age if it is old, or the reason why there is no status. */
export function healthLines(state: State, columns: number, say: Say): string[] {
	const {
		status: {rows, at, asking, failed},
		size,
		now,
	} = state;
	const [health] = of(rows, 'health');
	const age = (since: number) => Math.max(0, Math.round((now - since) / 1000));
	const last = (line: string) => (health && at !== undefined ? wrap(say(words.lastLook(age(at), line)), columns) : []);
	const lines = isRemoved(state)
		? wrap(say(words.wasRemoved), columns).map(line => paint.red(line))
		: failed
			? [
					...wrap(say(words.lookFailed(age(failed.at), clean(failed.reason))), columns).map(line => paint.red(line)),
					...last(health?.line ?? '').map(line => paint.dim(line)),
				]
			: !health || at === undefined
				? []
				: asking !== undefined || now - at > oldAge
					? last(health.line).map(line => paint.yellow(line))
					: wrap(health.line, columns).map(line => paint[healthColors[health.state]](line));
	return lines.length === 0 || size.rows < 24 ? lines : [...lines, ''];
}

/** Since when the machines are asked, while there is no look of this screen yet. */
export function askingLines({status: {asking}, now}: State, say: Say): string[] {
	return asking === undefined ? [] : [paint.dim(say(words.reading(clock((now - asking) / 1000))))];
}

/** Columns of a terminal from which on there is room for each fact about a node. */
const roomy = 70;

/** A node's line: its name, VM, reachability, state in Pacemaker, and addresses (only the first below 100 columns). */
export function nodeLine(
	state: State,
	node: NodeOverview,
	{isChosen, columns, say}: {isChosen: boolean; columns: number; say: Say},
): string {
	const {name, role, addresses} = node;
	const machine = machineState(state, node);
	const row = of(state.status.rows, 'node').find(row => row.name === name);
	const director = of(state.status.rows, 'director').find(row => row.name === name);
	const answers = row ? say(row.reachable ? words.answers : words.silent) : '';
	const health = director
		? say(words.director[director.standby ? 'standby' : director.online ? 'online' : 'offline'])
		: '';
	const shown = say(machineStateText(machine));
	const names = Math.min(
		Math.max(10, ...(state.overview?.nodes ?? []).map(({name}) => width(name))),
		columns < 100 ? 14 : 32,
	);
	// A narrow line omits the role, which the name implies, and shows either the state in Pacemaker or the reachability.
	const address = columns < 100 ? addresses[0]! : addresses.join(' ');
	const isNarrow = columns < roomy || names + 49 + width(address) > columns;
	const facts = isNarrow
		? [padOrTruncate(shown, 10), padOrTruncate(row?.reachable ? health || answers : answers, 11)]
		: [
				padOrTruncate(say(definitionOf(role).label), 14),
				padOrTruncate(shown, 10),
				padOrTruncate(answers, 11),
				padOrTruncate(health, 8),
			];
	const text = cut([padOrTruncate(name, names), ...facts, address].join(' '), columns - 4);
	return `${isChosen ? '›' : ' '} ${light(machine === 'running' ? 'on' : row && !row.reachable && machine !== '-' ? 'failed' : 'off')} ${isChosen ? paint.bold(text) : text}`;
}

/** Progress and result of a command that was started on the dashboard. */
export function panelLines({job, run, texts, now}: State, columns: number, say: Say): string[] {
	const titles: Partial<Record<JobCommand, Text>> = {
		move: words.moveTitle,
		report: words.report,
		stop: powerMessages.stopTitle,
		start: powerMessages.startTitle,
	};
	const name = job && titles[job.command];
	if (!job || !name) {
		return [];
	}

	const {task, waiting} = [...run.units.values()].findLast(({status}) => status === 'running') ?? {};
	const title = say(name);
	const time = run.started === undefined ? '' : ` · ${clock(run.duration ?? (now - run.started) / 1000)}`;
	const state = job.isOver
		? `${sign(job.code === 0 ? 'ok' : job.code === 130 ? 'interrupted' : 'failed')} ${title}: ${say(words.ended(job.code ?? 1))}${time}`
		: `${sign('running')} ${title}: ${say(words.working)}${time}`;
	const said = texts
		.flatMap(line => wrap(clean(line), columns - 2))
		.filter(line => line.trim() !== '')
		.map(line => `  ${line}`);
	return [
		'',
		state,
		...(job.isOver || !task ? [] : wrap(clean(task.title), columns - 2).map(line => `  ${line}`)),
		...(job.isOver || !waiting
			? []
			: wrap(`${clean(waiting.reason)} · ${clock((now - waiting.since) / 1000)}`, columns - 2).map(line =>
					paint.yellow(`  ${line}`),
				)),
		...said,
	];
}

export function detailLines(rows: readonly StatusRow[], say: Say): string[] {
	const resources = of(rows, 'resource');
	const services = [...new Set(of(rows, 'real-server').map(({service, director}) => `${service} ${director}`))];
	return [
		...of(rows, 'vip').map(
			({address, nodes}) =>
				`VIP ${padOrTruncate(address, 15)} ${nodes.length > 0 ? `${say(words.heldBy)} ${paint.bold(nodes.join(', '))}` : paint.red(say(words.nobody))}`,
		),
		...(resources.length > 0 ? [`${say(words.resources)}:`] : []),
		...resources.map(
			({name, state, node, failed}) =>
				`  ${padOrTruncate(name, 20)} ${failed ? paint.red(`✖ ${state}`) : state}${node ? ` · ${node}` : ''}`,
		),
		...services.map(key => {
			const [service, director] = key.split(' ');
			const servers = of(rows, 'real-server').filter(row => row.service === service && row.director === director);
			return `${say(words.serves)} ${service} (${director}): ${servers.map(({address, weight, active, inactive}) => `${address.replace(/:\d+$/, '')}${weight === 0 ? ` ${say(words.weight)} 0` : ''} ${active + inactive}`).join(', ')}`;
		}),
		...of(rows, 'array').map(
			({node, level, members, state}) => `${say(words.array)}: ${level} ${members} ${state} · ${node}`,
		),
		...of(rows, 'export').map(({node, path, clients}) => `${say(words.exported)}: ${path} → ${clients} · ${node}`),
	];
}

function of<Kind extends StatusRow['kind']>(rows: readonly StatusRow[], kind: Kind): Array<Of<Kind>> {
	return rows.filter((row): row is Of<Kind> => row.kind === kind);
}
