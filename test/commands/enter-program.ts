import {callInSandbox} from '../../source/session/sandbox.ts';
import {stopController} from '../../source/command-line/stop-signal.ts';
import type {Session} from '../../source/session/session.ts';
import {isRunningInSandbox} from '../../source/session/in-sandbox.ts';

// Both parts of the program: outside it enters a sandbox late or early, inside it works until it is told to stop.
const {signal} = stopController();
const [folder, when] = process.argv.slice(2);
if (isRunningInSandbox()) {
	const work = setInterval(() => {}, 1000);
	const end = () => {
		clearInterval(work);
		process.exitCode = 130;
	};

	process.stdout.write('inside\n');
	if (signal.aborted) {
		end();
	}

	signal.addEventListener('abort', end);
} else {
	if (when === 'before') {
		process.stdout.write('outside\n');
		const waiting = setInterval(() => {}, 1000);
		await new Promise(resolve => {
			signal.addEventListener('abort', resolve);
		});
		clearInterval(waiting);
	}

	process.exitCode = await callInSandbox(
		{state: {path: folder, has: () => true}, options: {}, language: 'en'} as unknown as Session,
		{signal},
	);
}
