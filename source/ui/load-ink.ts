import type {ReactNode} from 'react';
import type {render} from 'ink';
import type {KeyQueue} from './key-queue.ts';

export interface InkOptions {
	readonly keys: KeyQueue;
	readonly output: NodeJS.WriteStream;
	readonly screenReader: boolean;
	/** Is called with each whole frame; for a screen reader, with all that Ink writes. */
	readonly onFrame: (text: string) => void;
	/** Is called when a component threw; Ink renders nothing from then on. */
	readonly onCrash: (error: unknown) => void;
}

/** Renders a component; the returned function unmounts it. */
export type RenderInk = (node: ReactNode, options: InkOptions) => () => void;

/** Imports Ink with the variables of CI systems hidden: with them Ink may write nothing but its last frame. */
export async function loadInk(): Promise<RenderInk> {
	const kept = Object.entries(process.env).filter(
		([name]) => name === 'CI' || name === 'CONTINUOUS_INTEGRATION' || name.startsWith('CI_'),
	);
	for (const [name] of kept) {
		delete process.env[name];
	}

	const ink = await import('ink');
	Object.assign(process.env, Object.fromEntries(kept));
	return (node, options) => mount(ink.render, node, options);
}

/**
 * Makes Ink pass whole frames (`debug`) to `onFrame` instead of drawing. Its own incremental drawing (6.8) begins one row
 * too low unless a frame fills the screen, and clears the screen each time if a frame fills it.
 */
function mount(
	inkRender: typeof render,
	node: ReactNode,
	{keys, output, screenReader, onFrame, onCrash}: InkOptions,
): () => void {
	const write = (text: string, done?: () => void) => {
		// Drops the sequences with which Ink hides and shows the cursor.
		// An empty frame is one as well: a terminal with a single column shows nothing.
		if ((text !== '' || !screenReader) && !/^\u001B\[\?25[hl]$/.test(text)) {
			onFrame(text);
		}

		done?.();
		return true;
	};

	// Hides resize events from Ink: Terminal handles them.
	const stdout = Object.create(output, {
		write: {value: write},
		on: {value: () => output},
		off: {value: () => output},
	}) as NodeJS.WriteStream;
	const {unmount, waitUntilExit} = inkRender(node, {
		stdin: keys as unknown as NodeJS.ReadStream,
		stdout,
		exitOnCtrlC: false,
		patchConsole: false,
		debug: !screenReader,
		isScreenReaderEnabled: screenReader,
	});
	waitUntilExit().catch(onCrash);
	return unmount;
}
