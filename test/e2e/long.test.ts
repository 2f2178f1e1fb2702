import {execFileSync} from 'node:child_process';
import {mkdirSync, readFileSync, rmdirSync, rmSync, statfsSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {changedTasks, Program, random} from './program.ts';

/** What takes hours on a small machine: other answers, answers that change, many kills, two sandboxes. */

const programs: Program[] = [];
function program(name: string): Program {
	const made = new Program(name, programs[0]?.folder && join(programs[0].folder, 'cache'));
	programs.push(made);
	return made;
}

afterAll(async () => {
	for (const made of programs.toReversed()) {
		await made.run('down', '--yes', '--purge');
		made.remove();
	}
});

describe('other answers', () => {
	const other = program('other');
	const answers = (count: number, more = '') =>
		other.answers(`
name: aula
profile: fast
guest: {distribution: debian, release: trixie}
networks:
  external: {cidr: 192.168.50.0/24}
  internal: {cidr: 10.7.0.0/16}
  heartbeat: {cidr: 172.30.9.0/28}
nodes:
  nas: {name: almacen, vm: ALMACEN}
  master: {name: uno}
  standby: {name: dos}
web: {count: ${count}}
${more}`);

	it('build five servers with Debian 13, other ranges and other names', async () => {
		await other.succeeds('up', '--sandbox', '--yes', '--json', '--answers', answers(5));
		const page = await other.on(
			'host',
			'for i in 1 2 3 4 5; do curl -sS --max-time 20 http://192.168.50.200/index.php; done',
		);
		expect(new Set(page.match(/10\.7\.\d+\.\d+/g))).toHaveLength(5);
		expect(await other.on('uno', 'crm_mon -1')).toMatch(/Online: \[ dos uno ]/);
		expect(await other.on('almacen', 'cat /proc/mdstat')).toContain('[5/5] [UUUUU]');
	});

	it('refuse another address for a machine that is there, and say why', async () => {
		const refused = await other.run(
			'up',
			'--answers',
			other.answers(readFileSync(answers(5), 'utf8').replace('{name: uno}', '{name: uno, internal: 10.7.0.77}')),
		);
		expect(refused.code).toBe(2);
		expect(refused.stderr).toContain('nodes.master.internal');
	});

	it('five to three: the list is shown, and nothing is done without a yes', async () => {
		const asked = await other.run('up', '--answers', answers(3));
		expect(asked.code).toBe(2);
		expect(asked.stderr).toMatch(/server4, server5/);
		expect(await other.on('host', 'virsh list --name')).toContain('SERVER5');
	});

	it('five to three with a yes removes two', async () => {
		await other.succeeds('up', '--yes', '--json', '--answers', answers(3));
		expect(await other.on('host', 'virsh list --all --name')).not.toMatch(/SERVER[45]/);
		await other.succeeds('verify', '--test', '1');
	});

	it('three to four adds one, and the second time nothing is changed', async () => {
		await other.succeeds('up', '--yes', '--answers', answers(4));
		await other.succeeds('verify', '--test', '1');
		await other.succeeds('verify', '--test', '2-shutdown');
		expect(changedTasks((await other.succeeds('up', '--json')).events)).toEqual([]);
	});
});

describe('what a machine can meet', () => {
	/** From its next start on SERVER1 finds nothing to boot from, until it is mended. */
	const spoil = async (one: Program) => {
		const disk = (await one.on('host', "virsh domblklist SERVER1 | awk '/vda/ {print $2}'")).trim();
		await one.on(
			'host',
			`dd if=${disk} of=${disk}.boot bs=512 count=1 && dd if=/dev/zero of=${disk} bs=512 count=1 conv=notrunc`,
		);
		return async () =>
			one.on(
				'host',
				`virsh destroy SERVER1; dd if=${disk}.boot of=${disk} bs=512 count=1 conv=notrunc && rm ${disk}.boot`,
			);
	};

	it('one that does not come back in a test: said at the second Ctrl-C, and the next command brings it back', async () => {
		const [one] = programs;
		const mend = await spoil(one!);
		let asked = 0;
		const {child, ended} = one!.start(['verify', '--json', '--test', 'reboot'], event => {
			// First in the test, then while the cluster is brought back.
			if (event.type === 'waiting' && event.seconds > 30 && event.unit === ['reboot:1', 'reboot:undo'][asked]) {
				asked++;
				child.kill('SIGINT');
			}
		});
		const {code, stderr} = await ended;
		expect({asked, code}).toEqual({asked: 2, code: 130});
		expect(stderr).toContain('could not be brought back');
		await mend();
		const next = await one!.succeeds('up');
		expect(next.stderr).toContain('in the middle of: reboot');
		await one!.succeeds('verify', '--test', '1');
	});

	it('one that does not boot: which, why, where to look; and on when it can', async () => {
		const [one] = programs;
		const mend = await spoil(one!);
		await one!.on('host', 'virsh destroy SERVER1');
		const ended = await one!.run('up', '--until', 'names:server1');
		expect(ended.code).toBe(1);
		expect(ended.stdout + ended.stderr).toMatch(/SERVER1\.console\.log.*virsh console SERVER1/s);
		await mend();
		await one!.succeeds('up');
		await one!.succeeds('verify', '--test', '1');
	});

	it('a disk that is full: said so, and on when there is room', async () => {
		const small = program('small');
		const disk = join(small.folder, 'disk');
		mkdirSync(small.state);
		execFileSync('truncate', ['--size=11G', disk]);
		execFileSync('mke2fs', ['-q', '-t', 'ext4', '-m', '0', disk]);
		execFileSync('mount', ['-o', 'loop', disk, small.state]);
		rmdirSync(join(small.state, 'lost+found'));
		const filler = join(small.state, 'filler');
		try {
			const {ended} = small.start(['up', '--sandbox', '--yes', '--json', '--until', 'machines:nas'], event => {
				if (event.type === 'step-started' && event.step === 'images') {
					// Not to the last block, which the program may take while it is counted; a machine's disk wants more.
					const {bavail, bsize} = statfsSync(small.state);
					execFileSync('fallocate', ['-l', String(bavail * bsize - 16 * 1024 * 1024), filler]);
				}
			});
			const {code, stderr} = await ended;
			expect(code).toBe(1);
			expect(stderr).toContain('No space left on device');
			rmSync(filler);
			await small.succeeds('up', '--until', 'machines:nas');
			await small.succeeds('down', '--yes');
		} finally {
			execFileSync('umount', ['--lazy', small.state]);
		}
	});
});

describe('two sandboxes', () => {
	it('stand side by side, and ending one leaves the other alone', async () => {
		const [one] = programs;
		const two = program('two');
		await two.succeeds('up', '--sandbox', '--yes', '--until', 'networks');
		await two.succeeds('down', '--yes');
		await one!.succeeds('verify', '--test', '1');
	});
});

describe('many kills', () => {
	const seed = Number(process.env['SEED'] ?? 1);
	const kills = Number(process.env['KILLS'] ?? 20);

	it(`a build that is killed ${kills} times at random moments ends the same`, async () => {
		await programs[0]!.run('down', '--yes');
		const killed = program('killed');
		const next = random(seed);
		for (let kill = 0; kill < kills;) {
			const working = new Set<string>();
			const {child, ended} = killed.start(['up', '--sandbox', '--yes', '--json'], event => {
				if (event.type === 'task-started') {
					working.add(event.unit);
				} else if (event.type === 'step-finished') {
					working.delete(event.unit);
				}
			});
			const timer = setTimeout(() => child.kill('SIGKILL'), 1000 + next() * 90_000);
			const {code, duration, stderr} = await ended;
			clearTimeout(timer);
			if (code === null) {
				kill++;
				console.log(`Killed after ${duration.toFixed(1)} s in ${[...working].join(', ') || 'nothing: it was looking'}`);
			} else {
				// It was done before its time; what was killed until now has ended well, and the rest is for another build.
				expect({code, stderr: stderr.slice(-4000)}).toMatchObject({code: 0});
				await killed.succeeds('verify', '--test', '1');
				await killed.succeeds('down', '--yes');
			}
		}

		await killed.succeeds('up', '--sandbox', '--yes');
		await killed.succeeds('verify', '--test', '1');
		expect(changedTasks((await killed.succeeds('up', '--json')).events)).toEqual([]);
	});
});
