import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {changedTasks, Program, random} from './program.ts';

/** Seconds without an answer that a client may see: a request that waits for 2 s, and others while emulated machines boot beside the directors. */
const longestOutage = 10;

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const next = random(seed);
const program = new Program('scaling');
const site = join(program.folder, 'site');
mkdirSync(site);
writeFileSync(join(site, 'index.php'), '<?php echo "Hello from ", gethostname();');

const answers = (count: number) =>
	program.answers(`
profile: fast
name: scaling
web: {count: ${count}, content: ${site}}
`);

afterAll(async () => {
	await program.run('down', '--yes', '--purge');
	program.remove();
});

/** Starts `up` until it ends by itself, killed before that as often as wanted at a random moment. */
async function scale(count: number, kills: number): Promise<void> {
	const words = ['up', '--sandbox', '--yes', '--json', '--answers', answers(count)];
	for (let kill = 0; kill < kills; kill++) {
		const working = new Set<string>();
		const {child, ended} = program.start(words, event => {
			if (event.type === 'step-started') {
				working.add(event.unit);
			} else if (event.type === 'step-finished') {
				working.delete(event.unit);
			}
		});
		const timer = setTimeout(() => child.kill('SIGKILL'), 1000 + next() * 45_000);
		const {code, duration} = await ended;
		clearTimeout(timer);
		console.log(
			`${count} servers, ${code === null ? 'killed' : 'done'} after ${duration.toFixed(1)} s${code === null ? ` in ${[...working].join(', ') || 'nothing: it was looking'}` : ''}`,
		);
	}

	await program.succeeds(...words);
}

/**
 * Asks for the page four times a second, independently of the program's own probe: that one knows only the servers there
 * were when it began.
 */
function ask(): {end: () => Promise<{requests: number; lost: number; outage: number}>} {
	const stop = '/run/scaling.stop';
	const client = program.start([
		'exec',
		'host',
		'--',
		'sh',
		'-c',
		`
		rm -f ${stop}
		while [ ! -e ${stop} ]; do
			echo "$(curl -s -o /dev/null --max-time 2 -w '%{http_code}:%header{x-served-by}' http://192.168.1.200/) $(date +%s.%N)"
			sleep 0.2
		done
	`,
	]);
	return {
		async end() {
			await program.on('host', `touch ${stop}`);
			const answers = (await client.ended).stdout
				.trim()
				.split('\n')
				.map(line => line.split(' '));
			const good = answers.filter(([answer]) => /^200:server\d$/.test(answer!)).map(([, time]) => Number(time));
			const times = [Number(answers[0]![1]), ...good, Number(answers.at(-1)![1])];
			return {
				requests: answers.length,
				lost: answers.length - good.length,
				outage: Math.max(...times.slice(1).map((time, index) => time - times[index]!)),
			};
		},
	};
}

describe(`a cluster with a site on it, with seed ${seed}`, () => {
	it('begins with one web server', async () => {
		await scale(1, 0);
	});

	it.each([5, 2, 3, 1])(
		'comes to %i web servers though it is killed, and the page is answered all the time',
		async count => {
			const client = ask();
			await scale(count, 2);
			// Each server answers, and nobody else. The test of `verify` would want turns, which the client disturbs.
			const pages = await program.on(
				'host',
				`for i in $(seq ${4 * count}); do curl -sS --max-time 20 http://192.168.1.200/; echo; done`,
			);
			expect(new Set(pages.match(/(?<=Hello from )\S+/g))).toEqual(
				new Set(Array.from({length: count}, (_, index) => `server${index + 1}`)),
			);
			const {requests, lost, outage} = await client.end();
			console.log(
				`${count} servers: ${requests} requests, ${lost} lost, longest time without an answer ${outage.toFixed(1)} s`,
			);
			expect(requests).toBeGreaterThan(60);
			expect(outage).toBeLessThan(longestOutage);

			const machines = (await program.on('host', 'virsh list --name')).match(/SERVER\d/g)?.toSorted();
			expect(machines).toEqual(Array.from({length: count}, (_, index) => `SERVER${index + 1}`));
			// The consoles' logs of machines that run are there, and of no others.
			const logs = (await program.on('host', 'ls /var/lib/libvirt/images/*/'))
				.match(/SERVER\d(?=\.console\.log$)/gm)
				?.toSorted();
			expect(logs).toEqual(machines);
			expect(changedTasks((await program.succeeds('up', '--json')).events)).toEqual([]);
		},
	);
});
