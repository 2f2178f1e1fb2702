import type {DrillResult, Measurements, Outcome} from '../../source/measure/result.ts';
import {testCluster} from '../cluster-fixture.ts';
import {testMeasurements} from '../report/measurements-fixture.ts';
import {longNames} from '../report/report-fixture.ts';
import {builtBackend} from './built-backend.ts';
import {FakeBackend, testOverview} from './fake-backend.ts';
import {keys, openScreen, type Screen} from './screen.tsx';

type Options = Parameters<typeof openScreen>[0];

const measured = testMeasurements(testCluster());

/** The verification screen of a cluster that is built. */
export async function openVerification(
	options: Options,
	kept: Partial<Measurements> = {},
	backend = builtBackend(),
): Promise<Screen> {
	backend.kept = {...backend.kept, ...kept};
	const screen = await openScreen({backend, ...options});
	screen.wizard.navigation.go('verification');
	await screen.settle();
	return screen;
}

/** As `verify --json` announces its tests. */
export function announceTests(backend: FakeBackend, ids: readonly string[]): void {
	const units = ids.flatMap(id =>
		[
			'before',
			'prepare',
			...backend.view.drills.find(drill => drill.id === id)!.phases.map((_, index) => String(index + 1)),
			'undo',
		].map(part => `${id}:${part}`),
	);
	backend.tell(0, {
		type: 'run-started',
		run: 'r1',
		command: 'cluster-wizard verify',
		cluster: 'web',
		steps: units.map(unit => ({unit, step: unit, host: 'host', tasks: 1})),
	});
}

/** A unit that is over, or one that goes on. */
export function unit(backend: FakeBackend, name: string, from: number, to?: number): void {
	const label = {unit: name, step: name, host: 'host'};
	backend.tell(from, {type: 'step-started', ...label, title: name});
	if (to !== undefined) {
		backend.tell(to, {type: 'step-finished', ...label, status: 'changed', duration: to - from});
	}
}

/** Four requests a second of a probe that began at second 5. */
export function requests(
	backend: FakeBackend,
	test: string,
	from: number,
	to: number,
	outcome: Outcome = 'answered',
	director = 'master',
): void {
	for (let at = (from - 5) * 1000; at < (to - 5) * 1000; at += 250) {
		const [late, latency] = [2, outcome === 'answered' ? 18 : outcome === 'timeout' ? 2000 : 3];
		const server = outcome === 'answered' ? `server${((at / 250) % 3) + 1}` : undefined;
		backend.tell(5 + (at + late + latency) / 1000, {
			type: 'request',
			test,
			at,
			late,
			latency,
			outcome,
			...(server && {server}),
			director,
		});
	}
}

/** MASTER has crashed, and nobody answers yet. */
export async function crash(screen: Screen, ids: readonly string[] = ['2-crash']): Promise<void> {
	const {backend, wizard} = screen;
	wizard.work.start('verify', ids.length === 1 ? ['--test', ids[0]!] : []);
	announceTests(backend, ids);
	unit(backend, '2-crash:before', 0, 3);
	unit(backend, '2-crash:prepare', 3, 5);
	requests(backend, '2-crash', 5, 20);
	const label = {unit: '2-crash:1', step: '2-crash:1', host: 'host'};
	unit(backend, '2-crash:1', 20);
	backend.tell(20, {
		type: 'task-started',
		...label,
		task: 'MASTER is switched off',
		index: 0,
		command: 'virsh -q destroy MASTER',
	});
	backend.tell(21, {
		type: 'task-finished',
		...label,
		task: 'MASTER is switched off',
		index: 0,
		status: 'changed',
		duration: 1,
	});
	backend.tell(21, {
		type: 'task-started',
		...label,
		host: 'standby',
		task: 'The group runs on standby',
		index: 1,
		command: 'crm_mon -1 --output-as=xml',
	});
	backend.tell(21, {
		type: 'waiting',
		...label,
		host: 'standby',
		task: 'The group runs on standby',
		reason: 'ldirectord1 is Stopped',
		seconds: 0,
		limit: 60,
	});
	requests(backend, '2-crash', 20, 23, 'timeout');
	requests(backend, '2-crash', 23, 24, 'refused', 'standby');
	await screen.at(27);
}

async function over(screen: Screen, code: number, {probe, ...result}: DrillResult): Promise<void> {
	screen.wizard.work.start('verify', ['--test', result.id]);
	announceTests(screen.backend, [result.id]);
	unit(screen.backend, `${result.id}:before`, 0, 3);
	screen.backend.tell(90, {type: 'drill-finished', ...result});
	await screen.backend.end(code);
	await screen.settle();
}

const drill = (id: string) => measured.drills.find(drill => drill.id === id)!;

async function benchmark(screen: Screen): Promise<void> {
	const {backend, wizard} = screen;
	wizard.work.start('bench');
	backend.tell(0, {type: 'run-started', run: 'r2', command: 'cluster-wizard bench', cluster: 'web', steps: []});
	unit(backend, 'bench', 0, 4);
	unit(backend, 'bench:0', 4, 6);
	for (const {samples, ...series} of measured.load.filter(({servers}) => servers === 0)) {
		for (const [index, sample] of samples.entries()) {
			backend.tell(10, {
				type: 'load-started',
				tool: series.tool,
				servers: 0,
				repetition: index + 1,
				of: 3,
				command: series.command,
			});
			backend.tell(20, {type: 'sample', servers: 0, repetition: index + 1, ...sample});
		}

		backend.tell(20, {type: 'series', ...series, samples});
	}

	unit(backend, 'bench:1', 60, 62);
	backend.tell(62, {
		type: 'load-started',
		tool: 'ab',
		servers: 1,
		repetition: 1,
		of: 3,
		command: 'ab -n 100000 -c 10 http://192.168.1.200/index.php',
	});
	backend.tell(70, {
		type: 'sample',
		servers: 1,
		repetition: 1,
		...measured.load.find(({tool, servers}) => tool === 'ab' && servers === 1)!.samples[0]!,
	});
	backend.tell(70, {
		type: 'load-started',
		tool: 'ab',
		servers: 1,
		repetition: 2,
		of: 3,
		command: 'ab -n 100000 -c 10 http://192.168.1.200/index.php',
	});
	await screen.at(75);
}

/** The verification's screen in its states. */
export const verificationScenes: Record<string, (options?: Options) => Promise<Screen>> = {
	verification: async options => openVerification(options),
	'verification, measured before': async options => openVerification(options, measured),
	async 'verification, what was measured before'(options) {
		const screen = await openVerification(options, measured);
		await screen.press(keys.down, keys.down, keys.tab);
		return screen;
	},
	async 'verification, long names'(options) {
		const screen = await openVerification(
			options,
			testMeasurements(testCluster(longNames)),
			new FakeBackend(testOverview({}, longNames)),
		);
		await screen.press(keys.down, keys.down, keys.tab);
		return screen;
	},
	async 'verification, running'(options) {
		const screen = await openVerification(options, measured);
		await crash(screen);
		return screen;
	},
	async 'verification, waiting for clients'(options) {
		const screen = await openVerification(options);
		await crash(screen);
		unit(screen.backend, '2-crash:1', 20, 27);
		unit(screen.backend, '2-crash:clients', 28);
		screen.backend.tell(30, {
			type: 'waiting',
			unit: '2-crash:clients',
			step: '2-crash:clients',
			host: 'host',
			task: 'What clients see',
			reason: 'requests answered one after the other',
			seconds: 2,
			limit: 60,
		});
		await screen.at(33);
		return screen;
	},
	async 'verification, passed'(options) {
		const screen = await openVerification(options, {drills: [drill('2-crash')]});
		await over(screen, 0, drill('2-crash'));
		return screen;
	},
	async 'verification, failed'(options) {
		const screen = await openVerification(options, {drills: [drill('nfs')]});
		await over(screen, 4, drill('nfs'));
		return screen;
	},
	async 'verification, stopped'(options) {
		const screen = await openVerification(options);
		await over(screen, 130, {
			...drill('2-crash'),
			verdict: 'interrupted',
			reason: 'interrupted',
			phases: drill('2-crash').phases.slice(0, 1),
		});
		return screen;
	},
	async 'verification, could not begin'(options) {
		const screen = await openVerification(options);
		screen.wizard.work.start('verify', ['--test', '1']);
		screen.backend.say('The sandbox does not run. Start it with: cluster-wizard sandbox start');
		await screen.backend.end(1);
		await screen.settle();
		return screen;
	},
	async 'verification, asking'(options) {
		const screen = await openVerification(options, {}, builtBackend({sandbox: false}));
		await screen.press('a');
		return screen;
	},
	async 'verification, bringing the cluster back'(options) {
		const screen = await openVerification(options, {}, builtBackend({openDrills: ['2-crash']}));
		screen.wizard.work.start('verify', ['--test', '1']);
		announceTests(screen.backend, ['1']);
		unit(screen.backend, '2-crash:undo', 1);
		screen.backend.tell(2, {
			type: 'task-started',
			unit: '2-crash:undo',
			step: '2-crash:undo',
			host: 'host',
			task: 'MASTER runs',
			index: 0,
			command: 'virsh -q start MASTER',
		});
		await screen.at(9);
		return screen;
	},
	async 'benchmarks, running'(options) {
		const screen = await openVerification(options);
		await benchmark(screen);
		return screen;
	},
	async 'benchmarks, done'(options) {
		const screen = await openVerification(options, {load: measured.load});
		await benchmark(screen);
		await screen.backend.end(0);
		await screen.settle();
		return screen;
	},
};
