import type {ReactNode} from 'react';
import {Box, Text, useIsScreenReaderEnabled} from 'ink';
import type {Language, Text as Sentence} from '../../languages/text.ts';
import {uiMessages} from '../../messages/screens.ts';
import {isTyping} from '../state/store.ts';
import {bodySize, footHeight, messageLines, useWizard} from './context.tsx';
import {cut, paint, width} from './text.ts';

/** A key and what it does here. */
export type KeyHint = readonly [key: string, what: Sentence];

interface FrameProps {
	readonly title: string;
	readonly keys: readonly KeyHint[];
	readonly children: ReactNode;
}

/** The frame of every screen: a head with the title, the body, and a foot with the message and the key hints. */
export function Frame({title, keys, children}: FrameProps): ReactNode {
	const {state, say} = useWizard();
	const isRead = useIsScreenReaderEnabled();
	const {columns, rows} = bodySize(state);
	const message = messageLines(state, columns);
	// While the user types text, `?` is a character and does not open the help.
	const hints = isTyping(state)
		? keys
		: [...(state.notice === undefined ? keys : keys.map(hint => closing(hint))), ['?', uiMessages.keys.help] as const];
	return (
		<Box flexDirection="column" width={columns} height={isRead ? undefined : rows + 2 + footHeight(state, columns)}>
			<Text>{paint.bold(head(title, state.overview?.name, columns))}</Text>
			<Text aria-hidden>{paint.dim('─'.repeat(columns))}</Text>
			<Box flexDirection="column" height={isRead ? undefined : rows} width={columns} overflow="hidden">
				{children}
			</Box>
			<Text>
				{[
					...message.map(line => paint.yellow(line)),
					...(state.stopping === 'no'
						? [
								foot(
									hints.map(([key, what]) => [key, keyName(key, state.language), say(what)]),
									columns,
								),
							]
						: []),
				].join('\n')}
			</Text>
		</Box>
	);
}

/** While a message is shown, Esc closes the message instead of the screen. */
function closing([key, what]: KeyHint): KeyHint {
	return [key, what === uiMessages.keys.back ? uiMessages.keys.close : what];
}

/** Program, cluster and title; drops the program, then the cluster, if they do not fit. */
function head(title: string, name: string | undefined, columns: number): string {
	const parts = ['cluster-wizard', ...(name === undefined ? [] : [name]), title];
	return (
		[parts, parts.slice(1)].map(shown => shown.join(' · ')).find(text => width(text) <= columns) ?? cut(title, columns)
	);
}

/** Keys that continue, leave or open the help: `foot` drops their labels last. */
const lastingKeys = new Set(['Enter', 'Esc', 'Ctrl-C', '?']);

/** Keys that explain themselves: `foot` drops their labels first. */
const plainKeys = new Set(['↑↓', '←→', 'PgDn', 'Tab', '/']);

/** Keys such as `Enter PgUp`, named as on keyboards of this language. */
export function keyName(key: string, language: Language): string {
	return key
		.split(' ')
		.map(part => uiMessages.keyNames[part as keyof typeof uiMessages.keyNames]?.[language] ?? part)
		.join(' ');
}

/**
 * All keys in one line. Where it is too narrow, labels are dropped one by one: first those of keys that explain
 * themselves, last those that continue, leave or open the help, which lists all keys with their labels.
 */
function foot(hints: ReadonlyArray<readonly [key: string, name: string, what: string]>, columns: number): string {
	const parts = hints.map(([key, name, what]) => ({key, name, what}));
	const plain = () => parts.map(({name, what}) => (what === '' ? name : `${name} ${what}`)).join('  ');
	while (width(plain()) > columns) {
		const labelled = parts.filter(({what}) => what !== '');
		const next =
			labelled.find(({key}) => plainKeys.has(key)) ??
			labelled.findLast(({key}) => !lastingKeys.has(key)) ??
			labelled[0];
		if (!next) {
			break;
		}

		next.what = '';
	}

	return parts.map(({name, what}) => (what === '' ? paint.bold(name) : `${paint.bold(name)} ${what}`)).join('  ');
}
