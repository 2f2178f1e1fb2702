import type {ReactNode} from 'react';
import {uiMessages} from '../../messages/ui.ts';
import {workMessages} from '../../messages/ui-run.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {sign} from '../components/signs.ts';
import {clean, cut, fit, paint, wrap} from '../components/text.ts';
import {currentTasks} from './run-panes.ts';

const {verification: words} = workMessages;

/** The checks that follow the build, run from here; each result as it comes. */
export function Verification(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {job, run, texts} = state;
	const isOurs = job?.command === 'verify';
	useKeys((_, key) => {
		if (key.return && !wizard.work.isGoingOn) {
			wizard.work.start('verify');
		}
	});
	const results = !isOurs ? [] : [...run.units.values()].flatMap(unit => unit.rows.flatMap(({title, status, reason}) => [
		`${sign(status)} ${paint.bold(cut(title, columns - 14))} ${say(uiMessages.status[status])}`,
		...(reason ? wrap(clean(reason), columns - 4).map(line => `    ${line}`) : []),
		...(unit.failure && status === 'failed' ? unit.failure.lines.map(line => `    ${cut(clean(line), columns - 4)}`) : []),
	]));
	const output = isOurs ? [...wizard.store.logs.of('host').slice(-Infinity, Infinity)].slice(-6).map(({text}) => paint.dim(cut(`    ${clean(text)}`, columns))) : [];
	const end = !isOurs ? say(words.none) : job.isOver ? (job.code === 0 ? paint.green(say(words.good)) : paint.red(say(words.bad))) : say(words.running);
	const sentences = isOurs && job.isOver && job.code !== 0 && results.length === 0 ? texts.slice(-8).map(line => fit(clean(line), columns)) : [];
	return (
		<Frame title={say(uiMessages.screens.verification)} keys={[['Enter', words.run], ['Esc', uiMessages.keys.back]]}>
			<Lines lines={[...wrap(say(words.intro), columns), '', ...results, ...(isOurs && !job.isOver ? [...currentTasks(state, columns), ...output] : []), ...sentences, '', end].slice(-rows)}/>
		</Frame>
	);
}
