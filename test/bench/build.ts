/**
 * How long a whole build takes, beside the floor measured in the same run: making the images natively and booting six
 * machines that have nothing to do. Prints both, from an empty cache and with cached images, and their ratios; and how
 * long an `up` takes that has nothing to do.
 *
 *   npm run bench:build
 */
import {execFileSync, spawn} from 'node:child_process';
import {readdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {emulatedOptions} from '../../source/tasks/disk.ts';
import {Program, type Ended} from '../e2e/program.ts';

/** How many machines of each role the thesis has. */
const machines = {storage: 1, director: 2, web: 3} as const;

const floorProgram = new Program('floor');
const images = await timed('Images, natively, from an empty cache', async () =>
	floorProgram.run('up', '--sandbox', '--yes', '--quiet', '--until', 'images'),
);
const disks = floorDisks(join(floorProgram.folder, 'cache'));
const boots = await timed('Six machines with nothing to do, booted at once to their login', async () => bootAll(disks));
for (const disk of disks.values()) {
	rmSync(disk);
}

await floorProgram.run('down', '--yes');

const cached = await build('The whole build, with cached images', join(floorProgram.folder, 'cache'));
const cold = await build('The whole build, from an empty cache', undefined);
floorProgram.remove();
print('Floor (images + boots)', images + boots);
console.log(
	`Ratio of the whole build to its floor: ${(cold / (images + boots)).toFixed(2)}; with cached images to the boots alone: ${(cached / boots).toFixed(2)}`,
);

async function build(name: string, cache: string | undefined): Promise<number> {
	const program = new Program('bench', cache);
	const duration = await timed(name, async () => program.run('up', '--sandbox', '--yes', '--quiet'));
	await timed('A second up, which changes nothing', async () => program.run('up', '--quiet'));
	await program.run('down', '--yes');
	program.remove();
	return duration;
}

async function timed(name: string, work: () => Promise<Ended | void>): Promise<number> {
	const started = performance.now();
	const ended = await work();
	const duration = (performance.now() - started) / 1000;
	if (ended && ended.code !== 0) {
		throw new Error(`${name}: exit ${ended.code}\n${ended.stderr}`);
	}

	print(name, duration);
	return duration;
}

function print(name: string, seconds: number): void {
	console.log(`${name}: ${seconds.toFixed(1)} s`);
}

/**
 * Copies of the role images, in the cache's folder, whose kernels are started with the options that an emulated machine's
 * is: what makes a build faster must not be counted against the floor.
 */
function floorDisks(cache: string): ReadonlyMap<string, string> {
	const files = readdirSync(cache);
	return new Map(
		Object.keys(machines).map(role => {
			const disk = join(cache, `${role}.floor`);
			execFileSync('cp', [
				'--sparse=always',
				join(
					cache,
					files.find(name => name.includes(`-${role}-`) && name.endsWith('.img'))!,
				),
				disk,
			]);
			execFileSync('unshare', [
				'--mount',
				'sh',
				'-c',
				'mount -o loop,offset=1048576 "$0" /mnt && grub-editenv /mnt/boot/grubenv set "$@"',
				disk,
				...emulatedOptions.map((option, index) => `option${index + 1}=${option}`),
			]);
			return [role, disk];
		}),
	);
}

/** Machines without identity, on snapshots: no network, no disks of an array, nothing to do. */
async function bootAll(disks: ReadonlyMap<string, string>): Promise<void> {
	const running = Object.entries(machines).flatMap(([role, count]) =>
		Array.from({length: count}, (_, index) => {
			const image = disks.get(role)!;
			const console_ = `${image}-${index}.console`;
			const child = spawn(
				'qemu-system-x86_64',
				[
					'-machine',
					'pc',
					'-accel',
					'tcg,tb-size=64',
					'-cpu',
					'qemu64',
					'-m',
					'512',
					'-nodefaults',
					'-display',
					'none',
					'-no-reboot',
					'-snapshot',
					'-drive',
					`file=${image},if=virtio,format=raw`,
					'-device',
					'virtio-rng-pci',
					'-serial',
					`file:${console_}`,
				],
				{stdio: 'ignore'},
			);
			return {child, console: console_};
		}),
	);
	try {
		while (!running.every(({console}) => isAtLogin(console))) {
			if (running.some(({child}) => child.exitCode !== null)) {
				throw new Error('A machine ended before its login');
			}

			await delay(200);
		}
	} finally {
		for (const {child, console} of running) {
			child.kill('SIGKILL');
			execFileSync('rm', ['-f', console]);
		}
	}
}

function isAtLogin(console: string): boolean {
	try {
		return readFileSync(console, 'utf8').includes('login:');
	} catch {
		return false;
	}
}
