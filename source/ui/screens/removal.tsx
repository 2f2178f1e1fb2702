import {useState, type ReactNode} from 'react';
import type {Text} from '../../languages/text.ts';
import {resourceText} from '../../engine/resource-names.ts';
import {sessionMessages} from '../../session/messages.ts';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {fieldText, filterLine} from '../components/filter-line.ts';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {clean, paint, width, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {highlighted, matcher} from '../state/filter.ts';
import type {State} from '../state/store.ts';
import {emptyField, applyKey, type TextField} from '../state/text-field.ts';

const {removal: words} = workMessages;

/** Removal screen: lists what `down` would remove and keep. The user confirms by typing the cluster's name. */
export function Removal(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {overview, job, texts} = state;
	const [name, setName] = useState(emptyField);
	/** First visible line. Undefined until the user scrolls: start of the list or, once `down` runs, end of its output. */
	const [top, setTop] = useState<number>();
	const {wanted, take} = useFilter(() => {
		setTop(0);
	});
	const isOurs = job?.command === 'down';
	const isOver = isOurs && job.isOver;
	const listed = isOurs
		? texts.flatMap(line => wrap(clean(line), columns))
		: listLines(overview, columns, say).filter(matcher(wanted));
	const end = isOurs
		? isOver
			? job.code === 0
				? wrap(say(words.done), columns).map(line => paint.green(line))
				: [paint.red(say(words.failed(job.code ?? 1)))]
			: [say(words.working)]
		: askLines(say(words.ask), name, columns);
	const head = isOurs ? [] : [...wrap(say(words.intro), columns)];
	const view = scrolled(
		listed,
		isOurs ? (isOver ? (top ?? Infinity) : Infinity) : (top ?? 0),
		rows - head.length - end.length - 1,
	);
	useKeys((input, key) => {
		// `/` opens the filter, as no name has a slash. Keys that the filter takes do not reach the name.
		if (wizard.work.isGoingOn || (!isOurs && take(input, key))) {
			return;
		}

		const scroll = scrollKey(view, {...key, home: false, end: false});
		if (scroll !== undefined) {
			setTop(scroll);
		} else if (isOurs) {
			if (key.return) {
				wizard.navigation.home(...(state.isStartingOver && job.code === 0 ? ['preflight' as const] : []));
			}
		} else if (key.return) {
			if (overview && name.text === overview.name) {
				wizard.work.start('down', ['--yes']);
			}
		} else {
			setName(field => applyKey(field, input, key, 40));
		}
	});
	const keys: KeyHint[] = state.filter.isTyping
		? [
				['Enter', uiMessages.keys.keep],
				['Esc', uiMessages.keys.clear],
			]
		: [
				...(isOurs && !isOver
					? [['Ctrl-C', uiMessages.keys.stop] as const]
					: [['Enter', isOurs ? uiMessages.keys.enter : uiMessages.keys.remove] as const]),
				...(view.last > 0 ? [['↑↓', uiMessages.keys.scroll] as const] : []),
				...(isOurs
					? []
					: ([
							['/', uiMessages.keys.filter],
							['Esc', wanted === '' ? uiMessages.keys.back : uiMessages.keys.clear],
						] as const)),
			];
	const title = say(uiMessages.screens.removal);
	if (isOurs) {
		return (
			<Frame title={title} keys={keys}>
				<Lines lines={[...view.lines, '', ...end]} />
			</Frame>
		);
	}

	if (!overview || (overview.owned.length === 0 && overview.past.kind === 'none')) {
		return (
			<Frame title={title} keys={[['Esc', uiMessages.keys.back]]}>
				<Lines lines={[say(words.nothing)]} />
			</Frame>
		);
	}

	const filter = filterLine(state.filter, say(words.lines(listed.length)), columns);
	const question = askLines(say(words.ask), name, columns);
	return (
		<Frame title={title} keys={keys}>
			<Lines
				lines={[
					...(filter === undefined ? head : [filter, ...head.slice(1).map(() => '')]),
					...view.lines.map(line => highlighted(line, wanted)),
					'',
					...question.map(line => paint.bold(line)),
				]}
			/>
		</Frame>
	);
}

/** Columns that the typed name needs beside the question; with less room it goes below. */
const roomForName = 16;

function askLines(ask: string, name: TextField, columns: number): string[] {
	return width(ask) + roomForName <= columns
		? [ask + fieldText(name, columns - width(ask))]
		: [...wrap(ask.trim(), columns), fieldText(name, columns)];
}

/** Resources that are removed, then those that stay. */
function listLines(overview: State['overview'], columns: number, say: (text: Text) => string): string[] {
	const line = (text: string) =>
		wrap(clean(text), columns - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`);
	const owned = overview?.owned ?? [];
	const kept = [...owned.filter(({stays}) => stays).map(one => resourceText(one)), ...(overview?.keeps ?? [])];
	return [
		...owned.filter(({stays}) => !stays).flatMap(one => line(say(resourceText(one)))),
		...line(`${say(sessionMessages.down.state)} ${overview?.stateDirectory ?? ''}`),
		...(kept.length > 0 ? [say(words.stays), ...kept.flatMap(text => line(say(text)))] : []),
	];
}
