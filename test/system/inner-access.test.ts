import {spawn, spawnSync, type ChildProcess} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {sh} from '../../source/shell/command.ts';
import {innerAccess} from '../../source/tasks/inner-access.ts';
import {isolatedNetwork} from '../../source/tasks/network.ts';
import {removal} from '../../source/tasks/removal.ts';
import {enterArguments} from '../../source/targets/sandbox.ts';
import {sandbox} from '../../steps/sandbox.ts';
import {testCluster} from '../cluster-fixture.ts';
import {fulfil, insideOf, shell} from './inside.ts';

const folder = mkdtempSync(join(tmpdir(), 'inner-access-'));
const inside = insideOf(folder);
const fixture = testCluster({name: 'inner-access'}, {acceleration: 'tcg'});
const cluster = {...fixture, paths: {...fixture.paths, state: folder}};
const {internal} = cluster.networks;
const [server] = cluster.webs;
const access = innerAccess(cluster);
let web: ChildProcess;

/** A namespace on the inner network stands for a web server. */
beforeAll(async () => {
	for (const task of sandbox.tasks(cluster, {})) {
		fulfil(task, shell);
	}

	fulfil(isolatedNetwork(internal), inside);
	expect(
		inside(sh`
		ip netns add web && ip link add web type veth peer name int0 netns web && ip link set web master ${internal.label} up &&
		ip -n web address add ${`${server!.internal}/24`} dev int0 && ip -n web link set int0 up
	`),
	).toEqual({code: 0, output: ''});
	const program =
		'require("http").createServer((request, response) => response.end(request.socket.remoteAddress)).listen(80, () => console.log("listening"))';
	const [enter, ...words] = enterArguments(folder, [
		'nsenter',
		'--net=/run/netns/web',
		process.execPath,
		'-e',
		program,
	]);
	web = spawn(enter!, words, {stdio: ['ignore', 'pipe', 'inherit']});
	await new Promise(resolve => web.stdout!.once('data', resolve));
});

afterAll(() => {
	web.kill();
	spawnSync(join(folder, 'sandbox', 'control'), ['remove']);
	rmSync(folder, {recursive: true, force: true});
});

test('the host reaches an inner node by it, with an address that nobody else has, and has no other way there', () => {
	const before = host();
	expect(inside(access.open.check)).toEqual({code: 1, output: `${access.name}: missing`});
	fulfil(access.open, inside);
	// Never from the host itself: without a route of its own it would ask outside of the sandbox.
	expect(inside(sh`${access.prefix} curl -s -S --max-time 2 ${`http://${server!.internal}/`} 2>&1`).output).toMatch(
		/10\.0\.10\.254$/,
	);
	expect(host(), 'no address and no route of the host').toBe(before);
});

test('opening it again changes nothing', () => {
	expect(inside(access.open.check)).toEqual({code: 0, output: ''});
	const inode = () => inside(`stat -c %i /run/netns/${access.name}`).output;
	const before = inode();
	fulfil(access.open, inside);
	expect(inode()).toBe(before);
});

test.each([
	['its port was taken from the bridge', `ip link set ${access.name} nomaster`],
	['its address was taken', `ip -n ${access.name} address flush dev int0`],
	['only the namespace was made', `ip link del ${access.name}`],
	['only its file was made', `ip netns del ${access.name}; touch /run/netns/${access.name}`],
])('cut off or harmed: %s: seen and mended', (_, harm) => {
	inside(harm);
	expect(inside(access.open.check).code).toBe(1);
	fulfil(access.open, inside);
});

test('closing it leaves nothing', () => {
	const {remove, gone} = removal(access.open.creates![0]!, cluster.paths);
	expect(inside(gone).code).toBe(1);
	fulfil(access.close, inside);
	expect(inside(gone)).toEqual({code: 0, output: ''});
	expect(inside(`ip netns list; ip -o link`).output).not.toContain(access.name);
	expect(inside(remove).code, 'once more').toBe(0);
	expect(inside(access.close.check).code).toBe(0);
});

function host(): string {
	return inside("ip -4 -o address | awk '{print $2, $4}'; ip -4 route").output;
}
