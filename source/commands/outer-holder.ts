import type {ChildProcess} from 'node:child_process';
import {cleanText} from '../text/clean.ts';
import {parseHolder, runLockHolder, type LockHolder} from '../state/run-lock.ts';

/** The environment variable by which the part outside a sandbox tells the part inside, which does not see its processes, who holds the lock. */
const variable = 'CLUSTER_WIZARD_HOLDER';

/** Milliseconds between two looks of the part outside. */
const interval = 1000;

/** Environment of the part inside. */
export function holderEnvironment(folder: string): NodeJS.ProcessEnv {
	return {[variable]: textOf(folder)};
}

/** Tells the part inside each time another process holds the lock, or none. Returns a function that ends it. */
export function tellHolder(inside: ChildProcess, folder: string): () => void {
	let last = textOf(folder);
	const timer = setInterval(() => {
		const text = textOf(folder);
		if (text !== last) {
			last = text;
			inside.send({holder: text}, () => {});
		}
	}, interval).unref();
	return () => {
		clearInterval(timer);
	};
}

/** The last that the part outside has told; undefined before it was asked for. */
let told: string | undefined;

/** The holder that the part outside has told last; undefined where nobody holds the lock. */
export function outerHolder(): LockHolder | undefined {
	if (told === undefined) {
		told = process.env[variable] ?? '';
		process.on('message', message => {
			if (typeof message === 'object' && message !== null && 'holder' in message && typeof message.holder === 'string') {
				told = message.holder;
			}
		});
	}

	return told === '' ? undefined : parseHolder(cleanText(told));
}

function textOf(folder: string): string {
	const holder = runLockHolder(folder);
	return holder ? JSON.stringify(holder) : '';
}
