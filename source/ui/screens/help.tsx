import {useState, type ReactNode} from 'react';
import {helpMessages} from '../help-messages.ts';
import {uiMessages} from '../../messages/screens.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame, keyName} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {paint, wrap} from '../components/text.ts';

/** Help on the screen behind it: purpose and keys. */
export function Help(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {screens} = state;
	const behind = screens.at(-1)!;
	const [from, setFrom] = useState(0);
	const {about, keys} = helpMessages.screens[behind];
	const rowsOf = (list: ReadonlyArray<readonly [string, typeof about]>) =>
		list.flatMap(([key, what]) =>
			wrap(say(what), columns - 18).map(
				(line, index) => `  ${paint.bold((index === 0 ? keyName(key, state.language) : '').padEnd(15))} ${line}`,
			),
		);
	const view = scrolled(
		[
			...wrap(say(about), columns),
			'',
			...rowsOf(keys),
			'',
			say(helpMessages.everywhere),
			...rowsOf(helpMessages.common),
		],
		from,
		rows,
	);
	useKeys((_, key) => {
		const scroll = view.last > 0 ? scrollKey(view, key) : undefined;
		if (scroll === undefined) {
			wizard.store.set({isHelpOpen: false});
		} else {
			setFrom(scroll);
		}
	});
	return (
		<Frame
			title={`${say(uiMessages.screens.help)} · ${say(uiMessages.screens[behind])}`}
			keys={[...(view.last > 0 ? [['↑↓', uiMessages.keys.scroll] as const] : []), ['Esc', uiMessages.keys.close]]}
		>
			<Lines lines={view.lines} />
		</Frame>
	);
}
