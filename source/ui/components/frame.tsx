import type {ReactNode} from 'react';
import {Box, Text, useIsScreenReaderEnabled} from 'ink';
import {uiMessages} from '../../messages/ui.ts';
import type {Text as Sentence} from '../../messages/text.ts';
import {isTyping} from '../state/store.ts';
import {bodySize, useWizard} from './context.tsx';
import {cut, paint, width} from './text.ts';

/** A key and what it does here. */
export type KeyHint = readonly [key: string, what: Sentence];

interface FrameProps {
	readonly title: string;
	readonly keys: readonly KeyHint[];
	readonly children: ReactNode;
}

/** Head, body and foot of every screen: where one is, and which keys do something. */
export function Frame({title, keys, children}: FrameProps): ReactNode {
	const {state, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const {overview, stopping, notice} = state;
	// While text is typed, ? is a part of it.
	const hints = isTyping(state) ? keys : [...keys, ['?', uiMessages.keys.help] as const];
	const sentence = stopping === 'no' ? notice : say(uiMessages.stopping[stopping]);
	return (
		<Box flexDirection="column" width={columns} height={isRead ? undefined : rows + 3}>
			<Text>{head(`cluster-wizard${overview ? ` · ${overview.name}` : ''} · ${title}`, columns)}</Text>
			<Text aria-hidden>{paint.dim('─'.repeat(columns))}</Text>
			<Box flexDirection="column" height={isRead ? undefined : rows} width={columns} overflow="hidden">{children}</Box>
			<Text>{sentence === undefined ? foot(hints.map(([key, what]) => [key, say(what)]), columns) : paint.yellow(cut(sentence, columns))}</Text>
		</Box>
	);
}

function head(text: string, columns: number): string {
	return paint.bold(cut(text, columns));
}

/** As many keys as fit; help comes last and always fits. */
function foot(hints: ReadonlyArray<readonly [string, string]>, columns: number): string {
	const parts = [...hints];
	const plain = () => parts.map(([key, what]) => `${key} ${what}`).join('  ');
	while (parts.length > 1 && width(plain()) > columns) {
		parts.splice(-2, 1);
	}

	return parts.map(([key, what]) => `${paint.bold(key)} ${what}`).join('  ');
}
