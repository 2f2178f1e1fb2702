import type {AskedQuestion} from '../../source/session/ask-wizard.ts';
import type {PageFacts} from '../../source/measure/health/facts.ts';
import {thesisLoad} from '../../source/measure/thesis-load.ts';
import {both} from '../both.ts';
import {answersScenes} from './answers-scenes.ts';
import {builtBackend} from './built-backend.ts';
import {FakeBackend, testOverview, testTime} from './fake-backend.ts';
import {keys, openScreen, type Screen} from './screen.tsx';
import {preflightScenes} from './preflight-scenes.ts';
import {verificationScenes} from './verification-scenes.ts';

type Options = NonNullable<Parameters<typeof openScreen>[0]>;

/** A failure as the engine asks about it. */
export const failedRaid: AskedQuestion = {
	id: 'q1',
	type: 'failed',
	unit: 'raid:nas',
	step: 'raid',
	host: 'nas',
	task: 'Create /dev/md0',
	index: 1,
	skippable: false,
	commands: ['mdadm --create /dev/md0 --level 6'],
	report: {
		attempted: 'Create /dev/md0',
		exit: 1,
		advice: 'Mend what the last lines name, then run the same command again: it goes on where it stopped.',
		command:
			'mdadm --create /dev/md0 --level 6 --raid-devices 5 \\\n  /dev/disk/by-id/virtio-raid1 /dev/disk/by-id/virtio-raid2 /dev/disk/by-id/virtio-raid3 /dev/disk/by-id/virtio-raid4 /dev/disk/by-id/virtio-raid5',
		lines: ['mdadm: cannot open /dev/disk/by-id/virtio-raid3: No such file or directory'],
	},
};

export const askedCorosync: AskedQuestion = {
	id: 'q2',
	type: 'apply',
	unit: 'corosync:master',
	step: 'corosync',
	host: 'master',
	task: 'Install the packages corosync and pacemaker',
	index: 0,
	skippable: true,
	commands: ['DEBIAN_FRONTEND=noninteractive apt-get install -y corosync pacemaker crmsh'],
};

/** A run in its middle: images done, machines coming up, one chapter with output. */
export async function midway(screen: Screen): Promise<void> {
	const {backend, wizard} = screen;
	wizard.navigation.home('run');
	wizard.work.start('up');
	backend.announce();
	const done = (unit: string, step: string, host: string, from: number, to: number) => {
		backend.tell(from, {type: 'step-started', unit, step, host, title: step});
		backend.tell(to, {type: 'step-finished', unit, step, host, status: 'changed', duration: to - from});
	};

	done('host', 'host', 'machine', 0, 1);
	done('packages', 'packages', 'machine', 1, 15);
	done('base-image', 'base-image', 'machine', 15, 60);
	for (const role of ['storage', 'director', 'web']) {
		done(`images:${role}`, 'images', 'machine', 60, 95);
	}

	done('sandbox', 'sandbox', 'machine', 60, 64);
	done('acceleration', 'acceleration', 'machine', 60, 65);
	done('external-network', 'external-network', 'host', 95, 96);
	done('networks', 'networks', 'host', 95, 97);
	done('machines:nas', 'machines', 'host', 97, 160);
	done('machines:master', 'machines', 'host', 97, 165);
	backend.tell(97, {type: 'step-started', unit: 'machines:server1', step: 'machines', host: 'host', title: 'machines'});
	backend.tell(98, {
		type: 'waiting',
		unit: 'machines:server1',
		step: 'machines',
		host: 'host',
		task: 'Wait for SSH',
		reason: 'ssh: connect to host 10.0.10.110 port 22: No route to host',
		seconds: 0,
		limit: 600,
	});
	done('names:nas', 'names', 'nas', 160, 165);
	backend.tell(165, {type: 'step-started', unit: 'raid:nas', step: 'raid', host: 'nas', title: 'raid'});
	backend.tell(166, {
		type: 'task-finished',
		unit: 'raid:nas',
		step: 'raid',
		host: 'nas',
		task: 'Install mdadm',
		index: 0,
		status: 'ok',
		duration: 0,
	});
	backend.tell(166, {
		type: 'task-started',
		unit: 'raid:nas',
		step: 'raid',
		host: 'nas',
		task: 'Create /dev/md0',
		index: 1,
		command: 'mdadm --create /dev/md0 --level 6 --raid-devices 5',
	});
	for (let line = 1; line <= 40; line++) {
		backend.tell(167, {
			type: 'output',
			unit: 'raid:nas',
			step: 'raid',
			host: 'nas',
			stream: line % 7 === 0 ? 'stderr' : 'stdout',
			line: `mdadm: line ${line}\u001B[31m red \u001B[0m of what it says`,
		});
	}

	await screen.at(170);
}

/** The answers of a page that is served as it should. */
export const page: PageFacts = {
	url: 'http://192.168.1.200/index.php',
	answers: [1, 2, 3].map(number => ({
		outcome: 'answered',
		status: 200,
		server: `server${number}`,
		latency: 10 + number,
	})),
};

export async function ended(screen: Screen, code: number): Promise<void> {
	await midway(screen);
	if (code === 0) {
		for (const {id, step, host} of screen.backend.view.units) {
			screen.backend.tell(200, {type: 'step-finished', unit: id, step, host, status: 'ok', duration: 3});
		}
	} else {
		screen.backend.tell(180, {
			type: 'step-finished',
			unit: 'raid:nas',
			step: 'raid',
			host: 'nas',
			status: 'failed',
			duration: 15,
		});
	}

	screen.backend.tell(300, {
		type: 'run-finished',
		run: 'r1',
		status: code === 0 ? 'ok' : 'failed',
		changed: 40,
		duration: 300,
		...(code === 0 && {page}),
	});
	await screen.backend.end(code);
	await screen.at(300);
}

/** A move of the VIPs in its middle. */
async function moving(screen: Screen): Promise<void> {
	const label = {unit: 'move', step: 'move', host: 'host'};
	screen.backend.tell(0, {
		type: 'run-started',
		run: 'r2',
		command: 'cluster-wizard move standby',
		cluster: 'web',
		steps: [{unit: 'move', step: 'move', host: 'host', tasks: 2}],
	});
	screen.backend.tell(1, {type: 'step-started', ...label, title: 'Move the VIPs and ldirectord to standby'});
	screen.backend.tell(2, {
		type: 'task-started',
		...label,
		task: 'Bring the VIPs and ldirectord to standby',
		index: 1,
		command: 'crm_resource --resource web --move --node standby',
	});
	screen.backend.tell(3, {
		type: 'waiting',
		...label,
		task: 'Bring the VIPs and ldirectord to standby',
		reason: 'of 3 resources started on standby: 2; missing: ip-external (master)',
		seconds: 0,
		limit: 60,
	});
	await screen.at(6);
}

const longNames = {
	nodes: {master: {name: 'director-principal-del-cluster', vm: 'DIRECTOR-PRINCIPAL-DEL-CLUSTER-DE-SERVIDORES'}},
	web: {count: 12},
};

/** A cluster that another process is building. */
export function workedOnBackend(isFirst = true): FakeBackend {
	const text = both('being built by process 4711 since 10:42', 'en construcción por el proceso 4711 desde las 10:42');
	return new FakeBackend(testOverview({isBegun: true, past: {kind: 'working', isFirst, text}}));
}

/** Every screen in its states. Each is drawn in both languages and sizes by the tests, and as pictures for the documentation. */
export const scenes: Record<string, (options?: Options) => Promise<Screen>> = {
	welcome: async options => openScreen(options),
	'welcome, emulated': async options =>
		openScreen({backend: new FakeBackend(testOverview({acceleration: 'tcg'})), ...options}),
	'welcome, interrupted': async options =>
		openScreen({
			backend: new FakeBackend(
				testOverview({
					isBegun: true,
					past: {kind: 'interrupted', since: '2026-01-02T11:00:00.000Z', run: 'r0', unit: 'raid:nas', status: 'killed'},
				}),
			),
			...options,
		}),
	'welcome, another process': async options => openScreen({backend: workedOnBackend(), ...options}),
	'welcome, built': async options => openScreen({backend: builtBackend(), ...options}),
	'welcome, a test was cut off': async options =>
		openScreen({backend: builtBackend({openDrills: ['2-crash']}), ...options}),
	'welcome, long names': async options =>
		openScreen({backend: new FakeBackend(testOverview({}, longNames)), ...options}),
	async 'welcome, answers that are wrong'(options) {
		const backend = new FakeBackend();
		backend.overview = async () => {
			throw new Error(
				'answers.yaml:3:9: web.count: must be a whole number from 1 to 50; it is 0.\nanswers.yaml: 1 answer must be corrected. Nothing was touched.',
			);
		};

		return openScreen({backend, ...options});
	},
	...answersScenes,
	...preflightScenes,
	async plan(options) {
		const screen = await openScreen(options);
		screen.wizard.navigation.go('plan');
		await screen.settle();
		screen.backend.tell(1, {type: 'step-started', unit: 'host', step: 'host', host: 'machine', title: 'The host'});
		screen.backend.tell(1, {
			type: 'step-finished',
			unit: 'host',
			step: 'host',
			host: 'machine',
			status: 'ok',
			duration: 0.5,
		});
		screen.backend.tell(2, {
			type: 'step-finished',
			unit: 'packages',
			step: 'packages',
			host: 'machine',
			status: 'would-change',
			duration: 0.5,
		});
		await screen.settle();
		return screen;
	},
	async 'plan, on a host where a user joins groups'(options) {
		const screen = await openScreen({
			backend: new FakeBackend(testOverview({sandbox: false, joins: {user: 'ana', groups: ['kvm', 'libvirt']}})),
			...options,
		});
		screen.wizard.navigation.go('plan');
		await screen.settle();
		return screen;
	},
	async "plan, of pages of one's own"(options) {
		const screen = await openScreen(options);
		screen.wizard.navigation.go('plan');
		await screen.settle();
		for (const line of [
			'Web content: /home/student/site, 2 file(s), 8.0 KiB on the array.',
			'Left out (2):',
			'  1 × hidden (its name begins with a dot)',
			'    .env\u001B[31m: hidden (its name begins with a dot)',
		]) {
			screen.backend.say(line);
		}

		await screen.settle();
		return screen;
	},
	async 'plan, of a change'(options) {
		const screen = await openScreen(options);
		screen.wizard.navigation.go('plan');
		await screen.settle();
		const none = {places: [], tasks: []};
		screen.backend.tell(1, {
			type: 'step-finished',
			unit: 'host',
			step: 'host',
			host: 'machine',
			status: 'ok',
			duration: 0.5,
		});
		for (const change of [
			{
				...none,
				action: 'add',
				what: 'server4',
				reason: 'machine SERVER4: 512 MiB of memory, disk of 5 GiB, 10.0.10.113',
			},
			{
				...none,
				action: 'change',
				what: '/etc/corosync/corosync.conf',
				places: ['master', 'standby'],
				difference: {
					lines: [
						'--- /etc/corosync/corosync.conf',
						'+++ /etc/corosync/corosync.conf',
						'@@ -4,1 +4,1 @@',
						'-\ttoken: 3000',
						'+\ttoken: 5000',
					],
					left: 0,
				},
			},
			{
				...none,
				action: 'change',
				what: 'restart corosync',
				places: ['master', 'standby'],
				reason: 'it reads /etc/corosync/corosync.conf',
				outage: {of: 'outage', seconds: 36.2},
			},
			{...none, action: 'remove', what: 'server9 and its disks'},
		] as const) {
			screen.backend.tell(2, {type: 'plan-change', ...change});
		}

		screen.backend.tell(2, {
			type: 'plan-finished',
			add: 1,
			change: 2,
			remove: 1,
			unknown: 0,
			failed: 0,
			isHostUnfit: false,
			seconds: 95,
			disk: {first: 1024, full: 5120},
			scaled: [{key: 'ha.token', chosen: '1000 ms', used: '5000 ms'}],
			chapters: [{step: 'machines', chapter: '4.5', title: 'A machine for each node', seconds: 20}],
			asks: ['These machines are no longer in the answers and will be removed with their disks: server9'],
		});
		await screen.backend.end(0);
		await screen.settle();
		return screen;
	},
	async 'plan, of answers that up refuses'(options) {
		const screen = await openScreen(options);
		screen.wizard.navigation.go('plan');
		await screen.settle();
		for (const line of [
			'raid.level cannot change from 6 to 5: the array that exists holds the pages. Put 6 back, or run "cluster-wizard down" and build again.',
			'vip.internal cannot change from 10.0.10.200 to 10.0.10.201: it is written into the machines that exist. Put 10.0.10.200 back, or run "cluster-wizard down" and build again.',
			'These answers cannot be changed on a cluster that is already built. Nothing was touched.',
		]) {
			screen.backend.say(line);
		}

		await screen.backend.end(2);
		await screen.settle();
		return screen;
	},
	async 'run, beginning'(options) {
		const screen = await openScreen(options);
		screen.wizard.navigation.home('run');
		screen.wizard.work.start('up');
		screen.backend.announce();
		await screen.settle();
		return screen;
	},
	async run(options) {
		const screen = await openScreen(options);
		await midway(screen);
		return screen;
	},
	async 'run, explanation'(options) {
		const screen = await openScreen({...options, state: {pane: 'explanation', ...options?.state}});
		screen.backend.chapters.set(
			'raid',
			'## The array\n\n### What it is for\n\nFive disks as **RAID 6**: any two may fail and the pages are still there, see `/proc/mdstat`.\n\n- one\n- two, with a text that is so long that it does not fit into one line of this narrow pane\n\n```sh\ncat /proc/mdstat\n```\n',
		);
		await midway(screen);
		return screen;
	},
	async 'run, machines'(options) {
		const screen = await openScreen({...options, state: {pane: 'machines', ...options?.state}});
		await midway(screen);
		return screen;
	},
	async 'run, guided'(options) {
		const screen = await openScreen({...options, state: {isGuided: true, ...options?.state}});
		screen.backend.chapters.set('corosync', '## Corosync\n\nThe two directors tell each other that they are alive.');
		await midway(screen);
		screen.backend.ask(askedCorosync);
		await screen.settle();
		return screen;
	},
	async 'run, done'(options) {
		const screen = await openScreen(options);
		await ended(screen, 0);
		return screen;
	},
	async 'run, ended early'(options) {
		const screen = await openScreen(options);
		await ended(screen, 1);
		return screen;
	},
	async 'run, stop?'(options) {
		const screen = await openScreen(options);
		await midway(screen);
		await screen.press(keys.interrupt);
		return screen;
	},
	async failure(options) {
		const screen = await openScreen(options);
		await midway(screen);
		screen.backend.ask(failedRaid);
		await screen.settle();
		return screen;
	},
	...verificationScenes,
	async dashboard(options) {
		const screen = await openScreen({backend: builtBackend(), ...options});
		screen.wizard.navigation.go('dashboard');
		await screen.settle();
		return screen;
	},
	async 'dashboard, moving the VIPs'(options) {
		const screen = await scenes['dashboard']!(options);
		await screen.press('m', ...(options?.state?.language === 'es' ? 'sí' : 'yes'), keys.enter);
		await moving(screen);
		return screen;
	},
	async 'dashboard, a report was written'(options) {
		const screen = await scenes['dashboard']!(options);
		screen.backend.kept = {...screen.backend.kept, load: thesisLoad};
		await screen.press('r');
		for (const line of [
			'Written:',
			'  /var/lib/cluster-wizard/web/reports/report-20260102T113000.html',
			'  /var/lib/cluster-wizard/web/reports/report-20260102T113000.md',
		]) {
			screen.backend.say(line);
		}

		await screen.backend.end(0);
		await screen.settle();
		return screen;
	},
	async 'dashboard, many nodes'(options) {
		const screen = await openScreen({
			backend: new FakeBackend(
				testOverview({isBegun: true, past: {kind: 'built', at: '2026-01-02T11:00:00.000Z', run: 'r0'}}, longNames),
			),
			...options,
		});
		screen.wizard.navigation.go('dashboard');
		await screen.settle();
		return screen;
	},
	async consent(options) {
		const screen = await scenes['dashboard']!(options);
		await screen.press(keys.down, 'p', 'y');
		return screen;
	},
	async logs(options) {
		const backend = builtBackend();
		backend.logFiles = Array.from({length: 40}, (_, index) => ({
			run: 'r0',
			name: ['raid-nas', 'nfs-nas', 'corosync-master'][index % 3]!,
			path: `/logs/r0/${index}.log`,
			at: testTime - index * 60_000,
			size: 1000 * index,
		}));
		const screen = await openScreen({backend, ...options});
		screen.wizard.navigation.go('dashboard');
		await screen.settle();
		await screen.press('l', '/', ...'raid');
		return screen;
	},
	async explanation(options) {
		const backend = builtBackend();
		backend.chapters.set('raid', `## The array\n\n${'Five disks as **RAID 6**: any two may fail.\n\n'.repeat(20)}`);
		const screen = await openScreen({backend, ...options});
		screen.wizard.navigation.go('dashboard');
		await screen.settle();
		await screen.press('e', keys.right);
		return screen;
	},
	async 'dashboard, asking the machines'(options) {
		const screen = await openScreen({...options, backend: new FakeBackend(builtBackend().view)});
		screen.wizard.navigation.go('dashboard');
		await screen.settle();
		return screen;
	},
	async removal(options) {
		const screen = await openScreen({backend: builtBackend(), ...options});
		screen.wizard.navigation.go('removal');
		await screen.settle();
		await screen.press('w', 'e');
		return screen;
	},
	async 'removal, done'(options) {
		const screen = await openScreen({backend: builtBackend(), ...options});
		screen.wizard.navigation.go('removal');
		screen.wizard.work.start('down', ['--yes']);
		for (const name of ['machine SERVER3', 'machine SERVER2', 'network redHeart']) {
			screen.backend.say(`removed ${name}`);
		}

		await screen.backend.end(0);
		await screen.settle();
		return screen;
	},
	async help(options) {
		const screen = await openScreen(options);
		await midway(screen);
		await screen.press('?');
		return screen;
	},
};
