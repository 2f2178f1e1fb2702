import {stripVTControlCharacters} from 'node:util';
import {useEffect, useState, type ReactNode} from 'react';
import {resourceText} from '../../engine/resource-names.ts';
import {sessionMessages} from '../../session/messages.ts';
import {durationMessages} from '../../session/duration-messages.ts';
import {approximateDuration} from '../../languages/quantity.ts';
import {beginMessages} from '../../messages/begin.ts';
import {uiMessages} from '../../messages/screens.ts';
import {workMessages} from '../../messages/work.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {chapterRows} from '../components/chapters.ts';
import {filterLine} from '../components/filter-line.ts';
import {Frame, type KeyHint} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {planRows} from '../components/plan-rows.ts';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {sign} from '../components/status-signs.ts';
import {clean, padOrTruncate, wrapHanging, paint, width, wrap} from '../components/text.ts';
import {useFilter} from '../components/use-filter.ts';
import {askBuild} from '../harmful-actions.ts';
import {findLine, highlighted, matcher} from '../state/filter.ts';
import type {State} from '../state/store.ts';

const {plan: words} = beginMessages;

/** Fewest rows of a screen that shows the legend. */
const leastLegendRows = 20;

/** Plan screen: what the build will do and create on the host. Nothing is changed before the user accepts it. */
export function Plan(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {overview, run, now, language, job, texts} = state;
	const [top, setTop] = useState(0);
	const {wanted, take} = useFilter();
	useEffect(() => {
		wizard.preview();
		return () => {
			void wizard.endPreview();
		};
	}, [wizard]);
	const isRefused = job?.isOver === true && job.code !== 0;
	/** The screen on which the user can resolve the refusal. */
	const refusedAt = refusalOf(job);
	// The dry run prints which of the user's pages are left out, and why `up` would refuse the answers.
	const notes =
		job?.command === 'plan'
			? texts
					.flatMap(line => wrap(clean(line), columns))
					.map(line => (isRefused ? paint.red(line) : paint.yellow(line)))
			: [];
	const planned = run.plan?.summary ? [...planRows(run.plan.changes, run.plan.summary, columns, language), ''] : [];
	// Figures of the dry run or, until it has finished, of the overview.
	const figures = isRefused ? undefined : (run.plan?.summary ?? overview?.figures);
	const expected = new Map(figures?.chapters.map(({step, seconds}) => [step, seconds]));
	const chapters =
		overview === undefined || refusedAt === 'answers'
			? []
			: chapterRows(overview.units, run, now, language).flatMap(({step, chapter, title, status}) => {
					const ofStep = overview.units.filter(unit => unit.step === step);
					// A chapter that is done creates nothing more.
					const made =
						status === 'ok'
							? []
							: [...new Set(ofStep.flatMap(({creates}) => creates.map(resource => say(resourceText(resource)))))];
					const state = status === 'waiting' ? '' : say(uiMessages.status[status]);
					const seconds = expected.get(step);
					const takes = seconds === undefined ? '' : ` · ${say(approximateDuration(seconds))}`;
					const right = ` ${say(words.tasks(ofStep.reduce((sum, {tasks}) => sum + tasks, 0)))}${takes} ${padOrTruncate(state, 10)}`;
					return [
						...titleLines(`${chapter} ${title}`, columns - 2 - width(right)).map(
							(line, index) =>
								`${index === 0 ? sign(status) : ' '} ${paint.bold(line)}${index === 0 ? paint.dim(right) : ''}`,
						),
						...(made.length > 0
							? wrap(`${say(words.makes)} ${made.join(', ')}`, columns - 6).map(line => `    ${paint.dim(line)}`)
							: []),
					];
				});
	const lines = [...notes, ...(notes.length > 0 ? [''] : []), ...planned, ...chapters];
	const foot = refusedAt
		? [paint.bold(say(refusedAt === 'answers' ? words.toAnswers : words.toHost))]
		: [
				...(figures?.seconds === undefined
					? []
					: wrap(say(durationMessages.figures(figures.seconds, figures)), columns)),
				...(run.units.get('packages')?.status === 'ok' ? [] : wrap(say(words.packages), columns)),
				...(overview?.joins === undefined ? [] : wrap(say(sessionMessages.joinsGroups(overview.joins)), columns)),
				...wrap(say(words.accept), columns).map(line => paint.bold(line)),
			];
	// A small terminal has no room for the legend; the help explains the signs as well.
	const legend =
		refusedAt || rows < leastLegendRows ? [] : wrap(say(words.legend), columns).map(line => paint.dim(line));
	const intro = wrap(
		say(refusedAt ? words.refused : overview?.past.kind === 'built' ? words.again : words.intro),
		columns,
	).concat(legend);
	const view = scrolled(
		lines.map(line => highlighted(line, wanted)),
		top,
		rows - intro.length - foot.length - 1,
	);
	const search = (text: string, from: number, direction: -1 | 1) => {
		const plain = {start: 0, end: lines.length, at: (number: number) => stripVTControlCharacters(lines[number]!)};
		// Past the last match it begins again at the other end.
		const found =
			text === ''
				? undefined
				: (findLine(plain, text, from, direction) ??
					findLine(plain, text, direction === 1 ? 0 : lines.length - 1, direction));
		setTop(found ?? view.top);
	};

	useKeys((input, key) => {
		const scroll = scrollKey(view, key);
		if (take(input, key)) {
			search(wizard.store.get().filter.field.text, view.top, 1);
		} else if (scroll !== undefined) {
			setTop(scroll);
		} else if (wanted !== '' && (input === 'n' || input === 'N')) {
			search(wanted, view.top + (input === 'n' ? 1 : -1), input === 'n' ? 1 : -1);
		} else if (key.return) {
			goOn();
		}
	});
	const goOn = () => {
		if (refusedAt === 'answers') {
			void wizard.answers.openRefused(texts);
		} else if (refusedAt === 'preflight') {
			wizard.navigation.go('preflight');
		} else {
			askBuild(wizard);
		}
	};

	const matches = matcher(wanted);
	const count = wanted === '' ? 0 : lines.filter(line => matches(stripVTControlCharacters(line))).length;
	const head = filterLine(state.filter, say(workMessages.run.lines(count)), columns);
	const keys: KeyHint[] = state.filter.isTyping
		? [
				['Enter', uiMessages.keys.keep],
				['Esc', uiMessages.keys.clear],
			]
		: [
				[
					'Enter',
					refusedAt === 'answers'
						? uiMessages.keys.answers
						: refusedAt
							? uiMessages.keys.enter
							: uiMessages.keys.accept,
				],
				['↑↓', uiMessages.keys.scroll],
				...(wanted === '' ? [['/', uiMessages.keys.search] as const] : [['n N', uiMessages.keys.next] as const]),
				['Esc', wanted === '' ? uiMessages.keys.back : uiMessages.keys.clear],
			];
	const looking = job && !job.isOver ? ` · ${say(words.looking)}` : '';
	return (
		<Frame title={`${say(uiMessages.screens.plan)}${looking}`} keys={keys}>
			<Lines
				lines={[...(head === undefined ? intro : [head, ...intro.slice(1).map(() => '')]), ...view.lines, '', ...foot]}
			/>
		</Frame>
	);
}

/** The screen on which the user can resolve a refusal by the dry run. 2 and 3 are exit codes of `plan`. */
function refusalOf(job: State['job']): 'answers' | 'preflight' | undefined {
	return job?.command !== 'plan' || !job.isOver
		? undefined
		: job.code === 2
			? 'answers'
			: job.code === 3
				? 'preflight'
				: undefined;
}

/** Wraps a title; the first line is padded to exactly this many columns. */
function titleLines(title: string, columns: number): string[] {
	const [first = '', ...rest] = wrapHanging(title, columns);
	return [padOrTruncate(first, columns), ...rest];
}
