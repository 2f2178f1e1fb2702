import {useState, type ReactNode} from 'react';
import {uiMessages} from '../../messages/ui.ts';
import {workMessages} from '../../messages/ui-run.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {clean, cut, paint, wrap} from '../components/text.ts';

const {removal: words} = workMessages;

/** The list of what would go and what would stay; the cluster's name has to be typed. */
export function Removal(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const {overview, job, texts} = state;
	const [typed, setTyped] = useState('');
	const isOurs = job?.command === 'down';
	useKeys((input, key) => {
		if (wizard.work.isGoingOn) {
			return;
		}

		if (isOurs) {
			if (key.return) {
				wizard.navigation.home(...(state.isStartingOver && job.code === 0 ? ['preflight' as const] : []));
			}
		} else if (key.return && overview && typed === overview.name) {
			wizard.work.start('down', ['--yes']);
		} else if (key.backspace || key.delete) {
			setTyped(text => text.slice(0, -1));
		} else if (!key.ctrl && !key.meta && !key.return) {
			setTyped(text => (text + input).slice(0, 40));
		}
	});
	const keys = [['Enter', uiMessages.keys.enter] as const, ...(isOurs ? [] : [['Esc', uiMessages.keys.back] as const])];
	const title = say(uiMessages.screens.removal);
	if (isOurs) {
		const end = job.isOver ? (job.code === 0 ? paint.green(say(words.done)) : paint.red(say(words.failed(job.code ?? 1)))) : say(words.working);
		const said = texts.flatMap(line => wrap(clean(line), columns)).slice(-(rows - 2));
		return <Frame title={title} keys={job.isOver ? keys : []}><Lines lines={[...said, '', end].slice(-rows)}/></Frame>;
	}

	if (!overview || (overview.owned.length === 0 && overview.past.kind === 'none')) {
		return <Frame title={title} keys={keys}><Lines lines={[say(words.nothing)]}/></Frame>;
	}

	const goes = overview.owned.filter(({stays}) => !stays).map(({kind, name}) => cut(`  ${kind} ${name}`, columns));
	const stays = overview.owned.filter(({stays}) => stays).map(({kind, name}) => cut(`  ${kind} ${name}`, columns));
	const room = rows - 6 - Math.min(stays.length, 4) - (stays.length > 0 ? 1 : 0);
	return (
		<Frame title={title} keys={keys}>
			<Lines lines={[
				...wrap(say(words.intro), columns), ...some(goes, room, say),
				cut(`  ${say(words.state)} ${overview.stateDirectory}`, columns),
				...(stays.length > 0 ? [say(words.stays), ...some(stays, 4, say)] : []),
				'', `${paint.bold(cut(`${say(words.ask)}${typed}█`, columns))}`,
			]}/>
		</Frame>
	);
}

function some(lines: readonly string[], room: number, say: ReturnType<typeof useWizard>['say']): string[] {
	return lines.length <= room ? [...lines] : [...lines.slice(0, room - 1), `  ${say(words.more(lines.length - room + 1))}`];
}
