import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {render, renderWithInput, type Command} from '../../source/shell/command.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {bridgeChange} from '../../source/tasks/bridge-change.ts';
import {bridgeTask, folderOf} from '../../source/tasks/bridge.ts';
import {removal} from '../../source/tasks/removal.ts';
import {shellScript} from '../../source/report/script.ts';
import {steps} from '../../steps/index.ts';
import {afterwards, bridgedCluster, type HostFiles} from '../bridged-cluster.ts';
import {hostSecrets, secretInterfaces, secretNetplan} from '../host-secrets.ts';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'bridge-task-'));
});
afterEach(() => {
	rmSync(root, {recursive: true});
});

const here = folderOf('kvmbr0');

/** The text as it would run on a host whose files lie below `root`. */
const placed = (text: string) =>
	text.replaceAll(/\/etc\/(?=netplan|network|systemd)/g, `${root}/etc/`).replaceAll(here, `${root}/here`);

function write(files: HostFiles): void {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), {recursive: true});
		writeFileSync(join(root, path), content, {mode: 0o640});
	}
}

function run(command: Command): {status: number | null; output: string} {
	// Through cat, because Node's pipe is a socket, which cannot be opened as /dev/stdin.
	const {status, stdout, stderr} = spawnSync('sh', ['-c', `cat | (\n${placed(render(command, 'execute'))}\n)`], {
		input: placed(String(command.input ?? '')),
		encoding: 'utf8',
	});
	return {status, output: stdout + stderr};
}

/** The task's commands without the last one, which switches; what the first that fails says. */
function prepare(commands: readonly Command[]): string | undefined {
	return commands
		.slice(0, -1)
		.map(command => run(command))
		.find(({status}) => status !== 0)?.output;
}

describe.each([
	['netplan', secretNetplan],
	['ifupdown', secretInterfaces],
] as const)('%s beside other interfaces with passwords', (renderer, files) => {
	const cluster = bridgedCluster(renderer, files);
	const task = bridgeTask(cluster);
	const change = bridgeChange(cluster);
	const expected = 'edited' in change ? afterwards(change, files) : {};
	const edited = 'edited' in change ? change.edited.map(({path}) => path) : [];
	const apply = task.apply!;

	test('the files of afterwards are made on the host, the former ones are kept byte for byte', () => {
		write(files);
		expect(prepare(apply)).toBeUndefined();
		for (const [path, content] of Object.entries(expected)) {
			expect(readFileSync(join(root, 'here/new', root, path), 'utf8')).toBe(placed(content));
		}

		expect(edited.length).toBeGreaterThan(0);
		for (const path of edited) {
			expect(readFileSync(join(root, 'here/old', root, path), 'utf8')).toBe(files[path]);
			expect(
				[statSync(join(root, 'here/old', root, path)).mode, statSync(join(root, 'here/new', root, path)).mode].map(
					mode => mode & 0o777,
				),
			).toEqual([0o640, 0o640]);
		}

		expect(statSync(join(root, 'here')).mode & 0o777).toBe(0o700);
		expect(
			readdirSync(join(root, 'here/new'), {recursive: true, encoding: 'utf8'}).filter(name => name.endsWith('.part')),
		).toEqual([]);
	});

	test('done again, also after the change is in force, they are the same', () => {
		write(files);
		expect(prepare(apply)).toBeUndefined();
		write(expected);
		rmSync(join(root, 'here/new'), {recursive: true});
		expect(prepare(apply)).toBeUndefined();
		for (const [path, content] of Object.entries(expected)) {
			expect(readFileSync(join(root, 'here/new', root, path), 'utf8')).toBe(placed(content));
		}
	});

	test('a change that was confirmed is not made anew', () => {
		write(files);
		expect(prepare(apply)).toBeUndefined();
		writeFileSync(join(root, 'here/former'), 'old\n');
		writeFileSync(join(root, 'here/new', root, edited[0]!), 'as an earlier version wrote it');
		expect(prepare(apply)).toBeUndefined();
		expect(readFileSync(join(root, 'here/new', root, edited[0]!), 'utf8')).toBe('as an earlier version wrote it');
	});

	test('a file that was changed since it was read stops it', () => {
		write({...files, [edited[0]!]: `${files[edited[0]!]}# more\n`});
		expect(prepare(apply)).toContain('no longer the one that was read');
		expect(existsSync(join(root, 'here/old'))).toBe(false);
	});

	test('copies that are not of these files stop it', () => {
		write(files);
		expect(prepare(apply)).toBeUndefined();
		writeFileSync(join(root, 'here/old', root, edited[0]!), 'of another cluster');
		expect(prepare(apply)).toContain('does not hold the network configuration that was read');
	});

	test('no password is in the cluster, in a command or in the printed script', () => {
		const commands = [
			task.check,
			...apply,
			...task.creates!.map(resource => removal(resource, cluster.paths)).flatMap(({remove, gone}) => [remove, gone]),
		];
		const script = shellScript(makePlan(cluster, steps), cluster, 'en');
		expect(script).toContain('/etc/');
		const all = [
			JSON.stringify(cluster),
			script,
			...commands.flatMap(command => [
				render(command, 'execute'),
				String(command.input ?? ''),
				renderWithInput(command, 'show'),
				renderWithInput(command, 'script'),
			]),
		];
		expect(hostSecrets.filter(secret => all.some(text => text.includes(secret)))).toEqual([]);
	});
});
