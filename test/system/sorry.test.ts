import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {connect, createServer, type AddressInfo} from 'node:net';
import {afterAll, beforeAll, expect, test} from 'vitest';

const folder = 'assets/director/usr/local/share/cluster';
let group: number;
let port: number;
const ask = async () => fetch(`http://127.0.0.1:${port}/index.php`, {signal: AbortSignal.timeout(5000)});

beforeAll(async () => {
	const free = createServer().listen(0, '127.0.0.1');
	await once(free, 'listening');
	({port} = free.address() as AddressInfo);
	free.close();
	const child = spawn('perl', [`${folder}/sorry.pl`, '127.0.0.1', String(port), `${folder}/sorry.html`], {
		stdio: 'inherit',
		detached: true,
	});
	group = child.pid!;
	// It is there when what started it has ended.
	expect(await once(child, 'exit')).toEqual([0, null]);
});
afterAll(() => {
	process.kill(-group);
});

test('the sorry page says so in both languages, with the status that is for it', async () => {
	const answer = await ask();
	expect(answer.status).toBe(503);
	expect(answer.headers.get('retry-after')).toBe('10');
	const page = await answer.text();
	expect(page).toContain('no web server is available');
	expect(page).toContain('ningún servidor web');
	expect(Buffer.byteLength(page)).toBe(Number(answer.headers.get('content-length')));
});

test('it has an answer for many, and clients that do not ask hold up nobody', async () => {
	const silent = Array.from({length: 20}, () => connect(port, '127.0.0.1'));
	await Promise.all(silent.map(async socket => once(socket, 'connect')));
	const answers = await Promise.all(Array.from({length: 100}, ask));
	expect(answers.map(({status}) => status)).toEqual(Array.from({length: 100}, () => 503));
	for (const socket of silent) {
		socket.destroy();
	}

	expect((await ask()).status).toBe(503);
});
