import {execFileSync, spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {
	chmodSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {get} from 'node:http';
import {createServer, type AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {apache, latestPagesServed} from '../../steps/apache.ts';
import {content} from '../../steps/content.ts';
import {pagesFolder} from '../../steps/places.ts';
import type {Cluster} from '../../source/cluster/cluster.ts';
import {stageSite} from '../../source/content/stage.ts';
import {archivePath} from '../../source/content/staged.ts';
import {unpacked} from '../../source/tasks/unpacked.ts';
import {testCluster} from '../cluster-fixture.ts';
import {plant, scanned, self} from '../content/trees.ts';
import {on, written} from '../steps/written.ts';
import {fulfil, perform} from '../tasks/perform.ts';
import {both} from '../both.ts';

const folder = mkdtempSync(join(tmpdir(), 'apache-'));
const cluster = testCluster();
const page = join(folder, 'index.php');
const health = join(folder, 'healthz.php');
const stored = join(folder, 'health.txt');

beforeAll(() => {
	// Apache's own user reads the pages.
	chmodSync(folder, 0o755);
	writeFileSync(page, written(content, cluster, on(cluster, 'nas'), '/mnt/raid/content-test/index.php'));
	// The same page, looking at a file of this test's.
	writeFileSync(
		health,
		written(apache, cluster, on(cluster, 'server1'), '/usr/local/share/cluster/healthz.php').replace(
			'/mnt/raid/health.txt',
			stored,
		),
	);
});
afterAll(() => rmSync(folder, {recursive: true}));

describe('the test page', () => {
	test('is what PHP accepts', () => {
		expect(execFileSync('php', ['-l', page], {encoding: 'utf8'})).toContain('No syntax errors');
	});

	test("shows the thesis's text, the date, a 24-hour time and the server's address", () => {
		const shown = execFileSync(
			'php',
			['-d', 'date.timezone=UTC', '-r', `$_SERVER['SERVER_ADDR'] = '10.0.10.110'; include '${page}';`],
			{encoding: 'utf8'},
		);
		expect(shown).toMatch(
			/Página de prueba para TFG Sergio García Lanza\s+<br>Hoy es \d\d\/\d\d\/\d{4} son las ([01]\d|2[0-3]):\d\d:\d\d<br>Soy el servidor 10\.0\.10\.110<br>/,
		);
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
	const site = written(
		apache,
		cluster,
		on(cluster, 'server1'),
		'/etc/apache2/sites-available/000-default.conf',
	).replaceAll('/mnt/raid/www', root);
	const modules = ['mpm_prefork', 'authz_core', 'authz_host', 'dir', 'alias', 'headers'].map(
		name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
	);
	const file = join(folder, 'apache.conf');
	writeFileSync(file, [`PidFile ${folder}/pid`, `ErrorLog ${folder}/error`, ...modules, site].join('\n'));
	const {status, stderr} = spawnSync('apache2', ['-t', '-f', file], {
		encoding: 'utf8',
		env: {...process.env, APACHE_LOG_DIR: folder},
	});
	expect({status, stderr: stderr.trim()}).toEqual({status: 0, stderr: 'Syntax OK'});
});

describe('the real Apache', () => {
	const www = join(folder, 'raid', 'www');
	let server: ChildProcess;
	let port: number;

	/** The site as the steps publish it: scanned, packed, unpacked, and shown by the link of the web root. */
	beforeAll(async () => {
		const source = plant(
			{
				'index.html': 'home',
				'a page.html': 'page',
				'css/a.css': 'style',
				'css/home.html': '-> ../index.html',
				styles: '-> css',
				'top.css': '-> ROOT/css/a.css',
				'.well-known/security.txt': 'contact',
				'empty/x/y': '',
			},
			join(folder, 'site'),
		);
		const site = scanned(source);
		const state = join(folder, 'state');
		const content = join(folder, 'raid', 'content-abc');
		expect(
			await stageSite(site, {folder: state, owner: self, webRoot: www, signal: new AbortController().signal}),
		).toBeUndefined();
		mkdirSync(join(folder, 'raid'));
		expect(
			fulfil(
				unpacked(
					content,
					{kind: 'own', digest: site.digest, size: site.size, archive: archivePath(state, site.digest)},
					both(''),
				),
			),
		).toEqual({code: 0, output: ''});
		symlinkSync('content-abc', www);
		// What must not be served even if it comes there by another way.
		plant(
			{
				'.git/config': 'canary',
				'.env': 'canary',
				'.well-known/.env': 'canary',
				'css/.htpasswd': 'canary',
				'index.php~': 'canary',
				'db.bak': 'canary',
				'DB.OLD': 'canary',
				'#a#': 'canary',
				'a.swp': 'canary',
				passwd: '-> /etc/passwd',
				etc: '-> /etc',
				chain: '-> etc/passwd',
			},
			content,
		);
		execFileSync('chown', ['-hR', '65533:65533', content]);
		port = await freePort();
		const text = written(apache, cluster, on(cluster, 'server1'), '/etc/apache2/sites-available/000-default.conf')
			.replaceAll('/mnt/raid/www', www)
			.replace('*:80', `*:${port}`);
		const modules = ['mpm_prefork', 'authz_core', 'authz_host', 'dir', 'autoindex', 'alias', 'headers'].map(
			name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
		);
		const file = join(folder, 'server.conf');
		// As Debian's apache2.conf has it.
		const debian = '<Directory />\n\tOptions FollowSymLinks\n\tAllowOverride None\n\tRequire all denied\n</Directory>';
		writeFileSync(
			file,
			[
				`Listen 127.0.0.1:${port}`,
				`PidFile ${folder}/server.pid`,
				`ErrorLog ${folder}/error`,
				'User www-data',
				'Group www-data',
				...modules,
				debian,
				text,
			].join('\n'),
		);
		// Apache ends its whole process group.
		server = spawn('apache2', ['-f', file, '-DFOREGROUND'], {
			stdio: 'ignore',
			detached: true,
			env: {...process.env, APACHE_LOG_DIR: folder},
		});
		await vi.waitFor(async () => fetch(`http://127.0.0.1:${port}/healthz.php`), {timeout: 30_000, interval: 200});
	});
	afterAll(async () => {
		server.kill();
		await once(server, 'exit');
	});

	test.each([
		['/', 'home'],
		['/index.html', 'home'],
		['/a%20page.html', 'page'],
		['/css/a.css', 'style'],
		['/css/home.html', 'home'],
		['/styles/a.css', 'style'],
		['/styles/home.html', 'home'],
		['/top.css', 'style'],
		['/.well-known/security.txt', 'contact'],
	])('serves %s', async (path, body) => {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`);
		expect([answer.status, await answer.text()]).toEqual([200, body]);
	});

	test.each([
		'/.git/config',
		'/.git/',
		'/.git',
		'/.env',
		'/.well-known/.env',
		'/css/.htpasswd',
		'/styles/.htpasswd',
		'/index.php~',
		'/db.bak',
		'/DB.OLD',
		'/%23a%23',
		'/a.swp',
		'/passwd',
		'/etc/passwd',
		'/etc/',
		'/chain',
		'/css/../.env',
		'/%2egit/config',
		'//.git//config',
		'/css/',
		'/empty/',
		'/empty/x/',
	])('does not serve %s', async path => {
		const {status, body} = await rawGet(port, path);
		expect([403, 404]).toContain(status);
		expect(body).not.toMatch(/canary|root:x:|Index of/);
	});

	test('does not show in an error page what it is', async () => {
		expect((await rawGet(port, '/nowhere')).body).not.toContain('Apache');
	});
});

describe('new pages', () => {
	const raid = join(folder, 'published');
	const www = join(raid, 'www');
	let server: ChildProcess;
	let port: number;

	/** Puts a page on the array and shows it, as the step `content` does. Every page has the same size and time. */
	const publish = (digest: string) => {
		const content = own(digest);
		const shown = pagesFolder(content);
		plant({'index.php': `<?php echo "page ${digest}";`}, join(raid, shown));
		utimesSync(join(raid, shown, 'index.php'), 1_700_000_000, 1_700_000_000);
		symlinkSync(shown, `${www}.new`);
		renameSync(`${www}.new`, www);
		for (const name of readdirSync(raid).filter(name => name.startsWith('content-') && name !== shown)) {
			rmSync(join(raid, name), {recursive: true});
		}

		return perform(latestPagesServed({content}, {name: 'server1', internal: `127.0.0.1:${port}`}).check);
	};

	const own = (digest: string): Cluster['content'] => ({kind: 'own', digest, size: 0, archive: ''});
	const ask = async () => (await fetch(`http://127.0.0.1:${port}/`)).text();

	beforeAll(async () => {
		mkdirSync(raid);
		port = await freePort();
		const healthz = written(apache, cluster, on(cluster, 'server1'), '/usr/local/share/cluster/healthz.php').replace(
			'/mnt/raid/www',
			www,
		);
		writeFileSync(join(raid, 'healthz.php'), healthz);
		const site = written(apache, cluster, on(cluster, 'server1'), '/etc/apache2/sites-available/000-default.conf')
			.replaceAll('/mnt/raid/www', www)
			.replaceAll('/usr/local/share/cluster', raid)
			.replace('*:80', `*:${port}`);
		const modules = ['mpm_prefork', 'authz_core', 'authz_host', 'dir', 'alias', 'headers', 'mime'].map(
			name => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
		);
		const php = readdirSync('/usr/lib/apache2/modules').find(name => /^libphp.*\.so$/.test(name))!;
		const file = join(folder, 'php.conf');
		// One process, so that all requests meet the same memory of PHP's.
		writeFileSync(
			file,
			[
				`Listen 127.0.0.1:${port}`,
				`PidFile ${folder}/php.pid`,
				`ErrorLog ${folder}/error`,
				'User www-data',
				'Group www-data',
				...modules,
				'TypesConfig /dev/null',
				`LoadModule php_module /usr/lib/apache2/modules/${php}`,
				'<FilesMatch "\\.php$">\nSetHandler application/x-httpd-php\n</FilesMatch>',
				'ServerLimit 1',
				'StartServers 1',
				'MaxRequestWorkers 1',
				'KeepAlive Off',
				site,
			].join('\n'),
		);
		server = spawn('apache2', ['-f', file, '-DFOREGROUND'], {
			stdio: 'ignore',
			detached: true,
			env: {...process.env, APACHE_LOG_DIR: folder},
		});
		publish('a'.repeat(64));
		await vi.waitFor(async () => expect(await ask()).toBe(`page ${'a'.repeat(64)}`), {timeout: 30_000, interval: 200});
	});
	afterAll(async () => {
		server.kill();
		await once(server, 'exit');
	});

	test('are what visitors get as soon as the check says so', async () => {
		const first: Array<{code: number | null; output: string}> = [];
		for (const digest of ['b', 'c', 'd'].map(letter => letter.repeat(64))) {
			await ask();
			let found = publish(digest);
			first.push(found);
			await vi.waitFor(
				() => {
					found = perform(
						latestPagesServed({content: own(digest)}, {name: 'server1', internal: `127.0.0.1:${port}`}).check,
					);
					expect(found).toEqual({code: 0, output: ''});
				},
				{timeout: 10_000, interval: 50},
			);
			expect(await ask()).toBe(`page ${digest}`);
		}

		// PHP keeps the old link for a moment, unless this machine was too slow to see it.
		expect(first).toContainEqual({
			code: 1,
			output: expect.stringMatching(/^content-\w+ is published, and PHP sees content-\w+$/),
		});
	});
});

/** Sends a path as it is: fetch would tidy it first. */
async function rawGet(port: number, path: string): Promise<{status: number; body: string}> {
	return new Promise((resolve, reject) => {
		get({host: '127.0.0.1', port, path}, answer => {
			let body = '';
			answer
				.setEncoding('utf8')
				.on('data', (text: string) => {
					body += text;
				})
				.on('end', () => {
					resolve({status: answer.statusCode!, body});
				});
		}).on('error', reject);
	});
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	return port;
}
