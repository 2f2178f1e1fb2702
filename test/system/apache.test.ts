import {execFileSync, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {apache} from '../../steps/apache.ts';
import {content} from '../../steps/content.ts';
import {testCluster} from '../cluster-fixture.ts';
import {on, written} from '../steps/written.ts';

const folder = mkdtempSync(join(tmpdir(), 'apache-'));
const cluster = testCluster();
const page = join(folder, 'index.php');
const health = join(folder, 'healthz.php');
const stored = join(folder, 'health.txt');

beforeAll(() => {
	writeFileSync(page, written(content, cluster, on(cluster, 'nas'), '/mnt/raid/content-test/index.php'));
	// The same page, looking at a file of this test's.
	writeFileSync(health, written(apache, cluster, on(cluster, 'server1'), '/usr/local/share/cluster/healthz.php').replace('/mnt/raid/health.txt', stored));
});
afterAll(() => rmSync(folder, {recursive: true}));

describe('the test page', () => {
	test('is what PHP accepts', () => {
		expect(execFileSync('php', ['-l', page], {encoding: 'utf8'})).toContain('No syntax errors');
	});

	test('shows the thesis\'s text, the date, a 24-hour time and the server\'s address', () => {
		const shown = execFileSync('php', ['-d', 'date.timezone=UTC', '-r', `$_SERVER['SERVER_ADDR'] = '10.0.10.110'; include '${page}';`], {encoding: 'utf8'});
		expect(shown).toMatch(/Página de prueba para TFG Sergio García Lanza\s+<br>Hoy es \d\d\/\d\d\/\d{4} son las ([01]\d|2[0-3]):\d\d:\d\d<br>Soy el servidor 10\.0\.10\.110<br>/);
	});
});

describe('the health page', () => {
	const ask = () => execFileSync('php', [health], {encoding: 'utf8'});

	test('says OK when the file can be read', () => {
		writeFileSync(stored, 'OK\n');
		expect(ask()).toBe('OK\n');
	});

	test.each([
		['the file is missing', () => rmSync(stored, {force: true})],
		['the file says something else', () => writeFileSync(stored, 'hello\n')],
	])('%s', (_, before) => {
		before();
		expect(ask()).toBe('The storage does not answer\n');
	});

	test('gives up by itself when a read does not return', () => {
		rmSync(stored, {force: true});
		execFileSync('mkfifo', [stored]);
		const started = Date.now();
		expect(ask()).toBe('The storage does not answer\n');
		expect(Date.now() - started, 'before ldirectord stops waiting').toBeLessThan(cluster.check.timeout * 1000);
	});
});

test('Apache accepts the site', () => {
	const root = join(folder, 'root');
	mkdirSync(root);
	const site = written(apache, cluster, on(cluster, 'server1'), '/etc/apache2/sites-available/000-default.conf').replaceAll('/mnt/raid/www', root);
	const modules = ['mpm_prefork', 'authz_core', 'authz_host', 'dir', 'alias', 'headers'].map(name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
	const file = join(folder, 'apache.conf');
	writeFileSync(file, [`PidFile ${folder}/pid`, `ErrorLog ${folder}/error`, ...modules, site].join('\n'));
	const {status, stderr} = spawnSync('apache2', ['-t', '-f', file], {encoding: 'utf8', env: {...process.env, APACHE_LOG_DIR: folder}});
	expect({status, stderr: stderr.trim()}).toEqual({status: 0, stderr: 'Syntax OK'});
});
