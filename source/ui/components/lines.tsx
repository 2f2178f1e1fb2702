import type {ReactNode} from 'react';
import {Text} from 'ink';

/** Lines that already fit the screen, as one text element: a frame with fewer elements is cheaper to render. */
export function Lines({lines}: {readonly lines: readonly string[]}): ReactNode {
	return lines.length === 0 ? null : <Text>{lines.map(line => (line === '' ? ' ' : line)).join('\n')}</Text>;
}
