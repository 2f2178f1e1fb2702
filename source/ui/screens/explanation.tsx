import {stripVTControlCharacters} from 'node:util';
import {useState, type ReactNode} from 'react';
import {libraryMessages as words} from '../../messages/library.ts';
import {workMessages} from '../../messages/work.ts';
import {uiMessages} from '../../messages/screens.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {filterLine} from '../components/filter-line.ts';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {markdownLines} from '../components/markdown.ts';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {paint, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {findLine, highlighted, matcher} from '../state/filter.ts';

/** A chapter without its heading if that is the title already shown above it. */
function withoutTitle(text: string, title: string): string {
	const [first = '', ...rest] = text.split('\n');
	return first.replace(/^#+ /, '') === title ? rest.join('\n').trimStart() : text;
}

/** Explanation screen: the chapters of the steps that run on a node, one at a time. */
export function Explanation(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const [top, setTop] = useState(0);
	const {reading, overview, language} = state;
	const units = overview?.units.filter(({host}) => host === reading?.node) ?? [];
	const steps = [...new Set(units.map(({step}) => step))];
	const index = Math.max(0, Math.min(reading?.chapter ?? 0, steps.length - 1));
	const step = steps[index];
	const unit = units.find(unit => unit.step === step);
	const text = step === undefined ? undefined : wizard.backend.chapter(step, language);
	const lines =
		text === undefined
			? wrap(say(workMessages.run.noChapter(step ?? reading?.node ?? '')), columns)
			: markdownLines(withoutTitle(text, unit ? say(unit.title) : ''), columns);
	const search = (wanted: string, from: number, direction: -1 | 1) => {
		const found =
			wanted === ''
				? undefined
				: findLine(
						{start: 0, end: lines.length, at: number => stripVTControlCharacters(lines[number]!)},
						wanted,
						from,
						direction,
					);
		setTop(found ?? view.top);
	};

	const {wanted, take} = useFilter(wanted => {
		search(wanted, view.top, 1);
	});
	const matches = matcher(wanted);
	const head = wrap(unit ? `${unit.chapter} ${say(unit.title)}` : '', columns);
	const view = scrolled(
		lines.map(line => highlighted(line, wanted)),
		top,
		rows - head.length - 1,
	);
	useKeys((input, key) => {
		if (take(input, key)) {
			return;
		}

		const scroll = scrollKey(view, key);
		if (scroll !== undefined) {
			setTop(scroll);
		} else if (wanted !== '' && (input === 'n' || input === 'N')) {
			search(wanted, view.top + (input === 'n' ? 1 : -1), input === 'n' ? 1 : -1);
		} else if ((key.tab || key.rightArrow || key.leftArrow) && reading && steps.length > 0) {
			const back = key.leftArrow || key.shift;
			wizard.store.set({reading: {...reading, chapter: (index + (back ? steps.length - 1 : 1)) % steps.length}});
			setTop(0);
		}
	});
	const keys: KeyHint[] = state.filter.isTyping
		? [
				['Enter', uiMessages.keys.keep],
				['Esc', uiMessages.keys.clear],
			]
		: [
				['↑↓', uiMessages.keys.scroll],
				['←→', words.chapter],
				...(wanted === '' ? [['/', uiMessages.keys.search] as const] : [['n N', uiMessages.keys.next] as const]),
				['Esc', wanted === '' ? uiMessages.keys.back : uiMessages.keys.clear],
			];
	const count = wanted === '' ? 0 : lines.filter(line => matches(stripVTControlCharacters(line))).length;
	return (
		<Frame
			title={`${say(uiMessages.screens.explanation)} · ${reading?.node ?? ''} ${index + 1}/${Math.max(1, steps.length)}`}
			keys={keys}
		>
			<Lines
				lines={[
					filterLine(state.filter, say(workMessages.run.lines(count)), columns) ?? paint.dim(head[0]!),
					...head.slice(1).map(line => paint.dim(line)),
					'',
					...view.lines,
				]}
			/>
		</Frame>
	);
}
