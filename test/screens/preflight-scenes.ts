import type {HostCheck} from '../../source/wizard/backend.ts';
import {openScreen, type Screen} from './screen.tsx';

type Options = NonNullable<Parameters<typeof openScreen>[0]>;

/** A machine that has room but lacks packages; the list is as long as it is in a sandbox. */
export const lackingPackages: HostCheck[] = [
	...[
		'The rights of root',
		'Have a system this was made for',
		'The processors with hardware virtualization are counted',
		'4.1 GiB of memory for 6 machines',
		'Room for the images and the disks',
		'No other program installs packages',
	].map(title => ({title, status: 'ok' as const})),
	{
		title: 'Install KVM, libvirt and what machines are made with',
		status: 'would-change',
		reason: 'not installed: virtinst mmdebstrap libvirt-daemon slirp4netns apache2-utils siege',
		advice: 'If apt cannot reach its mirror, look at the network and at /etc/apt/sources.list*',
		commands: [
			'dpkg --configure -a',
			'apt-get -q update',
			'missing=$(printf \'%s\\n\' virtinst mmdebstrap libvirt-daemon slirp4netns apache2-utils siege)\n[ -z "$missing" ] || DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing',
			'sync',
		],
	},
	...[
		"Leave the machine's own libvirt off",
		'Make the folders in whose place the sandbox puts its own',
		"Load the kernel's KVM module",
	].map(title => ({title, status: 'ok' as const})),
];

export async function toInstall(screen: Screen): Promise<Screen> {
	screen.backend.checks = lackingPackages;
	screen.wizard.navigation.go('preflight');
	await screen.settle();
	return screen;
}

async function installing(screen: Screen): Promise<void> {
	const {backend} = screen;
	const unit = {unit: 'packages', step: 'packages', host: 'machine'};
	backend.announce();
	backend.tell(0, {type: 'step-started', ...unit, title: 'KVM and libvirt'});
	backend.tell(1, {
		type: 'task-started',
		...unit,
		task: 'Install KVM, libvirt and what machines are made with',
		index: 1,
		command: 'apt-get -q -y install virtinst',
	});
	for (let line = 1; line <= 30; line++) {
		backend.tell(2, {
			type: 'output',
			...unit,
			stream: 'stdout',
			line: `Get:${line} bookworm/main amd64 package-number-${line} amd64 1.0.${line}-1 [${line} kB]`,
		});
	}

	await screen.at(9);
}

async function installed(screen: Screen, code: number): Promise<void> {
	screen.backend.tell(14, {
		type: 'step-finished',
		unit: 'packages',
		step: 'packages',
		host: 'machine',
		status: code === 0 ? 'changed' : 'failed',
		duration: 14,
	});
	screen.backend.tell(14, {
		type: 'run-finished',
		run: 'r1',
		status: code === 0 ? 'ok' : 'failed',
		changed: 1,
		duration: 14,
	});
	await screen.backend.end(code);
	await screen.at(14);
}

/** The checks of the machine in their states. */
export const preflightScenes: Record<string, (options?: Options) => Promise<Screen>> = {
	async preflight(options) {
		const screen = await openScreen(options);
		screen.backend.checks = [
			{title: 'The rights of root', status: 'ok'},
			{title: '4.1 GiB of memory for 6 machines', status: 'ok'},
		];
		screen.wizard.navigation.go('preflight');
		await screen.settle();
		return screen;
	},
	async 'preflight, something does not fit'(options) {
		const screen = await openScreen(options);
		screen.backend.checks = [
			{title: 'The rights of root', status: 'ok'},
			{
				title: '4.1 GiB of memory for 6 machines',
				status: 'failed',
				reason: '4.2 GiB are needed (3.0 for 6 machines and what QEMU needs beside), and 1.9 GiB are available',
				advice:
					'End other programs, or give the machines less memory (nodes.….memory, web.memory), or have fewer web servers (web.count)',
			},
			{
				title: 'Room for the images and the disks',
				status: 'unknown',
				reason: 'df: /nowhere: No such file or directory',
			},
		];
		screen.wizard.navigation.go('preflight');
		await screen.settle();
		return screen;
	},
	async 'preflight, something to install'(options) {
		return toInstall(await openScreen(options));
	},
	async 'preflight, installing'(options) {
		const screen = await toInstall(await openScreen(options));
		await screen.press('f');
		await installing(screen);
		return screen;
	},
	async 'preflight, installed'(options) {
		const screen = await toInstall(await openScreen(options));
		await screen.press('f');
		await installing(screen);
		screen.backend.checks = screen.backend.checks.map(({title}) => ({title, status: 'ok'}));
		await installed(screen, 0);
		return screen;
	},
	async 'preflight, not installed'(options) {
		const screen = await toInstall(await openScreen(options));
		await screen.press('f');
		await installing(screen);
		for (const line of [
			'Attempted: Install KVM, libvirt and what machines are made with',
			'Last lines:',
			"    E: Failed to fetch libvirt-daemon: Could not resolve 'mirror'",
			'What to try: If apt cannot reach its mirror, look at the network and at /etc/apt/sources.list*',
			'The whole log: /state/logs/r1',
			'',
		]) {
			screen.backend.say(line);
		}

		await installed(screen, 1);
		return screen;
	},
};
