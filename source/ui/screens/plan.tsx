import {useEffect, useState, type ReactNode} from 'react';
import {sessionMessages} from '../../messages/session.ts';
import {beginMessages} from '../../messages/ui-begin.ts';
import {uiMessages} from '../../messages/ui.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {chapterRows} from '../components/chapters.ts';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {sign} from '../components/signs.ts';
import {clean, cut, fit, paint, width, wrap} from '../components/text.ts';

const {plan: words} = beginMessages;

/** What will be done, and what will come into being on the host. Nothing is changed before it is accepted. */
export function Plan(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {overview, run, now, language, job, texts} = state;
	const [top, setTop] = useState(0);
	useEffect(() => {
		wizard.preview();
		return () => {
			void wizard.endPreview();
		};
	}, [wizard]);
	const isRefused = job?.isOver === true && job.code !== 0;
	// The dry run says what of the user's own pages is left out.
	const notes = job?.command === 'plan' && !isRefused ? texts.flatMap(line => wrap(clean(line), columns)).map(line => paint.yellow(line)) : [];
	const chapters = overview === undefined ? [] : chapterRows(overview.units, run, now, language).flatMap(({step, chapter, title, status}) => {
		const ofStep = overview.units.filter(unit => unit.step === step);
		const made = [...new Set(ofStep.flatMap(({creates}) => creates.map(({kind, name}) => `${kind} ${name}`)))];
		const state = status === 'waiting' ? '' : say(uiMessages.status[status]);
		const right = ` ${say(words.tasks(ofStep.reduce((sum, {tasks}) => sum + tasks, 0)))} ${fit(state, 10)}`;
		return [
			`${sign(status)} ${paint.bold(fit(`${chapter} ${title}`, columns - 2 - width(right)))}${paint.dim(right)}`,
			...(made.length > 0 ? wrap(`${say(words.makes)} ${made.join(', ')}`, columns - 6).map(line => `    ${paint.dim(line)}`) : []),
		];
	});
	const lines = [...notes, ...(notes.length > 0 ? [''] : []), ...chapters];
	const foot = [
		...wrap(say(words.packages), columns),
		...(overview?.joins === undefined ? [] : wrap(say(sessionMessages.joinsGroups(overview.joins)), columns)),
		...(isRefused && texts.length > 0 ? texts.slice(-3).map(line => paint.red(cut(line, columns))) : []),
		paint.bold(cut(say(words.accept), columns)),
	];
	const height = rows - 2 - foot.length - 1;
	const last = Math.max(0, lines.length - height);
	useKeys((input, key) => {
		const move = key.downArrow ? 1 : key.upArrow ? -1 : key.pageDown ? height : key.pageUp ? -height : 0;
		if (move !== 0) {
			setTop(Math.max(0, Math.min(last, top + move)));
		} else if (key.return) {
			void wizard.build();
		}
	});
	const looking = job && !job.isOver ? say(words.looking) : '';
	return (
		<Frame title={`${say(uiMessages.screens.plan)} ${looking}`} keys={[['Enter', uiMessages.keys.accept], ['↑↓', uiMessages.keys.scroll], ['Esc', uiMessages.keys.back]]}>
			<Lines lines={[...wrap(say(words.intro), columns).slice(0, 2), ...lines.slice(Math.min(top, last), Math.min(top, last) + height), '', ...foot]}/>
		</Frame>
	);
}
