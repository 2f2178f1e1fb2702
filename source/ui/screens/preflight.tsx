import {useEffect, useState, type ReactNode} from 'react';
import {beginMessages} from '../../messages/ui-begin.ts';
import {uiMessages} from '../../messages/ui.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {sign} from '../components/signs.ts';
import {cut, paint, wrap} from '../components/text.ts';

const {preflight: words} = beginMessages;

/** Each check of the host with its result; for the chosen one its reason and what to do. */
export function Preflight(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {checks, trouble} = state;
	const [chosen, setChosen] = useState<number>();
	const bad = checks.rows.findIndex(({status}) => status !== 'ok');
	const current = Math.min(chosen ?? Math.max(bad, 0), Math.max(checks.rows.length - 1, 0));
	useEffect(() => {
		const controller = new AbortController();
		void wizard.preparation.checkHost(controller.signal);
		return () => {
			controller.abort();
		};
	}, [wizard]);
	useKeys((input, key) => {
		if (key.upArrow || key.downArrow) {
			setChosen(Math.max(0, Math.min(checks.rows.length - 1, current + (key.upArrow ? -1 : 1))));
		} else if (key.return && checks.isOver && bad === -1) {
			wizard.go('plan');
		} else if (input === 'a') {
			wizard.go('answers');
		} else if (input === 'r' && checks.isOver) {
			setChosen(undefined);
			void wizard.preparation.checkHost(new AbortController().signal);
		}
	});
	const detail = checks.rows[current];
	const list = checks.rows.map(({title, status}, index) => {
		const text = cut(title, columns - 4);
		return `${index === current ? '›' : ' '} ${sign(status)} ${index === current ? paint.bold(text) : text}`;
	});
	const below = detail && detail.status !== 'ok'
		? [...wrap(detail.reason ?? say(uiMessages.status[detail.status]), columns).map(line => paint.red(line)), ...(detail.advice ? ['', ...wrap(`${say(words.fix)}: ${detail.advice}`, columns)] : [])]
		: [];
	const end = trouble ? wrap(trouble, columns).map(line => paint.red(line)) : checks.isOver ? wrap(say(bad === -1 ? words.good : words.bad), columns).map(line => paint.bold(line)) : [say(words.checking)];
	return (
		<Frame title={say(uiMessages.screens.preflight)} keys={[...(checks.isOver && bad === -1 ? [['Enter', uiMessages.keys.enter] as const] : []), ['↑↓', uiMessages.keys.arrows], ['r', uiMessages.keys.again], ['a', uiMessages.keys.answers], ['Esc', uiMessages.keys.back]]}>
			<Lines lines={[say(words.intro), '', ...list, '', ...below, ...(below.length > 0 ? [''] : []), ...end].slice(0, rows)}/>
		</Frame>
	);
}
