import {useEffect, type ReactNode} from 'react';
import {Box, useIsScreenReaderEnabled} from 'ink';
import {languages} from '../../languages/languages.ts';
import {languageName} from '../../languages/text.ts';
import {durationMessages} from '../../session/duration-messages.ts';
import {beginMessages} from '../../messages/begin.ts';
import {uiMessages} from '../../messages/screens.ts';
import type {Overview, ClusterHistory} from '../../wizard/backend.ts';
import {bodySize, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {Menu, type MenuItem} from '../components/menu.tsx';
import {unitName} from '../components/names.ts';
import {paint, localDateTime, wrap} from '../components/text.ts';
import {topologyLines} from '../components/topology.ts';
import type {State} from '../state/store.ts';

const {welcome: words} = beginMessages;

/** Rows of the short picture and the empty row below it. */
const shortPicture = 6;

/** Fewest rows of the menu, however long the text above is. */
const leastMenu = 5;

/** Most rows of the machines' names, where their picture does not fit. */
const mostNodeLines = 2;

/** Welcome screen: the cluster to build, its place, its state so far, and a menu. */
export function Welcome(): ReactNode {
	const {state, wizard, say} = useWizard();
	useEffect(() => {
		// Another process may have built or removed the cluster since then. The first overview is loaded by `runWizard`.
		if (wizard.store.get().overview) {
			void wizard.load();
		}
	}, [wizard]);
	const {columns, rows} = bodySize(state);
	const {overview, trouble, run, language} = state;
	const open = overview?.openDrills ?? [];
	const items = useItems();
	const facts =
		overview === undefined
			? trouble
				? []
				: [say(uiMessages.loading)]
			: [
					...wrap(`${overview.guest} · ${say(overview.sandbox ? words.sandboxPlace : words.hostPlace)}`, columns),
					...(overview.acceleration === 'tcg'
						? wrap(say(words.emulated), columns).map(line => paint.yellow(line))
						: []),
					...needLines(overview, columns, say),
					...pastLine(state, overview.past, columns, say),
					...(open.length > 0 ? wrap(say(words.cutOff(open)), columns).map(line => paint.yellow(line)) : []),
				];
	const what = overview === undefined ? [] : wrap(say(words.what(overview.nodes.length)), columns);
	const said = [
		...facts,
		...(trouble
			? wrap(trouble, columns)
					.slice(0, 8)
					.map(line => paint.red(line))
			: []),
		'',
	];
	const room = rows - items.length - said.length - what.length - 1;
	const leastRoom = rows - Math.min(items.length, leastMenu) - said.length - what.length;
	const isRead = useIsScreenReaderEnabled();
	const picture =
		overview === undefined
			? [say(uiMessages.title), '']
			: isRead || leastRoom < shortPicture
				? [...what, ...nodeLines(overview, columns), ...(isRead ? [] : [''])]
				: [...what, ...topologyLines(overview, {run, language, columns, height: room}), ''];
	const above = [...picture, ...said];
	return (
		<Frame
			title={say(uiMessages.screens.welcome)}
			keys={[
				['↑↓', uiMessages.keys.arrows],
				['Enter', uiMessages.keys.enter],
				['Ctrl-C', uiMessages.keys.quit],
			]}
		>
			<Box flexDirection="column" flexShrink={0}>
				<Lines lines={above} />
			</Box>
			<Menu
				items={items}
				columns={columns}
				height={isRead ? undefined : rows - above.length}
				chosen={state.chosen.welcome}
				onChoose={label => {
					wizard.store.set({chosen: {...wizard.store.get().chosen, welcome: label}});
				}}
			/>
		</Frame>
	);
}

function useItems(): MenuItem[] {
	const {
		state: {overview, language, isGuided},
		wizard,
		say,
	} = useWizard();
	const shared: MenuItem[] = [
		...languages
			.filter(other => other !== language)
			.map(other => ({
				label: languageName(other),
				run: () => {
					wizard.chooseLanguage(other);
				},
			})),
		{
			label: say(words.quit),
			run: () => {
				wizard.leave(0);
			},
		},
	];
	if (!overview) {
		return shared;
	}

	const guided = {
		label: say(isGuided ? words.guidedOff : words.guidedOn),
		run: () => {
			wizard.setGuided(!isGuided);
		},
	};
	const begin = () => {
		wizard.navigation.go('preflight');
	};

	// A verification first rolls back interrupted tests, whichever test is named. The first test itself is harmless.
	const mend =
		overview.openDrills.length === 0
			? []
			: [
					{
						label: say(words.mend),
						run: () => {
							wizard.navigation.go('verification');
							wizard.work.start('verify', ['--test', '1']);
						},
					},
				];
	const remove = {
		label: say(words.remove),
		run: () => {
			wizard.navigation.go('removal');
		},
	};
	switch (overview.past.kind) {
		case 'interrupted': {
			const {run, unit} = overview.past;
			return [
				...mend,
				{label: say(words.resume), run: begin},
				...(unit
					? [
							{
								label: say(words.log),
								run: () => {
									void wizard.programs.log(unit, run);
								},
							},
						]
					: []),
				{
					label: say(words.over),
					run: () => {
						wizard.startOver();
					},
				},
				remove,
				guided,
				...shared,
			];
		}

		case 'working': {
			const {isFirst} = overview.past;
			return [
				...(isFirst
					? []
					: [
							{
								label: say(words.dashboard),
								run: () => {
									wizard.navigation.go('dashboard');
								},
							},
						]),
				...shared,
			];
		}

		case 'built': {
			return [
				...mend,
				{
					label: say(words.dashboard),
					run: () => {
						wizard.navigation.go('dashboard');
					},
				},
				{
					label: say(words.verify),
					run: () => {
						wizard.navigation.go('verification');
					},
				},
				{label: say(words.rebuild), run: begin},
				remove,
				...shared,
			];
		}

		case 'none': {
			const build = (sandbox: boolean) => ({
				label: say(sandbox ? words.buildSandbox : words.buildHost),
				run: () => {
					void wizard.choosePlace(sandbox).then(begin);
				},
			});
			return [
				...(overview.isBegun ? [build(overview.sandbox)] : [build(true), build(false)]),
				{
					label: say(words.answers),
					run: () => {
						wizard.navigation.go('answers');
					},
				},
				...(overview.isBegun ? [remove] : []),
				guided,
				...shared,
			];
		}
	}
}

/** The machines by name, where there is no room for their picture. */
function nodeLines({nodes}: Overview, columns: number): string[] {
	const names = nodes.map(({name}) => name);
	const linesOf = (count: number) =>
		wrap([...names.slice(0, count), ...(count < names.length ? ['…'] : [])].join(' · '), columns - 2);
	let count = names.length;
	while (count > 1 && linesOf(count).length > mostNodeLines) {
		count--;
	}

	return linesOf(count).map(line => `  ${line}`);
}

/** Memory, disk and time of the build; empty once it is built. The disk is named here only if the figures do not name it. */
function needLines(
	{past, memory, disk, figures}: Overview,
	columns: number,
	say: ReturnType<typeof useWizard>['say'],
): string[] {
	if (past.kind === 'built' || past.kind === 'working') {
		return [];
	}

	return [
		...(memory.needed > 0 ? wrap(say(words.free(memory, disk)), columns) : []),
		...(figures.seconds === undefined ? [] : wrap(say(durationMessages.figures(figures.seconds, figures)), columns)),
	];
}

function pastLine(
	state: State,
	past: ClusterHistory,
	columns: number,
	say: ReturnType<typeof useWizard>['say'],
): string[] {
	if (past.kind === 'interrupted') {
		return wrap(
			say(
				words.stopped[past.status](
					localDateTime(past.since),
					past.unit === undefined ? say(words.start) : unitName(state, past.unit),
				),
			),
			columns,
		).map(line => paint.yellow(line));
	}

	if (past.kind === 'working') {
		return wrap(say(words.working(past.text)), columns).map(line => paint.yellow(line));
	}

	return past.kind === 'built' ? [paint.green(say(words.built(localDateTime(past.at))))] : [];
}
