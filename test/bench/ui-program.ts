import {logFiles} from '../../source/output/log-files.ts';
import type {JobHandlers} from '../../source/wizard/backend.ts';
import {startJob} from '../../source/wizard/job.ts';
import type {Event} from '../../source/engine/event.ts';
import {runWizard} from '../../source/ui/run-wizard.tsx';
import {FakeBackend, testOverview} from '../screens/fake-backend.ts';

/**
 * What the benchmark starts, in three parts: the wizard; `up`, a building that floods it with lines as the real one
 * sends them, and keeps them in its log; `read`, which takes in the same flood and shows nothing.
 */
const rate = Number(process.env['RATE'] ?? 10_000);
const total = Number(process.env['LINES'] ?? 100_000);
const hosts = ['nas', 'master', 'standby', 'server1'];

class FloodBackend extends FakeBackend {
	override checks = [{title: 'The rights of root', status: 'ok' as const}];

	override start(command: string, words: readonly string[], handlers: JobHandlers) {
		return command === 'up' ? startJob(['up'], handlers) : super.start(command, words, handlers);
	}

	override chapter(step: string) {
		return `## ${step}\n\nA text of some length, so that there is something to show.`;
	}

	close() {}
}

switch (process.argv[2]) {
	case 'up': {
		await flood();
		break;
	}

	case 'read': {
		let lines = 0;
		const before = process.cpuUsage();
		await startJob(['up'], {
			onEvent(event) {
				lines += event.type === 'output' ? 1 : 0;
			},
			onQuestion() {},
			onText() {},
		}).ended;
		const {user, system} = process.cpuUsage(before);
		process.stdout.write(`${JSON.stringify({lines, cpu: (user + system) / 1e6})}\n`);
		break;
	}

	default: {
		const controller = new AbortController();
		process.on('SIGTERM', () => {
			controller.abort();
		});
		process.exitCode = await runWizard(
			{language: 'en'},
			controller.signal,
			async () => new FloodBackend(testOverview()),
		);
	}
}

async function flood(): Promise<void> {
	const log = process.env['LOG'] ? logFiles(process.env['LOG'], 'en') : undefined;
	const tell = (body: Omit<Event, 'time'>) => {
		const event = {time: new Date().toISOString(), ...body} as Event;
		log?.report(event);
		process.stdout.write(`${JSON.stringify(event)}\n`);
	};

	process.once('disconnect', () => process.exit(137));
	process.channel?.unref();
	tell({
		type: 'run-started',
		run: 'r',
		command: 'up',
		cluster: 'web',
		steps: testOverview().units.map(({id, step, host, tasks}) => ({unit: id, step, host, tasks})),
	} as Omit<Event, 'time'>);
	for (const host of hosts) {
		tell({type: 'step-started', unit: `names:${host}`, step: 'names', host, title: 'x'} as Omit<Event, 'time'>);
	}

	const started = performance.now();
	for (let sent = 0; sent < total;) {
		const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate));
		for (; sent < due; sent++) {
			const host = hosts[sent % hosts.length]!;
			tell({
				type: 'output',
				unit: `names:${host}`,
				step: 'names',
				host,
				stream: 'stdout',
				line: `${sent} Unpacking libexample${sent % 97}:amd64 (1.2.${sent % 13}-4+deb12u1) over (1.2.3-4) ...`,
			} as Omit<Event, 'time'>);
		}

		await new Promise(resolve => setTimeout(resolve, 5));
	}

	await log?.close?.();
}
