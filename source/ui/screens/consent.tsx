import {useState, type ReactNode} from 'react';
import {sessionMessages} from '../../session/messages.ts';
import {consentMessages as words, isYes} from '../../session/consent-messages.ts';
import {uiMessages} from '../../messages/screens.ts';
import {bodySize, useKeys, useWizard} from '../components/context.tsx';
import {fieldText} from '../components/filter-line.ts';
import {Frame} from '../components/frame.tsx';
import {Lines} from '../components/lines.tsx';
import {scrolled, scrollKey} from '../components/scroll.ts';
import {clean, paint, wrap} from '../components/text.ts';
import {applyKey} from '../state/text-field.ts';

/** Most characters of an answer; a cluster's name has at most 32. */
const longest = 34;

/** Shows an action and its cost to clients. The user agrees with the exact word for yes, or with the cluster's name. */
export function ConsentScreen(): ReactNode {
	const {state, wizard, say} = useWizard();
	const {columns, rows} = bodySize(state);
	const [from, setFrom] = useState(0);
	const {consent, language} = state;
	const question = wrap(
		say(consent?.name === undefined ? words.ask : sessionMessages.confirmName(consent.name)).trim(),
		columns - longest - 1,
	);
	const view = scrolled(
		consent?.lines.flatMap(line => indented(clean(line), columns)) ?? [],
		from,
		rows - question.length - 1,
	);
	useKeys((input, key) => {
		// Reads the store, which includes keys typed since the last frame.
		const {consent: asked} = wizard.store.get();
		const top = scrollKey(view, {...key, home: false, end: false});
		if (!asked) {
			return;
		}

		const isAgreed =
			asked.name === undefined ? isYes(asked.answer.text, language) : asked.answer.text.trim() === asked.name;
		if (key.return && isAgreed) {
			wizard.store.set({consent: undefined});
			asked.run();
		} else if (key.return || key.escape) {
			wizard.store.set({consent: undefined, notice: say(sessionMessages.declined)});
		} else if (top === undefined) {
			wizard.store.set({consent: {...asked, answer: applyKey(asked.answer, input, key, longest)}});
		} else {
			setFrom(top);
		}
	});
	return (
		consent && (
			<Frame
				title={consent.title}
				keys={[
					['Enter', words.answer],
					...(view.last > 0 ? [['↑↓', uiMessages.keys.scroll] as const] : []),
					['Esc', words.no],
				]}
			>
				<Lines
					lines={[
						...view.lines,
						'',
						...question.slice(0, -1).map(line => paint.bold(line)),
						`${paint.bold(question.at(-1)!)} ${fieldText(consent.answer, longest)}`,
					]}
				/>
			</Frame>
		)
	);
}

/** Wraps a line; an item of a list keeps its indentation. */
function indented(line: string, columns: number): string[] {
	return line.startsWith('  ')
		? wrap(line.trim(), columns - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}`)
		: wrap(line, columns);
}
