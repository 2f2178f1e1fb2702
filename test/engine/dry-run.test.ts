import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {sh, withInput} from '../../source/shell/command.ts';
import type {Target} from '../../source/engine/target.ts';
import type {Task} from '../../source/engine/task.ts';
import {go, title, touch, unit} from './running.ts';
import {shellTarget} from './shell-target.ts';

/** A service that reads files, and runs since a moment. */
const reads = (name: string, ...files: string[]): Task => touch(name, {reads: files});
const asserts = (name: string): Task => ({
	title: title(name),
	check: sh`[ -f ${name} ] || { echo ${name} is missing; exit 1; }`,
});
const cannotTell = (name: string): Task => ({...touch(name), check: sh`echo nothing is known; exit 2`});

/** Statuses of all tasks in a dry run in which these files are there. */
async function surveyed(
	plan: ReturnType<typeof unit>[],
	files: readonly string[],
	more: Parameters<typeof go>[1] = {},
	target = shellTarget(),
) {
	for (const name of files) {
		mkdirSync(dirname(join(target.folder, name)), {recursive: true});
		writeFileSync(join(target.folder, name), '');
	}

	return go(plan, {dryRun: true, decide: undefined, ...more}, target);
}

describe('a dry run goes on behind a change', () => {
	test.each<[name: string, tasks: Task[], there: string[], expected: string[]]>([
		['and looks at every task', [touch('a'), touch('b'), touch('c')], ['b'], ['would-change', 'ok', 'would-change']],
		[
			'a service that reads the file is restarted',
			[touch('a', {writes: ['/etc/a']}), reads('s', '/etc/a'), reads('other', '/etc/b')],
			['s', 'other'],
			['would-change', 'would-change', 'ok'],
		],
		[
			'a service that reads the folder is restarted',
			[touch('a', {writes: ['/etc/d/a']}), reads('s', '/etc/d'), reads('other', '/etc/d/ab')],
			['s', 'other'],
			['would-change', 'would-change', 'ok'],
		],
		[
			'a file that stays restarts nothing',
			[touch('a', {writes: ['/etc/a']}), reads('s', '/etc/a')],
			['a', 's'],
			['ok', 'ok'],
		],
		[
			'what uses a service that is down may hold once it runs',
			[touch('s', {restarts: 'nfs-server'}), touch('a', {uses: ['nfs-server']}), touch('b', {uses: ['other']})],
			[],
			['would-change', 'unknown', 'would-change'],
		],
		[
			'what uses a service that only reads its file again is told as it is',
			[
				touch('f', {writes: ['/etc/f']}),
				touch('s', {restarts: 'nfs-server', reads: ['/etc/f']}),
				touch('a', {uses: ['nfs-server']}),
			],
			['s'],
			['would-change', 'would-change', 'would-change'],
		],
		[
			'an assertion that does not hold may hold afterwards',
			[touch('a'), asserts('b')],
			[],
			['would-change', 'unknown'],
		],
		[
			'an assertion that does not hold for no change of ours has failed',
			[touch('a'), asserts('b')],
			['a'],
			['ok', 'failed'],
		],
		['a check that cannot tell may tell afterwards', [touch('a'), cannotTell('b')], [], ['would-change', 'unknown']],
		[
			'a check that cannot tell for no change of ours has failed',
			[touch('a'), cannotTell('b'), touch('c')],
			['a'],
			['ok', 'failed', 'would-change'],
		],
	])('%s', async (_, tasks, there, expected) => {
		const result = await surveyed([unit('one', tasks)], there);
		expect(result.tasks.map(([, status]) => status)).toEqual(expected);
		// The same tasks in units of their own, each of which needs the one before.
		const apart = tasks.map((task, index) => unit(`u${index}`, [task], index === 0 ? [] : [`u${index - 1}`]));
		const isBlocked = expected.slice(0, -1).includes('failed');
		expect((await surveyed(apart, there)).tasks.map(([, status]) => status)).toEqual(
			isBlocked ? expected.slice(0, expected.indexOf('failed') + 1) : expected,
		);
	});

	test('a change on one machine restarts nothing on another', async () => {
		const plan = [
			unit('one', [touch('a', {writes: ['/etc/a']})], [], {place: 'master'}),
			unit('two', [reads('s', '/etc/a')], ['one'], {place: 'standby'}),
		];
		expect((await surveyed(plan, ['s'])).statuses).toEqual({one: 'would-change', two: 'ok'});
	});

	test('a change of an earlier stage counts', async () => {
		const one = unit('one', [touch('a', {writes: ['/etc/a']})]);
		const two = unit('two', [reads('s', '/etc/a')], ['one']);
		const target = shellTarget();
		const {result} = await surveyed([one], ['s'], {}, target);
		expect((await surveyed([one, two], [], {only: new Set(['two']), after: result}, target)).statuses).toEqual({
			two: 'would-change',
		});
	});

	test('a place that is not there yet is not contacted', async () => {
		const seen: string[] = [];
		const target = (name: string): Target => ({...shellTarget(name, seen), name});
		const plan = [
			unit('machine', [touch('vm', {provides: ['server4']})]),
			unit('apache', [touch('a'), asserts('b')], ['machine'], {place: 'server4'}),
		];
		const {statuses, events} = await go(plan, {dryRun: true, decide: undefined, target});
		expect(statuses).toEqual({machine: 'would-change', apache: 'unknown'});
		expect(seen).toHaveLength(1);
		expect(events).toContainEqual(
			expect.objectContaining({
				type: 'task-finished',
				unit: 'apache',
				status: 'unknown',
				reason: 'server4 cannot be reached before it is started',
			}),
		);
	});

	test('neither is the place of a machine of which nothing can be told and that was never made, nor what uses it', async () => {
		const machine = unit(
			'machine',
			[
				{
					...cannotTell('vm'),
					creates: [{kind: 'machine', name: 'SERVER4', uuid: '00000000-0000-8000-8000-000000000001'}],
					provides: ['server4'],
				},
			],
			['libvirt'],
		);
		const plan = [
			unit('libvirt', [touch('l')]),
			machine,
			unit('apache', [touch('a')], ['machine'], {place: 'server4'}),
			unit('page', [{...asserts('p'), uses: ['server4']}], ['apache']),
		];
		const contacted = async (options: Parameters<typeof go>[1]) => {
			const seen: string[] = [];
			const {statuses} = await go(plan, {
				dryRun: true,
				decide: undefined,
				target: name => ({...shellTarget(name, seen), name}),
				...options,
			});
			expect(statuses).toMatchObject({libvirt: 'would-change', machine: 'unknown', page: 'unknown'});
			return seen.length;
		};

		expect(await contacted({})).toBe(2);
		expect(await contacted({wasDone: () => true})).toBe(4);
	});

	test('a machine that should be there and does not answer has failed, and what needs it is not looked at', async () => {
		const away: Target = {
			name: 'nas',
			exec: async () => ({code: 'unreachable', reason: 'connection refused'}),
			close() {},
		};
		const {statuses, events} = await go([unit('raid', [touch('a'), touch('b')]), unit('nfs', [touch('c')], ['raid'])], {
			dryRun: true,
			decide: undefined,
			target: () => away,
		});
		expect(statuses).toEqual({raid: 'failed', nfs: 'blocked'});
		expect(events).toContainEqual(
			expect.objectContaining({
				status: 'failed',
				reason: 'the connection is refused',
				failure: expect.objectContaining({exit: 'unreachable'}),
			}),
		);
	});
});

/** A file task as `file` makes it, in the folder of a test's machine. */
const written = (path: string, content: string, more: Partial<Task> = {}): Task => ({
	title: title(`write ${path}`),
	check: sh`[ "$(cat ${path} 2>/dev/null)" = ${content.trimEnd()} ] || { echo ${path} differs; exit 1; }`,
	apply: [withInput(sh`cat > ${path}.new && mv ${path}.new ${path}`, content)],
	compare: sh`[ -f ${path} ] || exit 0; diff -u --label ${path} --label ${path} ${path} -`,
	writes: [path],
	...more,
});

const known = {wasDone: () => true};
const diff = ['--- conf', '+++ conf', '@@ -1 +1 @@', '-by hand', '+ours'];

describe('what differs is shown before it is changed', () => {
	const differing = async (options: Parameters<typeof go>[1], task = written('conf', 'ours\n')) => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'conf'), 'by hand\n');
		const kept: string[] = [];
		const result = await go(
			[unit('one', [touch('a'), task, touch('b')])],
			{
				keep(_, path, content) {
					kept.push(`${path}: ${content.toString('latin1')}`);
					return `/backup/${path}`;
				},
				...options,
			},
			target,
		);
		return {
			...result,
			kept,
			file: readFileSync(join(target.folder, 'conf'), 'utf8'),
			differences: result.events.flatMap(event => (event.type === 'difference' ? [event.lines] : [])),
			order: result.events.map(({type}) => type),
		};
	};

	test('in the one round trip of a run that nobody is asked in, and the file is kept', async () => {
		const {differences, kept, file, target, events, order} = await differing({...known, decide: undefined});
		expect(differences).toEqual([diff]);
		expect(kept).toEqual(['conf: by hand\n']);
		expect(events).toContainEqual({
			type: 'kept',
			unit: 'one',
			step: 'one',
			host: 'host',
			path: 'conf',
			copy: '/backup/conf',
		});
		expect(order.indexOf('difference')).toBeLessThan(order.indexOf('kept'));
		expect(file).toBe('ours\n');
		expect(target.seen).toHaveLength(1);
	});

	test('before the question whether it may be changed', async () => {
		const shown: number[] = [];
		const events: unknown[] = [];
		const {differences, kept} = await differing({
			...known,
			emit: event => events.push(event),
			async decide() {
				shown.push(events.filter(event => (event as {type: string}).type === 'difference').length);
				return 'go';
			},
		});
		expect(shown).toEqual([0, 1, 1]);
		expect(differences).toEqual([]);
		expect(kept).toEqual(['conf: by hand\n']);
	});

	test('in a dry run, which keeps and changes nothing', async () => {
		const {differences, kept, file, target} = await differing({...known, decide: undefined, dryRun: true});
		expect(differences).toEqual([diff]);
		expect(kept).toEqual([]);
		expect(file).toBe('by hand\n');
		expect(target.seen).toHaveLength(2);
	});

	test.each([
		['a file that the package brought, in the first run', {}, undefined],
		['a secret', known, {isSecret: true}],
	] as const)('but not %s', async (_, options, more) => {
		const {differences, kept, file} = await differing({...options, decide: undefined}, written('conf', 'ours\n', more));
		expect({differences, kept, file}).toEqual({differences: [], kept: [], file: 'ours\n'});
	});

	test('nothing is sent or shown where nothing differs', async () => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'conf'), 'ours\n');
		const {events} = await go(
			[unit('one', [written('conf', 'ours\n')])],
			{...known, decide: undefined, dryRun: true},
			target,
		);
		expect(target.seen).toHaveLength(1);
		expect(events.map(({type}) => type)).toEqual(['step-started', 'task-finished', 'step-finished']);
	});

	test('a long difference is shortened, and says by how much', async () => {
		const {events} = await differing(
			{...known, decide: undefined},
			written('conf', `${Array.from({length: 500}, (_, line) => `${line} ${'x'.repeat(1000)}`).join('\n')}\n`),
		);
		const found = events.find(event => event.type === 'difference');
		expect(found).toMatchObject({left: 304});
		expect((found as {lines: readonly string[]}).lines).toHaveLength(200);
		expect(Math.max(...(found as {lines: readonly string[]}).lines.map(line => line.length))).toBeLessThanOrEqual(501);
	});

	test.each([
		[
			'binary, with marks of ours in it',
			Buffer.from([0, 255, 10, 10, 13, 0, ...Buffer.from('\nab start 0 0\n')]),
			true,
		],
		['of 1 MiB', Buffer.alloc(2 ** 20, 'x\n'), true],
		['larger', Buffer.alloc(2 ** 20 + 1, 'x\n'), false],
	] as const)('a file that is %s is kept byte by byte, if it is not too large', async (_, content, isKept) => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'conf'), content);
		let kept: Buffer | undefined;
		const {statuses} = await go(
			[unit('one', [written('conf', 'ours\n', {compare: sh`echo large`})])],
			{
				...known,
				decide: undefined,
				keep(_, __, found) {
					kept = found;
					return undefined;
				},
			},
			target,
		);
		expect(statuses).toEqual({one: 'changed'});
		expect(kept?.equals(content) ?? false).toBe(isKept);
		expect(existsSync(join(target.folder, 'conf'))).toBe(true);
	});

	test('a copy that cannot be written ends the run, and not by way of a stream', async () => {
		await expect(
			differing({
				...known,
				decide: undefined,
				keep() {
					throw Object.assign(new Error('no space left on device'), {code: 'ENOSPC'});
				},
			}),
		).rejects.toThrow('no space left on device');
	});

	test('a file of which a secret was taken out on the way is not kept as something else', async () => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'conf'), 'password secret\n');
		const redacting = {
			...target,
			exec: async (...[text, execution]: Parameters<typeof target.exec>) =>
				target.exec(text, {
					...execution,
					onLine(line, stream) {
						execution!.onLine!(line.replace(Buffer.from('password secret\n').toString('base64'), '***'), stream);
					},
				}),
		};
		const kept: Buffer[] = [];
		await go([unit('one', [written('conf', 'ours\n')])], {
			...known,
			decide: undefined,
			target: () => redacting,
			keep(_, __, content) {
				kept.push(content);
				return undefined;
			},
		});
		expect(kept).toEqual([]);
	});
});
