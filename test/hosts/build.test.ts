import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {changedTasks} from '../e2e/program.ts';
import type {Event} from '../../source/engine/event.ts';
import {lookAtBelongings, type Belongings} from './belongings.ts';
import {catalogue} from './catalogue.ts';
import {Host} from './host.ts';
import {user} from './layers.ts';
import {packProgram, putInHome, runPacked} from './packed-program.ts';
import {printBuild, writeBuild, type BuildFigures} from './table.ts';

/** One whole cluster on a host: built, looked at, harmed, stopped, started, shut down with the host, started with it and removed, by the ordinary user. */

const hosts = catalogue.filter(
	({build}) => build === 'always' || (build === 'long' && process.env['LONG'] !== undefined),
);

describe.each(hosts)('the whole cluster on $name', {timeout: 1_200_000}, definition => {
	const host = new Host({...definition, hasWayOut: true});
	const figures: BuildFigures = {};
	let isWhole = false;
	let before: Belongings;
	let vip: string;

	/** Runs the program, which has to end well, and gives what it printed. */
	async function succeeds(words: string, seconds = 1150): Promise<string> {
		const {code, output} = await runPacked(host, words, seconds);
		expect(code, output).toBe(0);
		return output;
	}

	/** Runs the program, which has to end well, and notes the seconds it took. */
	async function measures(figure: keyof BuildFigures, words: string): Promise<string> {
		const began = performance.now();
		const output = await succeeds(words);
		note(figure, began);
		return output;
	}

	function note(figure: keyof BuildFigures, began: number): void {
		figures[figure] = (performance.now() - began) / 1000;
		console.log(`${definition.name}: ${figure} ${figures[figure].toFixed(1)} s`);
	}

	/** The lines that the program prints with `--json`; sudo's question comes before them. */
	async function lines<Line>(words: string, figure?: keyof BuildFigures): Promise<Line[]> {
		const output = await (figure ? measures(figure, `${words} --json`) : succeeds(`${words} --json`));
		return output
			.split('\n')
			.filter(line => line.startsWith('{'))
			.map(line => JSON.parse(line) as Line);
	}

	const isWell = async () =>
		expect
			.poll(async () => (await runPacked(host, 'status')).output, {timeout: 300_000, interval: 2000})
			.toMatch(
				/^OK: the page answers 200 in \d+ ms \(server1, server2, server3\)(?:; answered again since \S+ \(`start`\))?$/m,
			);
	const page = async () => (await host.run(`curl -sS --max-time 10 http://${vip}/index.php`)).output;

	beforeAll(async () => {
		await host.start();
		await putInHome(host, {'cluster-wizard.tgz': packProgram()});
	});
	afterAll(async () => {
		await host.remove();
		printBuild(definition.name, figures);
		if (isWhole && process.env['WRITE_TABLE'] !== undefined) {
			writeBuild(definition.name, figures);
		}
	});

	test('leaves only its packages, which it names', async () => {
		const fresh = await lookAtBelongings(host);
		await measures('packages', 'up --yes --only packages');
		const output = await succeeds('down --yes --purge');
		before = await lookAtBelongings(host);
		const added = before['packages']!.filter(name => !fresh['packages']!.includes(name));
		expect(added).toContain('libvirt-daemon-system');
		// Long lines break at blanks on a terminal.
		expect(output.replaceAll(/\s+/g, ' ')).toContain(` packages ${added.join(' ')} This will be removed:`);
		const joined = ({groups}: Belongings) =>
			groups!.filter(group => group.split(':').at(-1)!.split(',').includes(user.name));
		expect(joined(before)).toEqual(joined(fresh));
	});

	test('is built from the tarball', async () => {
		await measures('up', 'up --yes');
	});

	test('is answered by every web server through the VIP', async () => {
		const vips = await lines<{kind: string; address: string}>('status');
		vip = vips.find(({kind}) => kind === 'vip')!.address;
		const pages = await host.succeeds(`for i in 1 2 3 4 5 6; do curl -sS --max-time 20 http://${vip}/index.php; done`);
		for (const address of ['10.0.10.110', '10.0.10.111', '10.0.10.112']) {
			expect(pages.split(address).length - 1, address).toBe(2);
		}
	});

	test('is not changed by a second up', async () => {
		const events = await lines<Event>('up --yes', 'second up');
		expect(changedTasks(events)).toEqual([]);
		expect(events.at(-1)).toMatchObject({type: 'run-finished', status: 'ok', changed: 0});
	});

	test('lets its user into a node, and read logs, reports and ssh_config', async () => {
		// Options behind the node are the shell's.
		expect(await succeeds('exec nas -- sh -c "cat /proc/mdstat"')).toContain('raid6');
		await host.succeeds(
			`cd /; su ${user.name} -c 'cd /var/lib/cluster-wizard/web && cat ssh_config logs/*/events.jsonl >/dev/null'`,
		);
		expect((await host.run(`cd /; su ${user.name} -c 'cat /var/lib/cluster-wizard/web/keys/wizard'`)).code).not.toBe(0);
	});

	test('outlives a crash of its master', async () => {
		const results = await lines<{type: string; verdict: string; restored: boolean}>('verify --test 2-crash --yes');
		expect(results.filter(({type}) => type === 'drill-finished')).toEqual([
			expect.objectContaining({verdict: 'passed', restored: true}),
		]);
	});

	test.runIf(definition.isStopped)('is stopped, and answers the page again as soon as start has ended', async () => {
		await measures('stop', 'stop --yes');
		expect(await host.succeeds('virsh -q list')).toBe('');
		expect((await runPacked(host, 'status')).code).toBe(4);
		await measures('start', 'start');
		expect(await page()).toContain('10.0.10.11');
		await isWell();
	});

	test('lets the host shut down within a minute', async () => {
		const began = performance.now();
		await host.powerOff();
		note('poweroff', began);
		expect(figures.poweroff).toBeLessThan(60);
	});

	test('comes back with the host, without help', async () => {
		const began = performance.now();
		await host.boot();
		await expect.poll(page, {timeout: 600_000, interval: 1000}).toContain('10.0.10.11');
		note('page after power on', began);
		await isWell();
	});

	test('is removed with everything that belongs to it', async () => {
		await measures('down', 'down --yes --purge');
		const {kernel: _, ...after} = await lookAtBelongings(host);
		expect(after).toEqual({...before, kernel: undefined});
	});

	test('leaves nothing in the kernel that outlives a restart', async () => {
		// libvirt leaves its empty chains and net.ipv4.ip_forward.
		await host.reboot();
		expect((await lookAtBelongings(host))['kernel']).toEqual(before['kernel']);
		// The figures of a build that failed on the way are of no use.
		isWhole = true;
	});
});
