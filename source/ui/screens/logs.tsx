import {useState, type ReactNode} from 'react';
import {libraryMessages as words} from '../../messages/library.ts';
import {uiMessages} from '../../messages/screens.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {filterLine} from '../components/filter-line.ts';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {hiddenCounts, firstVisibleRow} from '../components/scroll.ts';
import {clean, cut, padOrTruncate, paint, localDateTime, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {highlighted, matcher} from '../state/filter.ts';

interface Row {
	readonly text: string;
	readonly open: () => Promise<void>;
}

/** Logs screen: the nodes' journals and the log files of all runs; Enter shows one in the user's pager. */
export function Logs(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const [files] = useState(() => wizard.logs());
	const [chosen, setChosen] = useState(0);
	const {wanted, take} = useFilter(() => {
		setChosen(0);
	});
	const all: readonly Row[] = [
		...(state.overview?.nodes ?? []).map(({name}): Row => ({
			text: say(words.journal(name)),
			open: async () => wizard.programs.journal(name),
		})),
		...files.map(({name, path, at, size}): Row => ({
			text: `${localDateTime(new Date(at).toISOString())}  ${padOrTruncate(clean(name), 28)} ${say(words.size(Math.ceil(size / 1024)))}`,
			open: async () => wizard.programs.file(path),
		})),
	];
	const shown = all.filter(({text}) => matcher(wanted)(text));
	const current = Math.max(0, Math.min(chosen, shown.length - 1));
	const head = wrap(say(words.about), columns).map(line => paint.dim(line));
	const filtering = filterLine(state.filter, say(words.count(shown.length, all.length)), columns);
	const height = rows - head.length - 1;
	const top = firstVisibleRow(current, shown.length, height);
	useKeys((input, key) => {
		if (take(input, key)) {
			return;
		}

		const by = key.home
			? -Infinity
			: key.end
				? Infinity
				: key.upArrow
					? -1
					: key.downArrow
						? 1
						: key.pageUp
							? -height
							: key.pageDown
								? height
								: 0;
		if (by !== 0) {
			setChosen(Math.max(0, Math.min(shown.length - 1, current + by)));
		} else if (key.return) {
			void shown[current]?.open();
		}
	});
	const keys: KeyHint[] = state.filter.isTyping
		? [
				['Enter', uiMessages.keys.keep],
				['Esc', uiMessages.keys.clear],
			]
		: [
				['↑↓', uiMessages.keys.arrows],
				['Enter', uiMessages.keys.open],
				['/', uiMessages.keys.filter],
				['Esc', wanted === '' ? uiMessages.keys.back : uiMessages.keys.clear],
			];
	const lines = shown.slice(top, top + height).map(({text}, index) => {
		const line = highlighted(cut(text, columns - 2), wanted);
		return top + index === current ? `› ${paint.bold(line)}` : `  ${line}`;
	});
	return (
		<Frame title={say(uiMessages.screens.logs)} keys={keys}>
			<Lines
				lines={[
					...(filtering === undefined ? head : [filtering, ...head.slice(1).map(() => '')]),
					...(lines.length > 0 ? lines : [say(words.none)]),
					paint.dim(hiddenCounts(top, Math.max(0, shown.length - top - height))),
				]}
			/>
		</Frame>
	);
}
