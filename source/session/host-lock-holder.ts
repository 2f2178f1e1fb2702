import type {ChildProcess} from 'node:child_process';
import {cleanText} from '../text/clean.ts';
import {parseHolder, runLockHolder, type LockHolder} from '../state/run-lock.ts';

/**
 * Environment variable with the lock's holder. The process outside a sandbox sets it for the one inside, which cannot
 * see the processes outside.
 */
const variable = 'CLUSTER_WIZARD_HOLDER';

/** Milliseconds between polls by the process outside. */
const interval = 1000;

/** Environment for the process inside. */
export function holderEnvironment(folder: string): NodeJS.ProcessEnv {
	return {[variable]: textOf(folder)};
}

/** Notifies the process inside whenever the holder of the lock changes. Returns a function that stops this. */
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

/** Last holder reported by the process outside; undefined before the first use. */
let told: string | undefined;

/** Returns the lock's holder, as last reported by the process outside; undefined if the lock is free. */
export function hostLockHolder(): LockHolder | undefined {
	if (told === undefined) {
		told = process.env[variable] ?? '';
		process.on('message', message => {
			if (
				typeof message === 'object' &&
				message !== null &&
				'holder' in message &&
				typeof message.holder === 'string'
			) {
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
