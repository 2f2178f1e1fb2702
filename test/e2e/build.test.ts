import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {Event} from '../../source/engine/event.ts';
import type {DrillResult, LoadSeries} from '../../source/measure/result.ts';
import {keys} from '../screens/screen.tsx';
import {DrivenWizard} from './driven-wizard.ts';
import {changedTasks, Program, random} from './program.ts';

/** One real cluster in a sandbox: killed while it is built, resumed, looked at, harmed, mended, restarted and removed. */

/** What takes long, and runs with `npm run test:long` only. */
const long = process.env['LONG'] !== undefined;
const seed = Number(process.env['SEED'] ?? 20_181);
/** Where the program is killed: units whose beginning it waits for, and then a random time. */
const killed = [
	/^base-image/,
	/^images:web/,
	/^machines:nas/,
	/^(raid|forwarding|nfs|apache)/,
	/^(corosync|pacemaker)/,
];

/** Tests of the verification; undefined is all of them. */
const drills = process.env['DRILLS']?.split(',') ?? (long ? [undefined] : ['1', 'apache', 'heartbeat']);

let program: Program;
let before: ReturnType<typeof machineState>;
beforeAll(() => {
	before = machineState();
	program = new Program('e2e');
});
afterAll(async () => {
	await program.run('down', '--yes', '--purge');
	program.remove();
});

describe('a build by the wizard that is killed at several moments', () => {
	const next = random(seed);

	it.each(killed)('goes on after it was killed in %s', async unit => {
		const moment = next() * 6000;
		const known = program.runs().length;
		const wizard = new DrivenWizard(program);
		await wizard.begin();
		const hasBegun = () =>
			program
				.runs()
				.slice(known)
				.some(({events}) => events.some(event => event.type === 'task-started' && unit.test(event.unit)));
		await wizard.terminal.until(hasBegun, `${unit} to begin (seed ${seed})`, 900_000);
		await delay(moment);
		wizard.kill();
	});

	it('comes to its end, and to the dashboard', async () => {
		const wizard = new DrivenWizard(program);
		await wizard.begin();
		await wizard.toDashboard();
		await wizard.terminal.shows(/VIP 192\.168\.1\.200 +held by master/, 300_000);
		// The array is below the last row of 24.
		await wizard.terminal.press(keys.pageDown);
		await wizard.terminal.shows('[5/5] [UUUUU]', 300_000);
		expect(await wizard.quit()).toBe(0);
	});

	it('does nothing again that had been done', () => {
		const done = new Set<string>();
		expect(program.runs()).toHaveLength(killed.length + 1);
		for (const {events} of program.runs()) {
			expect(changedTasks(events).filter(task => done.has(task))).toEqual([]);
			for (const task of finishedTasks(events)) {
				done.add(task);
			}
		}
	});

	it('changes nothing the second time, and says so', async () => {
		const ended = await program.succeeds('up', '--json');
		expect(changedTasks(ended.events)).toEqual([]);
		expect(ended.events.at(-1)).toMatchObject({type: 'run-finished', status: 'ok', changed: 0});
		console.log(`A second up took ${ended.duration.toFixed(1)} s`);
	});
});

describe('the cluster', () => {
	it('is what the thesis promises', async () => {
		const page = await program.on(
			'host',
			'for i in 1 2 3 4 5 6; do curl -sS --max-time 20 http://192.168.1.200/index.php; done',
		);
		for (const address of ['10.0.10.110', '10.0.10.111', '10.0.10.112']) {
			expect(page.split(address).length - 1, address).toBe(2);
		}

		expect(await program.on('master', 'crm_mon -1')).toMatch(
			/Online: \[ master standby ][\s\S]*ldirectord1.*Started master/,
		);
		expect(await program.on('nas', 'cat /proc/mdstat')).toMatch(/raid6[\s\S]*\[5\/5] \[UUUUU]/);
		expect(
			await program.on('nas', 'df --output=source $(find /mnt /srv /nfs -name index.php 2>/dev/null | head -n 1)'),
		).toContain('/dev/md0');
		expect(await program.on('server1', 'nfsstat -m')).toContain('vers=4.2');
		expect(await program.on('nas', 'exportfs -v')).not.toContain('*');
		const table = await program.on('master', 'ipvsadm -Ln');
		expect(table.match(/-> 10\.0\.10\.11[0-2]:80 +Masq/g)).toHaveLength(3);
	});

	it('has kernels that were started with the options for the processor they run on', async () => {
		const options = readFileSync(join(program.state, 'acceleration'), 'utf8').startsWith('tcg')
			? ' mitigations=off norandmaps tsc=unstable no_timer_check'
			: '';
		expect((await program.on('server1', 'cat /proc/cmdline')).trimEnd()).toMatch(
			new RegExp(`udev\\.children_max=1${options}$`),
		);
	});

	it('gives systemctl more patience than its own 25 s, which a busy machine can exceed', async () => {
		expect(await program.on('nas', 'printenv SYSTEMD_BUS_TIMEOUT')).toBe('300\n');
	});

	it('is shown on 127.0.0.1 by `open`', async () => {
		const {child, ended} = program.start(['open', '--json']);
		const url = await new Promise<string>(resolve => {
			child.stdout!.on('data', (chunk: Buffer) => {
				resolve((JSON.parse(String(chunk)) as {url: string}).url);
			});
		});
		expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
		expect(await (await fetch(url)).text()).toContain('10.0.10.11');
		child.kill('SIGINT');
		expect((await ended).code).toBe(0);
	});

	it('lets nobody in with a password', async () => {
		for (const node of ['nas', 'master', 'standby', 'server1']) {
			expect(
				await program.on(
					node,
					'sshd -T | grep -E "^(passwordauthentication|kbdinteractiveauthentication|permitemptypasswords) "; passwd -S root',
				),
			).toMatch(/^passwordauthentication no\nkbdinteractiveauthentication no\npermitemptypasswords no\nroot L /);
		}
	});

	it('says what it looks like', async () => {
		const {stdout} = await program.succeeds('status', '--json');
		const rows = stdout
			.trim()
			.split('\n')
			.map(line => JSON.parse(line) as {kind: string});
		expect(rows[0]).toMatchObject({
			kind: 'health',
			state: 'ok',
			line: expect.stringMatching(/^OK: the page answers 200 in \d+ ms \(server1, server2, server3\)$/),
		});
		expect(rows.filter(({kind}) => kind === 'node')).toHaveLength(6);
		expect(rows).toContainEqual({kind: 'vip', address: '192.168.1.200', nodes: ['master']});
		expect(rows).toContainEqual(expect.objectContaining({kind: 'array', members: '[5/5] [UUUUU]'}));
	});

	it('is judged for monitors, by their rules', async () => {
		const [check, metrics, probe] = await Promise.all([
			program.run('status', '--check'),
			program.run('status', '--prometheus'),
			program.run('probe', '--for', '3'),
		]);
		expect(check).toMatchObject({
			code: 0,
			stdout: expect.stringMatching(
				/^CLUSTER OK - [^|\n]+ \| time=[\d.]+s;\S+ .*servers=3;\S+ nodes=6;.*troubles=0;0;;0\n$/,
			),
		});
		expect(metrics).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('\ncluster_wizard_health{cluster="web"} 0\n'),
		});
		expect(probe.code, probe.stdout).toBe(0);
	});

	it.each(drills)('passes its verification (%s)', async test => {
		const {stdout, stderr} = await program.succeeds(
			'verify',
			'--json',
			...(test === undefined ? [] : ['--test', test]),
		);
		const results = stdout
			.split('\n')
			.filter(line => line.includes('"type":"drill-finished"'))
			.map(line => JSON.parse(line) as DrillResult);
		expect(results.length).toBeGreaterThan(test === undefined ? 10 : 0);
		for (const {id, verdict, restored, phases} of results) {
			expect({id, verdict, restored}).toEqual({id, verdict: 'passed', restored: true});
			expect(phases.every(({effect}) => effect !== undefined && effect.sent > 0)).toBe(true);
		}

		console.log(
			stderr
				.split('\n')
				.filter(line => /^ {2}\S/.test(line))
				.join('\n'),
		);
	});
});

describe.runIf(long)('load', () => {
	it('is measured with some servers in rotation and with one directly, and all are in again afterwards', async () => {
		const {stdout} = await program.succeeds(
			'bench',
			'--json',
			'--servers',
			'0,1,3',
			'--repeat',
			'2',
			'--requests',
			'200',
		);
		const series = stdout
			.split('\n')
			.filter(line => line.includes('"type":"series"'))
			.map(line => JSON.parse(line) as LoadSeries);
		expect(series.map(({tool, servers}) => `${tool} ${servers}`)).toEqual([
			'ab 0',
			'siege 0',
			'ab 1',
			'siege 1',
			'ab 3',
			'siege 3',
		]);
		for (const {samples} of series) {
			expect(samples).toHaveLength(2);
			for (const {failed, rate, cpu} of samples) {
				expect(failed).toBe(0);
				expect(rate).toBeGreaterThan(0);
				expect(Object.keys(cpu).toSorted()).toEqual([
					'host',
					'master',
					'nas',
					'server1',
					'server2',
					'server3',
					'standby',
				]);
			}
		}

		await program.succeeds('verify', '--test', '1');
	});

	it('that is killed leaves servers out, and the next command puts them back', async () => {
		const {child, ended} = program.start(['bench', '--json', '--servers', '1', '--repeat', '100'], event => {
			if ((event.type as string) === 'sample') {
				child.kill('SIGKILL');
			}
		});
		await ended;
		expect(await program.on('master', 'ipvsadm -Ln')).not.toContain('10.0.10.111:80');
		await program.succeeds('verify', '--test', '1');
	});
});

describe.runIf(long)('a cluster that is broken on purpose fails the right test, which names the cause', () => {
	it.each([
		{
			name: 'ldirectord misconfigured',
			place: 'master',
			harm: 'sed -i s/healthz.php/nothing.php/ /etc/ha.d/ldirectord.cf',
			test: '1',
			cause: /ldirectord\.cf/,
		},
		{
			name: 'a wrong gateway on one server',
			place: 'server2',
			harm: 'ip route replace default via 10.0.10.1',
			test: '1',
			cause: /default via 10\.0\.10\.1 /,
		},
		{name: 'NFS stopped', place: 'nas', harm: 'systemctl stop nfs-server', test: '1', cause: /storage does not answer/},
		{
			name: 'no location constraint',
			place: 'master',
			harm: 'cibadmin --delete --xpath \'//rsc_location[@id="prefer-master"]\'',
			test: '2-shutdown',
			cause: /prefer-master/,
		},
	])('$name', async ({place, harm, test, cause}) => {
		await program.on(place, harm);
		const {code, stdout, stderr} = await program.run('verify', '--test', test);
		expect(code, stderr).toBe(4);
		expect(stdout.slice(stdout.lastIndexOf('\n\n'))).toMatch(cause);
		await program.succeeds('up');
	});

	it('a drill that is killed is undone by the next command', async () => {
		const {child, ended} = program.start(['verify', '--json', '--test', 'apache'], event => {
			if (event.type === 'task-finished' && event.unit === 'apache:1' && event.status === 'changed') {
				child.kill('SIGKILL');
			}
		});
		await ended;
		const {stderr} = await program.succeeds('up');
		expect(stderr).toContain('apache');
		await program.succeeds('verify', '--test', '1');
	});
});

describe('harm', () => {
	const harms = [
		{name: 'a bridge port removed', place: 'host', harm: 'ip link set eno1 nomaster', units: ['external-network']},
		{
			name: 'an array member failed by hand',
			place: 'nas',
			harm: 'mdadm --quiet /dev/md0 --fail /dev/disk/by-id/virtio-raid3',
			units: ['raid:nas'],
			health: /^DEGRADED: nas: the array md0 lacks 1 of 5 disks/,
		},
		{name: 'a service stopped', place: 'nas', harm: 'systemctl stop nfs-server', units: ['nfs:nas']},
		{
			name: 'a configuration file altered',
			place: 'server1',
			harm: 'for file in /etc/apache2/sites-enabled/*; do echo "# altered" >> "$(realpath "$file")"; done',
			units: ['apache:server1'],
		},
		{
			name: 'a node switched off',
			place: 'host',
			harm: 'virsh destroy SERVER2',
			units: ['machines:server2'],
			health: /the machine SERVER2 is not running \(shut off\)/,
		},
	];

	it.each(harms)('$name is named by plan and mended by up', async ({place, harm, units, health}) => {
		await program.on(place, harm);
		if (health) {
			const {code, stdout} = await program.run('status');
			expect(code).toBe(4);
			expect(stdout.split('\n')[0]).toMatch(health);
		}

		const plan = await program.succeeds('plan', '--json');
		expect(unitsWith(plan.events, 'would-change')).toEqual(units);
		expect(plan.events).toContainEqual(
			expect.objectContaining({type: 'task-finished', status: 'would-change', reason: expect.stringMatching(/\S/)}),
		);
		const mended = await program.succeeds('up', '--json');
		expect(unitsWith(mended.events, 'changed')).toEqual(units);
	});

	it('a group that has moved to STANDBY is not mended', async () => {
		await program.on('master', 'crm -w node standby master');
		const ended = await program.succeeds('up', '--json');
		expect(changedTasks(ended.events)).toEqual([]);
		expect(await program.on('standby', 'ip -4 -o address')).toContain(' 192.168.1.200/');
		await program.on('master', 'crm -w node online master');
	});
});

describe('two at once', () => {
	it('the second says who holds the lock; a signal ends the first, which says how to go on', async () => {
		const first = program.start(['up', '--json']);
		await new Promise<void>(resolve => {
			first.child.stdout!.once('data', () => {
				resolve();
			});
		});
		const second = await program.run('up');
		expect(second.code).toBe(5);
		expect(second.stderr).toContain(String(first.child.pid));
		first.child.kill('SIGINT');
		const ended = await first.ended;
		expect(ended.code).toBe(130);
		expect(ended.stderr).toMatch(/cluster-wizard\.js up /);
	});
});

describe('events', () => {
	it('are those that docs/events.md describes', () => {
		expect(program.undescribed).toEqual([]);
	});
});

describe('secrets', () => {
	it('stand in no log, event, journal or script', async () => {
		const keys = join(program.state, 'keys');
		const secrets = readdirSync(keys)
			.filter(name => !name.endsWith('.pub'))
			.flatMap(name => readFileSync(join(keys, name), 'utf8').split('\n'))
			.filter(line => line.length > 20 && !line.startsWith('-----'));
		expect(secrets.length).toBeGreaterThan(20);
		const script = (await program.run('script')).stdout;
		expect(script).toContain('COROSYNC_AUTHKEY');
		const texts = [
			script,
			readFileSync(join(program.folder, 'log'), 'utf8'),
			...filesBelow(program.state)
				.filter(path => !path.startsWith(`${keys}/`) && !path.includes('/sandbox/'))
				.map(path => readFileSync(path, 'utf8')),
		];
		// The common first lines of OpenSSH's key format are no secret: every key begins with them.
		const telling = secrets.filter(secret => !secret.startsWith('b3BlbnNzaC1rZXktdjE'));
		expect(texts.filter(text => telling.some(secret => text.includes(secret)))).toEqual([]);
	});

	it('are readable by their owner only', () => {
		expect(statSync(program.state).mode & 0o777).toBe(0o700);
		for (const path of filesBelow(join(program.state, 'keys'))) {
			expect(statSync(path).mode & 0o077, path).toBe(0);
		}
	});
});

describe.runIf(long)('a restart of the host', () => {
	it('brings the cluster back by itself', async () => {
		await program.succeeds('sandbox', 'stop');
		await program.succeeds('sandbox', 'start');
		const page = async () =>
			(await program.run('exec', 'host', '--', 'curl', '-sS', '--max-time', '10', 'http://192.168.1.200/index.php'))
				.stdout;
		await expect.poll(page, {timeout: 900_000, interval: 2000}).toContain('10.0.10.11');
		// Whose first mount came before the storage tries again by itself.
		for (const node of ['master', 'standby', 'server1', 'server2', 'server3']) {
			await expect
				.poll(
					async () => (await program.run('exec', node, '--', 'timeout', '30', 'cat', '/mnt/raid/health.txt')).stdout,
					{timeout: 600_000, interval: 2000},
				)
				.toContain('OK');
		}

		const ended = await program.succeeds('up', '--json');
		expect(changedTasks(ended.events)).toEqual([]);
	});
});

describe('down', () => {
	it('by the wizard leaves nothing but the cache', async () => {
		const wizard = new DrivenWizard(program);
		await wizard.remove('web');
		expect(await wizard.quit()).toBe(0);
		const after = machineState();
		expect(after.machines).toEqual(before.machines);
		expect(after.links).toEqual(before.links);
		if (long) {
			expect(after).toEqual(before);
		}

		// What was measured stays, and what the user is remembered by.
		expect(readdirSync(program.folder).toSorted()).toEqual(['cache', 'config', 'log', 'state']);
		expect(readdirSync(program.state).toSorted()).toEqual(['cluster.json', 'reports']);
	});

	it('with --purge leaves nothing at all', async () => {
		const {stdout} = await program.succeeds('down', '--yes', '--purge');
		expect(stdout).toContain(program.folder);
		expect(readdirSync(program.folder, {recursive: true}).toSorted()).toEqual(['config', 'log']);
	});
});

function finishedTasks(events: readonly Event[]): string[] {
	return events.flatMap(event =>
		event.type === 'task-finished' && (event.status === 'changed' || event.status === 'ok')
			? [`${event.unit}: ${event.task}`]
			: [],
	);
}

function unitsWith(events: readonly Event[], status: string): string[] {
	return events.flatMap(event => (event.type === 'step-finished' && event.status === status ? [event.unit] : []));
}

/** What a build may not leave behind on the machine: mounts, links, namespaces, processes, files of its configuration. */
function machineState() {
	const lines = (program: string, ...words: string[]) =>
		execFileSync(program, words, {encoding: 'utf8'}).trim().split('\n').toSorted();
	return {
		mounts: lines('cut', '-d', ' ', '-f', '1-3', '/proc/mounts'),
		links: lines('ls', '/sys/class/net'),
		namespaces: lines('sh', '-c', 'ls /run/netns 2>/dev/null || true'),
		machines: lines('sh', '-c', 'ps -eo args | grep -E "^(qemu-system|slirp4netns|libvirtd|virtlogd)" || true'),
		files: lines(
			'find',
			'/etc',
			'/var/lib/libvirt',
			'-xdev',
			'-not',
			'-path',
			'*/apt/*',
			'-not',
			'-name',
			'ld.so.cache',
		),
	};
}

function filesBelow(folder: string): string[] {
	return readdirSync(folder, {withFileTypes: true}).flatMap(entry =>
		entry.isDirectory() ? filesBelow(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : [],
	);
}
