import {useEffect, useState, type ReactNode} from 'react';
import {isLost} from '../../measure/effect.ts';
import type {StatusRow} from '../../measure/status.ts';
import {isYes} from '../../messages/consent.ts';
import {probeMessages} from '../../messages/probe.ts';
import {uiMessages} from '../../messages/ui.ts';
import {workMessages} from '../../messages/ui-run.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {cut, fit, paint} from '../components/text.ts';
import {light} from '../components/topology.ts';

const {dashboard: words} = workMessages;
type Of<Kind extends StatusRow['kind']> = Extract<StatusRow, {kind: Kind}>;

/** How the health line is painted. */
const healthColors = {ok: 'green', degraded: 'yellow', down: 'red'} as const;

/** The cluster as it is: who holds the addresses, who serves, array, exports; and what can be done to a node. */
export function Dashboard(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {overview, status, machines} = state;
	const [chosen, setChosen] = useState(0);
	const [asking, setAsking] = useState<{node: string; vm: string; isRunning: boolean}>();
	useEffect(() => {
		wizard.watches.cluster();
		return () => {
			wizard.watches.end();
		};
	}, [wizard]);
	const nodes = overview?.nodes ?? [];
	const node = nodes[Math.min(chosen, nodes.length - 1)];
	const stateOf = (vm: string, name: string) => machines?.states.get(vm) ?? of(status.rows, 'node').find(row => row.name === name)?.machine ?? '-';
	useKeys((input, key) => {
		if (asking) {
			if (isYes(input, state.language)) {
				void wizard.work.power(asking.node, asking.vm, asking.isRunning ? 'shutdown' : 'start');
			}

			setAsking(undefined);
			wizard.store.set({notice: undefined});
		} else if (key.upArrow || key.downArrow) {
			setChosen(Math.max(0, Math.min(nodes.length - 1, chosen + (key.upArrow ? -1 : 1))));
		} else if (node && (input === 's' || key.return)) {
			void wizard.programs.shell(node.name);
		} else if (node && input === 'p') {
			const isRunning = stateOf(node.vm, node.name) === 'running';
			setAsking({node: node.name, vm: node.vm, isRunning});
			wizard.store.set({notice: say(isRunning ? words.stopNode(node.name) : words.startNode(node.name))});
		} else if (input === 'v') {
			wizard.navigation.go('verification');
		} else if (input === 'd') {
			wizard.navigation.go('removal');
		}
	});
	const table = nodes.map(({name, vm, role, addresses}, index) => {
		const machine = stateOf(vm, name);
		const row = of(status.rows, 'node').find(row => row.name === name);
		const director = of(status.rows, 'director').find(row => row.name === name);
		const answers = row ? say(row.reachable ? words.answers : words.silent) : '';
		const health = director ? (director.standby ? 'standby' : director.online ? 'online' : 'offline') : '';
		const text = `${fit(name, 10)} ${fit(say(uiMessages.roles[role]), 13)} ${fit(machine, 10)} ${fit(answers, 11)} ${fit(health, 8)} ${columns < 100 ? addresses[0] : addresses.join(' ')}`;
		return `${index === chosen ? '›' : ' '} ${light(machine === 'running' ? 'on' : row && !row.reachable && machine !== '-' ? 'failed' : 'off')} ${index === chosen ? paint.bold(cut(text, columns - 4)) : cut(text, columns - 4)}`;
	});
	const details = status.at === undefined ? [say(words.reading)] : detailLines(status.rows, say).map(line => cut(line, columns));
	const [health] = of(status.rows, 'health');
	const healthLines = health ? [paint[healthColors[health.state]](cut(health.line, columns)), ''] : [];
	const source = machines ? ` · ${say(words.source(machines.source))}` : '';
	// Newest first: where there is no room, the oldest are not seen.
	const last = state.requests.toReversed().map(request => `${isLost(request) ? '✖ ' : ''}${request.server ?? say(probeMessages.outcomes[request.outcome])}`);
	const served = last.length === 0 ? [] : [cut(`${say(words.last)}: ${last.join(' · ')}`, columns)];
	const page = overview ? `${say(words.page)}: http://${overview.vip.external}/index.php` : '';
	return (
		<Frame title={`${say(uiMessages.screens.dashboard)}${source}`} keys={[['↑↓', uiMessages.keys.arrows], ['s', words.shell], ['p', words.power], ['v', words.verify], ['d', words.remove], ['Esc', uiMessages.keys.back]]}>
			<Lines lines={[...healthLines, ...table, '', page, ...served, ...details].slice(0, rows)}/>
		</Frame>
	);
}

function of<Kind extends StatusRow['kind']>(rows: readonly StatusRow[], kind: Kind): Array<Of<Kind>> {
	return rows.filter((row): row is Of<Kind> => row.kind === kind);
}

function detailLines(rows: readonly StatusRow[], say: ReturnType<typeof useWizard>['say']): string[] {
	const services = [...new Set(of(rows, 'real-server').map(({service, director}) => `${service} ${director}`))];
	return [
		...of(rows, 'vip').map(({address, nodes}) => `VIP ${fit(address, 15)} ${nodes.length > 0 ? `${say(words.heldBy)} ${paint.bold(nodes.join(', '))}` : paint.red(say(words.nobody))}`),
		...of(rows, 'resource').map(({name, state, node, failed}) => `${say(words.resources)}: ${fit(name, 20)} ${failed ? paint.red(`✖ ${state}`) : state}${node ? ` · ${node}` : ''}`),
		...services.map(key => {
			const [service, director] = key.split(' ');
			const servers = of(rows, 'real-server').filter(row => row.service === service && row.director === director);
			return `${say(words.serves)} ${service} (${director}): ${servers.map(({address, weight, active, inactive}) => `${address.replace(/:\d+$/, '')}${weight === 0 ? ` ${say(words.weight)} 0` : ''} ${active + inactive}`).join(', ')}`;
		}),
		...of(rows, 'array').map(({node, level, members, state}) => `${say(words.array)}: ${level} ${members} ${state} · ${node}`),
		...of(rows, 'export').map(({node, path, clients}) => `${say(words.exported)}: ${path} → ${clients} · ${node}`),
	];
}
