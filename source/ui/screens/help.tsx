import type {ReactNode} from 'react';
import {helpMessages} from '../../messages/ui-help.ts';
import {uiMessages} from '../../messages/ui.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {paint, wrap} from '../components/text.ts';

/** What the screen behind it is for, and its keys. */
export function Help(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {screens} = state;
	const behind = screens.at(-1)!;
	useKeys(() => {
		wizard.store.set({isHelpOpen: false});
	});
	const {about, keys} = helpMessages.screens[behind];
	const rowsOf = (list: ReadonlyArray<readonly [string, typeof about]>) => list.flatMap(([key, what]) => wrap(say(what), columns - 16).map((line, index) => `  ${paint.bold((index === 0 ? key : '').padEnd(13))} ${line}`));
	return (
		<Frame title={`${say(uiMessages.screens.help)} · ${say(uiMessages.screens[behind])}`} keys={[['Esc', uiMessages.keys.close]]}>
			<Lines lines={[...wrap(say(about), columns), '', ...rowsOf(keys), '', say(helpMessages.everywhere), ...rowsOf(helpMessages.common)].slice(0, rows)}/>
		</Frame>
	);
}
