/**
 * Records real runs for the tests of the estimate: one cluster in a sandbox, a row of `up`s that differ, and what `plan`
 * said before each. Each run that ends well is reduced to a file in `test/recorded/runs`; the cluster is removed at the end.
 *
 *   npm run record:estimates -- NAME "where and when"
 *
 * `E2E_FOLDER` is the folder for the sandbox, `CACHE` an image cache that is kept; without it the cache is empty and removed.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {argv, env, exit} from 'node:process';
import {Program} from '../e2e/program.ts';
import {reduceRun} from './reduce.ts';
import type {RecordedRun} from './recorded-run.ts';

interface Scenario {
	readonly about: string;
	readonly servers?: number;
	/** Answers beside the name and the number of servers. */
	readonly answers?: string;
	/** Whether the folder `site` is published instead of the test page. */
	readonly hasSite?: boolean;
	/** Further words of `plan` and `up`. */
	readonly words?: readonly string[];
	/** What a person did to the cluster before. */
	readonly before?: (program: Program) => Promise<unknown>;
}

const page = (text: string) => (program: Program) => {
	const folder = join(program.folder, 'site');
	mkdirSync(folder, {recursive: true});
	writeFileSync(join(folder, 'index.php'), `<?php echo "${text} from ", gethostname();`);
	return Promise.resolve();
};

const scenarios: readonly Scenario[] = [
	{about: 'first build, empty cache'},
	{about: 'nothing to do'},
	{about: 'token', answers: 'ha: {token: 2000}'},
	{about: 'page of one\'s own', answers: 'ha: {token: 2000}', before: page('One'), hasSite: true},
	{about: 'a fourth server', servers: 4, answers: 'ha: {token: 2000}', hasSite: true},
	{about: 'two servers fewer', servers: 2, answers: 'ha: {token: 2000}', hasSite: true},
	{about: 'a third server', answers: 'ha: {token: 2000}', hasSite: true},
	{about: 'times of ldirectord', answers: 'ha: {token: 2000}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true},
	{about: 'another page', answers: 'ha: {token: 2000}\ncheck: {interval: 7s, timeout: 6s}', before: page('Two'), hasSite: true},
	{about: 'nothing to do, again', answers: 'ha: {token: 2000}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true},
	{about: 'interval of the monitors', answers: 'ha: {token: 2000, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true},
	{about: 'ldirectord.cf was edited by hand', answers: 'ha: {token: 2000, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, before: async program => program.on('master', 'echo "# by hand" >> /etc/ha.d/ldirectord.cf')},
	{about: 'the sandbox was stopped', answers: 'ha: {token: 2000, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, before: async program => program.run('sandbox', 'stop')},
	{about: 'Apache was stopped and disabled', answers: 'ha: {token: 2000, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, before: async program => program.on('server2', 'systemctl disable --now apache2')},
	{about: 'only corosync, with another token', answers: 'ha: {token: 1500, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, words: ['--only', 'corosync']},
	{about: 'until nfs, nothing to do', answers: 'ha: {token: 1500, monitor: 7s}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, words: ['--until', 'nfs']},
	{about: 'no sorry page, failback', answers: 'ha: {token: 1500, monitor: 7s, sorryPage: false, failback: true}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true},
	{about: 'a web server was switched off', answers: 'ha: {token: 1500, monitor: 7s, sorryPage: false, failback: true}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true, before: async program => program.on('host', 'virsh destroy SERVER1')},
	{about: 'a fourth server with an address of its own', servers: 4, answers: 'nodes: {server4: {internal: 10.0.10.99}}\nha: {token: 1500, monitor: 7s, sorryPage: false, failback: true}\ncheck: {interval: 7s, timeout: 6s}', hasSite: true},
	{about: 'token, times of ldirectord and the test page at once', servers: 4, answers: 'nodes: {server4: {internal: 10.0.10.99}}\nha: {token: 2500, failback: true}\ncheck: {interval: 5s, timeout: 4s}'},
	{about: 'one server fewer', answers: 'ha: {token: 2500, failback: true}\ncheck: {interval: 5s, timeout: 4s}'},
	{about: 'nothing to do, at last', answers: 'ha: {token: 2500, failback: true}\ncheck: {interval: 5s, timeout: 4s}'},
];

const [, , name, where] = argv;
if (name === undefined || where === undefined) {
	console.error('usage: npm run record:estimates -- NAME "where and when"');
	exit(2);
}

const program = new Program(name, env['CACHE']);
try {
	for (const [index, scenario] of scenarios.entries()) {
		try {
			await record(index + 1, scenario);
		} catch (error) {
			console.log(`${scenario.about}: ${String(error)}`);
		}
	}
} finally {
	await program.run('down', '--yes', '--purge');
	program.remove();
}

async function record(number: number, {about, servers = 3, answers = '', words = [], hasSite = false, before}: Scenario): Promise<void> {
	await before?.(program);
	const content = hasSite ? `, content: ${join(program.folder, 'site')}` : '';
	const file = program.answers(`name: ${name!}\nweb: {count: ${servers}${content}}\n${answers}\n`);
	const given = ['--sandbox', '--json', '--answers', file, ...words];
	const planned = plannedOf((await program.run('plan', ...given)).stdout);
	const {code, duration, stderr} = await program.run('up', '--yes', ...given);
	const run = code === 0 ? reduceRun(program.state, {servers, about: `${about}; ${where!}`, ...(planned && {planned})}) : undefined;
	console.log(`${new Date().toISOString()} ${about}: exit ${code ?? 'by a signal'}, ${duration.toFixed(1)} s, planned ${planned?.seconds ?? 0} s${run ? '' : `, not recorded\n${stderr.slice(-2000)}`}`);
	if (run) {
		writeFileSync(new URL(`runs/${name!}-${String(number).padStart(2, '0')}.json`, import.meta.url), `${JSON.stringify(run, null, '\t')}\n`);
	}
}

/** Seconds that `plan` gave, and the units in which it saw something to do. */
function plannedOf(output: string): RecordedRun['planned'] {
	const lines = output.split('\n').filter(Boolean).map(line => JSON.parse(line) as {type: string; seconds?: number; action?: string; tasks?: Array<{unit: string}>});
	const end = lines.find(({type}) => type === 'plan-finished');
	return end && {seconds: end.seconds ?? 0, units: [...new Set(lines.flatMap(({type, action, tasks = []}) => type === 'plan-change' && action !== 'failed' ? tasks.map(({unit}) => unit) : []))]};
}
