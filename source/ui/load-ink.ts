import type {ReactNode} from 'react';
import type {render} from 'ink';
import type {KeyQueue} from './key-queue.ts';

export interface InkOptions {
	readonly keys: KeyQueue;
	readonly output: NodeJS.WriteStream;
	readonly screenReader: boolean;
	/** Takes each frame whole; for a screen reader, what Ink would write. */
	readonly onFrame: (text: string) => void;
	/** A component threw: Ink shows nothing any more. */
	readonly onCrash: (error: unknown) => void;
}

/** Draws a component until the function that is returned is called. */
export type Mount = (node: ReactNode, options: InkOptions) => () => void;

/** Ink stays blank where it believes that nobody is looking; here it has a terminal. */
export async function loadInk(): Promise<Mount> {
	const kept = Object.entries(process.env).filter(([name]) => name === 'CI' || name === 'CONTINUOUS_INTEGRATION' || name.startsWith('CI_'));
	for (const [name] of kept) {
		delete process.env[name];
	}

	const ink = await import('ink');
	Object.assign(process.env, Object.fromEntries(kept));
	return (node, options) => mount(ink.render, node, options);
}

/**
 * Ink is asked for whole frames (`debug`) and draws none itself: its own incremental drawing (6.8) begins one row too low
 * unless a frame fills the screen, and a frame that does makes it clear everything each time.
 */
function mount(inkRender: typeof render, node: ReactNode, {keys, output, screenReader, onFrame, onCrash}: InkOptions): () => void {
	const write = (text: string, done?: () => void) => {
		// Its cursor is not needed.
		if (text !== '' && !/^\u001B\[\?25[hl]$/.test(text)) {
			onFrame(text);
		}

		done?.();
		return true;
	};

	// Nor is its own look at the size.
	const stdout = Object.create(output, {write: {value: write}, on: {value: () => output}, off: {value: () => output}}) as NodeJS.WriteStream;
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
