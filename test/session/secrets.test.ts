import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import type {CommonOptions} from '../../source/command-line/options.ts';
import {renderWithInput, sh, withInput} from '../../source/shell/command.ts';
import {folderOf} from '../../source/tasks/bridge.ts';
import {report} from '../../source/commands/report.ts';
import {openTargets, reportTo} from '../../source/session/runner.ts';
import {script} from '../../source/commands/script.ts';
import {proxySecrets} from '../../source/session/secrets.ts';
import {openSession, type Session} from '../../source/session/session.ts';
import {support} from '../../source/commands/support.ts';
import {jsonLines} from '../../source/output/json-lines.ts';
import {logFiles} from '../../source/output/log-files.ts';
import {plainLines} from '../../source/output/plain-lines.ts';
import {testFacts} from '../cluster-fixture.ts';
import {begunState} from '../state-fixture.ts';
import {hostSecrets, secretInterfaces, secretNetplan} from '../host-secrets.ts';
import {testMeasurements} from '../report/measurements-fixture.ts';

const hostFiles = {netplan: secretNetplan, ifupdown: secretInterfaces};

const proxy = 'http://ana:pr%40xy-secret@proxy.example:3128';

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'secrets-'));
	vi.stubEnv('http_proxy', proxy);
});
afterAll(() => {
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true});
});

/** A begun cluster whose facts an earlier version saved, with whole files of the host. */
async function begin(
	name: string,
	inSandbox: boolean,
	renderer: 'netplan' | 'ifupdown' = 'netplan',
): Promise<{session: Session; options: CommonOptions}> {
	const stateDir = join(folder, name);
	const answers = join(folder, `${name}.yaml`);
	writeFileSync(answers, inSandbox ? 'name: shop\n' : 'name: shop\nhost: {external: bridge, nic: eno1}\n');
	const options = {answers, stateDir, sandbox: inSandbox};
	begunState(stateDir, {name: 'shop', sandbox: inSandbox});
	const {state} = await openSession(options, {save: true});
	const files = Object.entries(hostFiles[renderer]).map(([path, content]) => ({path, mode: '0600', content}));
	state.write(
		'facts.json',
		JSON.stringify({
			...testFacts,
			renderer: {value: renderer, source: ''},
			uplinks: {value: {eno1: {renderer, mac: '02:00:00:00:00:01', files}}, source: ''},
		}),
	);
	state.write(
		'journal.jsonl',
		`${JSON.stringify({time: '2026-01-01T00:00:00Z', type: 'run-started', run: 'r1', command: 'up', version: '0', pid: 1})}\n`,
	);
	return {session: await openSession(options, {save: false}), options};
}

/** Every secret of a session as it may be told, by what it is. */
function told({keys}: Session): string[] {
	const whole = [keys.wizard, ...Object.values(keys.hosts)]
		.map(pair => pair.private.reveal())
		.concat(keys.authkey.reveal());
	const encoded = whole.map(text => Buffer.from(text).toString('base64'));
	return [
		...whole,
		...whole.map(text => JSON.stringify(text)),
		...encoded,
		...encoded.map(text => text.replaceAll(/.{76}/g, '$&\n')),
		proxy,
		'pr%40xy-secret',
		'pr@xy-secret',
		JSON.stringify({proxy}),
		`Proxy-Authorization: Basic ${Buffer.from('ana:pr@xy-secret').toString('base64')}`,
	];
}

/** Pieces that would give a secret away. */
function pieces(session: Session): string[] {
	const lines = told(session)
		.flatMap(text => text.split(/\n|\\n/))
		.filter(line => !line.includes('-----'));
	return [
		...lines.map(line => line.replace(/^"|"$/g, '')).filter(line => line.length >= 12),
		'xy-secret',
		Buffer.from('ana:pr@xy-secret').toString('base64'),
	];
}

function found(text: string, session: Session, more: readonly string[] = []): string[] {
	return [...pieces(session), ...more].filter(piece => text.includes(piece));
}

function filesIn(root: string): string {
	return readdirSync(root, {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(entry => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
}

/** What a command prints. */
async function printed(work: () => Promise<unknown>): Promise<string> {
	const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
	try {
		await work();
		return write.mock.calls.map(([text]) => String(text)).join('');
	} finally {
		write.mockRestore();
	}
}

describe('no secret of a session comes out', () => {
	test('in plain lines, JSON lines and log files', async () => {
		const {session} = await begin('events', true);
		expect(pieces(session).length).toBeGreaterThan(50);
		const output = new PassThrough();
		const chunks: string[] = [];
		output.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
		const logs = logFiles(join(folder, 'events', 'logs', 'run'), 'en');
		const emit = reportTo(session, [
			plainLines({output, language: 'en', color: false, unicode: true}),
			jsonLines(output),
			logs,
		]);
		const label = {unit: 'raid:nas', step: 'raid', host: 'nas'};
		for (const secret of told(session)) {
			const task = {task: secret, index: 0};
			emit({
				type: 'run-started',
				run: 'run',
				command: secret,
				cluster: 'shop',
				steps: [{...label, title: secret, tasks: 1}],
			});
			emit({type: 'step-started', ...label, title: secret});
			emit({type: 'task-started', ...label, ...task, command: secret});
			for (const line of secret.split('\n')) {
				emit({type: 'output', ...label, stream: 'stdout', line});
			}

			emit({type: 'waiting', ...label, task: secret, reason: secret, seconds: 1, limit: 2});
			emit({
				type: 'task-finished',
				...label,
				...task,
				status: 'failed',
				duration: 1,
				reason: secret,
				failure: {attempted: secret, command: secret, exit: 1, lines: secret.split('\n'), advice: secret},
			});
			emit({type: 'step-finished', ...label, status: 'failed', duration: 1, reason: secret});
		}

		await logs.close!();
		expect(chunks.join('')).toContain('***');
		expect(found(chunks.join(''), session)).toEqual([]);
		const logged = filesIn(join(folder, 'events', 'logs'));
		expect(logged).toContain('***');
		expect(found(logged, session)).toEqual([]);
	});

	test('in what a command on a machine prints, of which reasons and failures are made', async () => {
		const {session} = await begin('output', true);
		const {target, close} = openTargets(session);
		const lines: string[] = [];
		await target('host').exec('cat', {input: told(session).join('\n'), onLine: line => lines.push(line)});
		close();
		expect(lines.length).toBeGreaterThan(50);
		expect(found(lines.join('\n'), session)).toEqual([]);
	});

	test.each(['netplan', 'ifupdown'] as const)(
		'in the support bundle, logs and facts of an earlier version included: %s',
		async renderer => {
			const {session, options} = await begin(`support-${renderer}`, true, renderer);
			mkdirSync(session.state.file('logs', 'r1'), {recursive: true});
			const files = Object.values(hostFiles[renderer]).join('\n');
			const command = renderWithInput(
				withInput(sh`install -D -m 0600 /dev/stdin ${`${folderOf('kvmbr0')}/new/etc/file`}`, files),
				'show',
			);
			writeFileSync(
				session.state.file('logs', 'r1', 'external-network.log'),
				`$ ${command}\n${told(session).join('\n')}\nthe end\n`,
			);
			writeFileSync(
				session.state.file('logs', 'r1', 'events.jsonl'),
				`${JSON.stringify({command, lines: told(session)})}\n`,
			);
			const work = join(folder, `bundle-${renderer}`);
			mkdirSync(work);
			const before = process.cwd();
			process.chdir(work);
			const said = await printed(async () => support({...options, json: true}, new AbortController().signal));
			process.chdir(before);
			execFileSync('tar', ['-C', work, '-xzf', (JSON.parse(said) as {file: string}).file]);
			const bundle = filesIn(
				join(
					work,
					readdirSync(work).find(name => !name.endsWith('.gz'))!,
				),
			);
			expect(bundle).toContain('"edits"');
			expect(bundle).toContain('$ install -D -m 0600 /dev/stdin /var/lib/cluster-wizard-bridges/kvmbr0/new/etc/file');
			expect(bundle).toContain('the end');
			expect(found(bundle, session, hostSecrets)).toEqual([]);
		},
	);

	test.each(['netplan', 'ifupdown'] as const)('in the printed script and the saved facts: %s', async renderer => {
		const {session, options} = await begin(`script-${renderer}`, false, renderer);
		const text = await printed(async () => script(options));
		expect(text).toContain(Object.keys(hostFiles[renderer])[0]);
		expect(found(text, session, hostSecrets)).toEqual([]);
		await openSession(options, {save: true});
		expect(found(readFileSync(session.state.file('facts.json'), 'utf8'), session, hostSecrets)).toEqual([]);
	});

	test('in the report', async () => {
		const {session, options} = await begin('report', true);
		const measurements = testMeasurements(session.cluster);
		const [first, ...rest] = measurements.drills;
		session.state.create('reports');
		session.state.write(
			'reports/measurements.json',
			JSON.stringify({...measurements, drills: [{...first, reason: told(session).join('\n')}, ...rest]}),
		);
		await printed(async () => report(options));
		rmSync(session.state.file('reports/measurements.json'));
		const text = filesIn(session.state.file('reports'));
		expect(text).toContain('***');
		expect(found(text, session)).toEqual([]);
	});
});

describe("a proxy's secrets", () => {
	test.each<[string, NodeJS.ProcessEnv, string[]]>([
		['none', {}, []],
		[
			'a proxy without a password',
			{http_proxy: 'http://proxy:3128', https_proxy: 'http://ana@proxy:3128', no_proxy: 'localhost,.example'},
			[],
		],
		['in both cases, any protocol', {HTTPS_PROXY: 'socks5h://a:b@c'}, ['socks5h://a:b@c', 'a:b', 'a:b', 'b', 'b']],
		[
			'without a protocol',
			{http_proxy: 'ana:pa:ss@proxy:3128'},
			['ana:pa:ss@proxy:3128', 'ana:pa:ss', 'ana:pa:ss', 'pa:ss', 'pa:ss'],
		],
		[
			'encoded',
			{all_proxy: 'http://an%40:p%2Fw@proxy'},
			['http://an%40:p%2Fw@proxy', 'an%40:p%2Fw', 'an@:p/w', 'p%2Fw', 'p/w'],
		],
		[
			'wrongly encoded',
			{http_proxy: 'http://a:100%@proxy'},
			['http://a:100%@proxy', 'a:100%', 'a:100%', '100%', '100%'],
		],
	])('%s', (_, environment, expected) => {
		expect(proxySecrets(environment).map(secret => secret.reveal())).toEqual(expected);
	});
});
