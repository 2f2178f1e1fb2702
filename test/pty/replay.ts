import {runWizard} from '../../source/ui/run-wizard.tsx';
import type {JobHandlers} from '../../source/wizard/backend.ts';
import type {ProbeRequest} from '../../source/measure/result.ts';
import {builtBackend} from '../screens/built-backend.ts';
import {FakeBackend, testOverview} from '../screens/fake-backend.ts';

/** The wizard on a real terminal with a building that never ends behind it: started by the tests, not one itself. */
class ReplayBackend extends FakeBackend {
	#moments = 0;

	override async checkHost(...handlers: Parameters<FakeBackend['checkHost']>) {
		const crash = () => {
			throw new Error('crashed as the test wants it');
		};

		if (process.env['CRASH'] === 'listener') {
			setImmediate(crash);
		} else if (process.env['CRASH'] === 'component') {
			Object.defineProperty(this.view, 'nodes', {get: crash});
			handlers[0]({
				get title() {
					return crash();
				},
				status: 'ok',
			});
		}

		await super.checkHost(...handlers);
	}

	override checks = [{title: 'The rights of root', status: 'ok' as const}];

	override start(command: string, words: readonly string[], handlers: JobHandlers) {
		const job = super.start(command, words, handlers);
		if (command === 'up') {
			this.announce();
			this.tell(0, {type: 'step-started', unit: 'host', step: 'host', host: 'machine', title: 'The host'});
			this.tell(0, {
				type: 'task-started',
				unit: 'host',
				step: 'host',
				host: 'machine',
				task: 'Look',
				index: 0,
				command: 'echo «ñandú»',
			});
			const rate = Number(process.env['FLOOD'] ?? 0);
			let count = 0;
			const flood =
				rate > 0
					? setInterval(() => {
							for (let index = 0; index < rate / 100; index++) {
								count++;
								this.tell(count / rate, {
									type: 'output',
									unit: 'host',
									step: 'host',
									host: `machine${count % 4}`,
									stream: 'stdout',
									line: `${count} a line as long as such lines are, with some words in it`,
								});
							}
						}, 10)
					: undefined;
			return {
				...job,
				stop() {
					clearInterval(flood);
					// Ending in order takes a moment.
					setTimeout(() => {
						job.stop();
					}, 100);
				},
			};
		}

		return job;
	}

	override watchRequests(onRequest: (request: ProbeRequest) => void) {
		const timer = setInterval(() => {
			onRequest({at: 0, late: 0, latency: 1, outcome: 'answered', server: `moment${this.#moments++}`});
		}, 100);
		return () => {
			clearInterval(timer);
		};
	}

	override shellWords() {
		return ['sh', '-c', 'stty -a; echo IN THE SHELL; read line; echo "heard $line"'];
	}

	close() {}
}

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(name, () => {
		controller.abort();
	});
}

process.exitCode = await runWizard(
	{language: 'en'},
	controller.signal,
	async () => new ReplayBackend(process.env['BUILT'] ? builtBackend().view : testOverview()),
);
