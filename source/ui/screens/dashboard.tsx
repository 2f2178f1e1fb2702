import {useEffect, useState, type ReactNode} from 'react';
import type {Text} from '../../languages/text.ts';
import {isLost} from '../../measure/client-impact.ts';
import {probeMessages} from '../../output/probe-messages.ts';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import {keyHintRows} from '../components/key-hints.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {hiddenCounts, firstVisibleRow, scrolled, scrollKey} from '../components/scroll.ts';
import {cut, paint, width, wrap} from '../components/text.ts';
import {askBench, askClusterPower, askMove, askPower} from '../harmful-actions.ts';
import {isClusterOn, isRemoved, machineState} from '../state/cluster-view.ts';
import {hasPanel, panelCommands} from '../state/panel.ts';
import type {State} from '../state/store.ts';
import type {Wizard} from '../wizard.ts';
import {askingLines, detailLines, healthLines, nodeLine, panelLines} from './dashboard-lines.ts';

const {dashboard: words} = workMessages;

/** Dashboard: live state of the cluster (VIPs, servers, array, exports) and the actions on it. */
export function Dashboard(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {machines, requests} = state;
	const isGone = isRemoved(state);
	const overview = isGone ? undefined : state.overview;
	const [top, setTop] = useState(0);
	useEffect(() => {
		wizard.watches.cluster();
		return () => {
			wizard.watches.end();
			wizard.work.forget(...panelCommands);
		};
	}, [wizard]);
	const nodes = overview?.nodes ?? [];
	const chosen = Math.max(
		0,
		nodes.findIndex(({name}) => name === state.chosen.dashboard),
	);
	const node = nodes[chosen];
	const bar = isGone
		? []
		: keyHintRows(actionHints(state, node && machineState(state, node) === 'running'), columns, say);
	const health = healthLines(state, columns, say);
	const panel = panelLines(state, columns, say);
	// Newest first, so that the oldest are omitted if there is no room.
	const last = (state.status.failed ? [] : requests)
		.toReversed()
		.map(request => `${isLost(request) ? '✖ ' : ''}${request.server ?? say(probeMessages.outcomes[request.outcome])}`);
	const details = [
		...(overview
			? wrap(
					`${say(words.page)}: ${state.page ?? overview.page}${overview.sandbox && state.page === undefined ? ` (${say(words.forwarded)})` : ''}`,
					columns,
				)
			: []),
		...(last.length === 0 ? [] : [asManyAs(say(words.last), last, columns)]),
		...(isGone ? [] : askingLines(state, say)),
		...(isGone
			? []
			: detailLines(state.status.rows, say).flatMap(line =>
					line.startsWith('  ') ? wrap(line.trim(), columns - 2).map(part => `  ${part}`) : wrap(line, columns),
				)),
	];
	const room = rows - health.length - bar.length - 2;
	const tableHeight = Math.min(nodes.length, Math.max(3, Math.floor(room / 2)));
	const panelHeight = Math.min(panel.length, Math.max(2, room - tableHeight - 3));
	const view = scrolled(details, top, room - tableHeight - panelHeight);
	useKeys((input, key) => {
		const scroll = scrollKey(view, {pageUp: key.pageUp, pageDown: key.pageDown, home: key.home, end: key.end});
		if (scroll !== undefined) {
			setTop(scroll);
		} else if (key.upArrow || key.downArrow) {
			const next = nodes[Math.max(0, Math.min(nodes.length - 1, chosen + (key.upArrow ? -1 : 1)))];
			wizard.store.set({chosen: {...state.chosen, dashboard: next?.name}});
		} else {
			act(key.return ? 's' : input, wizard);
		}
	});
	const source = machines ? ` · ${say(words.source(machines.source))}` : '';
	return (
		<Frame
			title={`${say(uiMessages.screens.dashboard)}${source}`}
			keys={[
				['↑↓', uiMessages.keys.arrows],
				...(view.last > 0 ? [['PgDn', uiMessages.keys.scroll] as const] : []),
				['Esc', hasPanel(state.job) ? uiMessages.keys.close : uiMessages.keys.back],
			]}
		>
			<Lines
				lines={[
					...health,
					...table(state, chosen, {columns, height: tableHeight, say}),
					'',
					...view.lines,
					...Array.from({length: Math.max(0, room - tableHeight - panelHeight - view.lines.length)}, () => ''),
					...panel.slice(0, panelHeight),
					'',
					...bar,
				]}
			/>
		</Frame>
	);
}

/** `Last answers: server1 · server2`, with as many whole items as fit. */
function asManyAs(title: string, items: readonly string[], columns: number): string {
	const line = (count: number) => `${title}: ${items.slice(0, count).join(' · ')}`;
	const count = items.findLastIndex((_, index) => width(line(index + 1)) <= columns) + 1;
	return count === 0 ? cut(line(1), columns) : line(count);
}

interface TableRoom {
	readonly columns: number;
	readonly height: number;
	readonly say: (text: Text) => string;
}

/** The nodes that fit, scrolled to the chosen one. */
function table(state: State, chosen: number, {columns, height, say}: TableRoom): string[] {
	const nodes = isRemoved(state) ? [] : (state.overview?.nodes ?? []);
	const shown = nodes.length > height ? height - 1 : height;
	const top = firstVisibleRow(chosen, nodes.length, shown);
	const lines = nodes
		.slice(top, top + shown)
		.map((node, index) => nodeLine(state, node, {isChosen: top + index === chosen, columns, say}));
	return shown < nodes.length ? [...lines, paint.dim(hiddenCounts(top, nodes.length - top - shown))] : lines;
}

/** Each key of the dashboard and what it does now. */
function actionHints(state: State, isRunning: boolean | undefined): KeyHint[] {
	return [
		['o', state.page === undefined ? words.openPage : words.closePage],
		['l', words.logs],
		['b', words.bench],
		['r', words.report],
		['e', words.explain],
		['m', words.move],
		['v', words.verify],
		['s', words.shell],
		['p', isRunning ? words.stop : words.start],
		['P', isClusterOn(state) ? words.stopAll : words.startAll],
		['d', words.remove],
	];
}

/** Writes the report. If nothing was measured, a notice says how to measure, instead of the command's error. */
function startReport(wizard: Wizard): void {
	wizard.readMeasurements();
	const {measurements, language} = wizard.store.get();
	if (measurements?.drills.length === 0 && measurements.load.length === 0) {
		wizard.store.set({notice: words.notMeasured[language]});
	} else {
		wizard.work.start('report');
	}
}

/** Runs the action of a key. While a job runs, actions that start another job are refused. */
function act(input: string, wizard: Wizard): void {
	const state = wizard.store.get();
	if (isRemoved(state)) {
		return;
	}

	const node = state.overview?.nodes.find(({name}) => name === state.chosen.dashboard) ?? state.overview?.nodes[0];
	if (['b', 'r', 'm', 'p', 'P', 'd'].includes(input) && wizard.work.isGoingOn) {
		wizard.store.set({notice: words.busy[state.language]});
		return;
	}

	switch (input) {
		case 'o': {
			void wizard.page.toggle();
			break;
		}

		case 'l': {
			wizard.navigation.go('logs');
			break;
		}

		case 'b': {
			askBench(wizard);
			break;
		}

		case 'r': {
			startReport(wizard);
			break;
		}

		case 'm': {
			askMove(wizard);
			break;
		}

		case 'P': {
			askClusterPower(wizard);
			break;
		}

		case 'v': {
			wizard.navigation.go('verification');
			break;
		}

		case 'd': {
			wizard.navigation.go('removal');
			break;
		}

		default: {
			if (node) {
				actOn(node, input, wizard);
			}
		}
	}
}

function actOn(node: NonNullable<State['overview']>['nodes'][number], input: string, wizard: Wizard): void {
	if (input === 's') {
		void wizard.programs.shell(node.name);
	} else if (input === 'p') {
		askPower(wizard, node);
	} else if (input === 'e') {
		wizard.store.set({reading: {node: node.name, chapter: 0}});
		wizard.navigation.go('explanation');
	}
}
