import type {ReactNode} from 'react';
import {Text} from 'ink';

/** Lines that already have the right width, as one text: the fewer elements, the cheaper a frame. */
export function Lines({lines}: {readonly lines: readonly string[]}): ReactNode {
	return lines.length === 0 ? null : <Text>{lines.map(line => line === '' ? ' ' : line).join('\n')}</Text>;
}
