import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {withLock} from '../../source/session/lock.ts';
import {move} from '../../source/commands/move.ts';
import {open} from '../../source/commands/open.ts';
import {plan} from '../../source/commands/plan.ts';
import {probe} from '../../source/commands/probe.ts';
import {openSession} from '../../source/session/session.ts';
import type {CommonOptions} from '../../source/command-line/options.ts';
import {bundle} from '../pty/bundle.ts';

const {signal} = new AbortController();
let folder: string;
let programs: Awaited<ReturnType<typeof bundle>>;
let holder: ChildProcess;
let options: CommonOptions;
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'busy-'));
	const stateDir = join(folder, 'state');
	options = {stateDir, cacheDir: join(folder, 'cache'), sandbox: true, language: 'en'};
	const {journal, plan} = await openSession(options, {save: true});
	journal.append({type: 'run-started', run: 'r1', command: 'up', version: '1', pid: 1});
	journal.append({type: 'step-finished', run: 'r1', unit: plan[0]!.id, status: 'ok', duration: 1});
	programs = await bundle('test/state/lock-program.ts');
	holder = spawn(process.execPath, [programs.file('lock-program'), stateDir], {stdio: ['ignore', 'pipe', 'inherit']});
	await once(holder.stdout!, 'data');
});
afterAll(async () => {
	holder.kill();
	await once(holder, 'exit');
	programs.remove();
	rmSync(folder, {recursive: true});
});

const commands = {
	plan: async (more: CommonOptions) => plan({...options, ...more}, signal),
	'plan --detailed-exitcode': async (more: CommonOptions) =>
		plan({...options, ...more, detailedExitcode: true}, signal),
	move: async (more: CommonOptions) => move({...options, ...more}, 'standby', signal),
	'move --yes': async (more: CommonOptions) => move({...options, ...more, yes: true}, 'standby', signal),
	open: async (more: CommonOptions) => open({...options, ...more}, signal),
	probe: async (more: CommonOptions) => probe({...options, ...more}, signal),
};

test('a command that needs the lock says since when in the same form', async () => {
	const session = await openSession(options, {save: false});
	await expect(withLock(session, 'stop', async () => 0)).rejects.toMatchObject({
		exitCode: 5,
		message: expect.stringMatching(new RegExp(String.raw`process ${holder.pid}, since \d\d:\d\d\. `)) as string,
	});
});

test.each(Object.keys(commands) as Array<keyof typeof commands>)(
	'%s while another process builds: it says so first, asks nothing and gives no advice that would disturb it',
	async name => {
		const write = vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
		const error: unknown = await commands[name]({}).catch((error: unknown) => error);
		const spanish: unknown = await commands[name]({language: 'es'}).catch((error: unknown) => error);
		expect(write).not.toHaveBeenCalled();
		write.mockRestore();
		expect(error).toMatchObject({
			exitCode: 5,
			message: expect.stringMatching(
				new RegExp(
					String.raw`^web: being built by process ${holder.pid} since \d\d:\d\d \(1 of \d+ parts are done\)\. `,
				),
			) as string,
		});
		expect((error as Error).message).not.toMatch(/sandbox start|virsh|✖/);
		expect(spanish).toMatchObject({
			exitCode: 5,
			message: expect.stringMatching(
				/^web: en construcción por el proceso \d+ desde las \d\d:\d\d \(1 de \d+ partes terminadas\)\. /,
			) as string,
		});
	},
);
