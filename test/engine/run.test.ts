import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {sh, withFile, withInput, withLimit} from '../../source/shell/command.ts';
import type {RunOptions} from '../../source/engine/run.ts';
import {Secret} from '../../source/shell/secret.ts';
import type {Task} from '../../source/engine/task.ts';
import {go, title, touch, unit} from './running.ts';
import {shellTarget} from './shell-target.ts';

describe('run', () => {
	it('makes what is missing, in order, and finds it there the second time, in one round trip', async () => {
		const target = shellTarget();
		const plan = [unit('one', [touch('a'), touch('b')]), unit('two', [touch('c')], ['one'])];
		expect(await go(plan, {}, target)).toMatchObject({
			statuses: {one: 'changed', two: 'changed'},
			tasks: [
				['a', 'changed'],
				['b', 'changed'],
				['c', 'changed'],
			],
		});
		target.seen.length = 0;
		expect(await go(plan, {}, target)).toMatchObject({statuses: {one: 'ok', two: 'ok'}});
		expect(target.seen).toHaveLength(2);
	});

	it('goes on beside a failure and blocks what needs it', async () => {
		const broken = touch('x', {apply: [sh`echo no space left; exit 7`]});
		const {statuses, events} = await go([
			unit('bad', [broken]),
			unit('after', [touch('y')], ['bad']),
			unit('beside', [touch('z')]),
		]);
		expect(statuses).toEqual({bad: 'failed', after: 'blocked', beside: 'changed'});
		expect(events.find(event => event.type === 'task-finished' && event.status === 'failed')).toMatchObject({
			failure: {exit: 7, lines: ['no space left'], attempted: 'x', command: 'echo no space left; exit 7'},
		});
	});

	it('fails when apply ended well but the check does not hold', async () => {
		expect(await go([unit('vain', [touch('a', {apply: [sh`true`]})])])).toMatchObject({statuses: {vain: 'failed'}});
	});

	it('fails at once, without apply, when a check cannot tell', async () => {
		const task = touch('a', {check: sh`echo it belongs to someone else; exit 2`});
		const {statuses, events} = await go([unit('foreign', [task])]);
		expect(statuses).toEqual({foreign: 'failed'});
		expect(events.some(event => event.type === 'task-started')).toBe(false);
		expect(events.find(event => event.type === 'task-finished')).toMatchObject({reason: 'it belongs to someone else'});
	});

	it('is not led astray by lines that look like its own', async () => {
		// The mark is in what the shell reads, so a command can print it.
		const target = shellTarget();
		const plain = target.exec.bind(target);
		target.exec = async (text, execution) =>
			plain(text, {
				...execution,
				input:
					typeof execution?.input === 'string'
						? execution.input.replaceAll(
								/^tell_ start.*$/gm,
								line =>
									`${['start 9 9', 'start 0 7', 'found 0 x', 'found', 'found 9 0', 'applied', 'applied 9', 'evil 0 0', 'start 0 0 0'].map(text => `tell_ ${text}`).join('\n')}\n${line}`,
							)
						: execution?.input,
			});
		const {statuses, events} = await go([unit('one', [touch('a')])], {decide: undefined}, target);
		expect(statuses).toEqual({one: 'changed'});
		expect(events.filter(event => event.type === 'task-started')).toHaveLength(1);
	});

	it('keeps a bounded part of what a check and a command say', async () => {
		const talk = 'yes "$(printf %0500d 0)" | head -n 20000; printf %0100000d 1; echo; echo end; exit 3';
		for (const task of [touch('a', {check: sh`sh -c ${talk}`}), touch('a', {apply: [sh`sh -c ${talk}`]})]) {
			const {events} = await go([unit('one', [task])], {decide: undefined});
			const finished = events.find(event => event.type === 'task-finished');
			expect(finished).toMatchObject({status: 'failed', reason: 'end', failure: {exit: 3}});
			const {lines} = (finished as {failure: {lines: string[]}}).failure;
			expect(lines.length).toBeLessThanOrEqual(20);
			expect(lines.at(-2)).toMatch(/^\[65536 B, SHA-256 [\da-f]{12}…]…$/);
		}
	});

	it('a dry run looks at everything and changes nothing', async () => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'a'), '');
		const plan = [
			unit('one', [touch('a'), touch('b'), touch('c')]),
			unit('two', [touch('d')], ['one']),
			unit('three', [touch('a')]),
		];
		const {statuses, tasks, events} = await go(plan, {dryRun: true}, target);
		expect(statuses).toEqual({one: 'would-change', two: 'would-change', three: 'ok'});
		expect(tasks).toContainEqual(['b', 'would-change']);
		expect(events).toContainEqual(expect.objectContaining({task: 'b', reason: 'b is missing'}));
		expect(existsSync(join(target.folder, 'b'))).toBe(false);
	});

	it('waits for a condition and says why', async () => {
		const slow = touch('late', {apply: [sh`(sleep 1; touch late) >/dev/null 2>&1 &`], timeout: 10});
		const {statuses, events} = await go([unit('slow', [slow])]);
		expect(statuses).toEqual({slow: 'changed'});
		expect(events.find(event => event.type === 'waiting')).toMatchObject({reason: 'late is missing', limit: 10});
	});

	it('waits for a machine that does not answer yet where it is told to, and only there', async () => {
		const target = shellTarget();
		let tries = 0;
		const shy = {
			...target,
			exec: async (...words: Parameters<typeof target.exec>) =>
				tries++ < 2 ? ({code: 'unreachable', reason: 'connection refused'} as const) : target.exec(...words),
		};
		const answers: Task = {title: title('answers'), check: sh`:`, timeout: 10};
		expect(await go([unit('waits', [answers, touch('a')])], {target: () => shy})).toMatchObject({
			statuses: {waits: 'changed'},
		});
		tries = 0;
		expect(await go([unit('does not', [touch('a')])], {target: () => shy})).toMatchObject({
			statuses: {'does not': 'failed'},
		});
	});

	it.each([0, 2])('does not wait for a machine that has stopped, after %d looks', async looks => {
		let tries = 0;
		const gone = {
			...shellTarget(),
			exec: async () =>
				({
					code: 'unreachable',
					reason: 'nas: the machine NFS is crashed',
					...(tries++ >= looks && {isFinal: true}),
				}) as const,
		};
		const answers: Task = {title: title('answers'), check: sh`:`, timeout: 600};
		const {statuses, result} = await go([unit('waits', [answers])], {target: () => gone});
		expect(statuses).toEqual({waits: 'failed'});
		expect(result.get('waits')!.error).toMatchObject({
			report: {exit: 'unreachable', lines: ['nas: the machine NFS is crashed']},
		});
	});

	it('gives up after `timeout`, scaled by the timeout scale', async () => {
		const never: Task = {title: title('never'), check: sh`exit 1`, timeout: 0.1};
		expect(await go([unit('never', [never])], {timeoutScale: 2})).toMatchObject({statuses: {never: 'failed'}});
	});

	it('writes down what it is going to make before it makes it', async () => {
		const target = shellTarget();
		const order: string[] = [];
		const made = touch('machine', {
			creates: [{kind: 'machine', name: 'NFS', uuid: '00000000-0000-8000-8000-000000000001'}],
		});
		await go(
			[unit('make', [made])],
			{
				recordIntent() {
					order.push(existsSync(join(target.folder, 'machine')) ? 'late' : 'before');
				},
			},
			target,
		);
		expect(order).toEqual(['before']);
	});

	it("locks each unit in the folder of its cluster, which is root's alone", async () => {
		const {target} = await go([unit('raid:nas', [touch('a')])], {lockFolder: 'web'});
		expect(readdirSync(join(target.folder, 'locks'), {recursive: true}).sort()).toEqual(['web', 'web/raid-nas.lock']);
		expect(['locks', 'locks/web'].map(name => statSync(join(target.folder, name)).mode & 0o777)).toEqual([
			0o700, 0o700,
		]);
	});

	it('retries and skips as it is told', async () => {
		const answers = ['retry', 'skip'] as const;
		let asked = 0;
		const {statuses, tasks} = await go([unit('odd', [touch('a', {apply: [sh`exit 1`]}), touch('b')])], {
			decide: async ({type}) => (type === 'failed' ? answers[asked++]! : 'go'),
		});
		expect(asked).toBe(2);
		expect(tasks).toEqual([
			['a', 'skipped'],
			['b', 'changed'],
		]);
		expect(statuses).toEqual({odd: 'skipped'});
	});

	it.each([
		['the machine answers by now', 'unreachable', undefined, 'changed'],
		['what could not be told can be told', 'a foreign thing', undefined, 'changed'],
		['somebody did it by hand', 'a foreign thing', 'touch a', 'ok'],
		['nothing has changed', 'a foreign thing', 'touch foreign', 'failed'],
	] as const)('looks again when it is told to try again: %s', async (_, harm, help, status) => {
		const target = shellTarget();
		writeFileSync(join(target.folder, 'foreign'), '');
		let isAway = harm === 'unreachable';
		const shy = {
			...target,
			exec: async (...words: Parameters<typeof target.exec>) =>
				isAway ? ({code: 'unreachable', reason: 'connection refused'} as const) : target.exec(...words),
		};
		const task = touch('a', {check: sh`[ ! -e foreign ] || { echo it belongs to someone else; exit 2; }; [ -f a ]`});
		let asked = 0;
		const {statuses, tasks} = await go([unit('odd', [task, touch('b')])], {
			target: () => shy,
			async decide({type}) {
				if (type === 'apply') {
					return 'go';
				}

				asked++;
				isAway = false;
				await target.exec(`rm -f foreign; ${help ?? ''}`);
				return asked === 1 ? 'retry' : 'stop';
			},
		});
		expect(statuses).toEqual({odd: status === 'failed' ? 'failed' : 'changed'});
		expect(tasks[0]).toEqual(['a', status]);
	});

	it('does not count the time in which somebody thinks', async () => {
		const {events} = await go([unit('guided', [touch('a')])], {
			async decide() {
				await new Promise(resolve => {
					setTimeout(resolve, 2000);
				});
				return 'go';
			},
		});
		expect(events.find(event => event.type === 'step-finished')!.duration).toBeLessThan(1.9);
	});

	it('ends commands when it is told to stop, and says that it was interrupted', async () => {
		const target = shellTarget();
		const controller = new AbortController();
		const pid = join(target.folder, 'pid');
		const long = touch('a', {apply: [sh`echo $$ > pid.new; mv pid.new pid; sleep 60`]});
		const going = go([unit('long', [long]), unit('next', [touch('b')], ['long'])], {signal: controller.signal}, target);
		await expect.poll(() => existsSync(pid), {timeout: 15_000}).toBe(true);
		controller.abort();
		const {statuses} = await going;
		expect(statuses).toEqual({long: 'interrupted', next: 'blocked'});
		const process = `/proc/${readFileSync(pid, 'utf8').trim()}`;
		await expect.poll(() => existsSync(process), {timeout: 15_000}).toBe(false);
	});

	it('ends a command that takes longer than its limit', async () => {
		const {events} = await go([unit('long', [touch('a', {apply: [withLimit(sh`sleep 60`, 0.2)]})])]);
		expect(events.find(event => event.type === 'task-finished')).toMatchObject({failure: {exit: 'limit'}});
	});

	it('waits for what an earlier run left running on the machine, and says so', async () => {
		const target = shellTarget();
		const left = unit('shared', [touch('a', {apply: [sh`touch begun; sleep 2; touch a`]}), touch('b')]);
		const earlier = go([left], {decide: undefined}, target);
		await expect.poll(() => existsSync(join(target.folder, 'begun')), {timeout: 15_000}).toBe(true);
		const {statuses, events} = await go([left], {}, target);
		expect(statuses).toEqual({shared: 'ok'});
		expect(events.find(event => event.type === 'waiting')).toMatchObject({
			reason: 'another command of cluster-wizard is still at work there',
			limit: 720,
		});
		await earlier;
	});

	it('does not wait for a daemon that a command has started', async () => {
		const target = shellTarget();
		const daemon = touch('a', {apply: [sh`sleep 60 > /dev/null 2>&1 & echo $! > pid; touch a`]});
		await go([unit('shared', [daemon])], {decide: undefined}, target);
		const {statuses, events} = await go([unit('shared', [daemon])], {}, target);
		process.kill(Number(readFileSync(join(target.folder, 'pid'), 'utf8')));
		expect(statuses).toEqual({shared: 'ok'});
		expect(events.some(event => event.type === 'waiting')).toBe(false);
	});

	it('does not run a step again that a later one has superseded', async () => {
		const target = shellTarget();
		const plan = [unit('hand', [touch('by-hand')], [], {supersededBy: ['ha']}), unit('ha', [touch('ha')], ['hand'])];
		expect(await go(plan, {}, target)).toMatchObject({statuses: {hand: 'changed', ha: 'changed'}});
		await target.exec('rm by-hand');
		expect(await go(plan, {}, target)).toMatchObject({statuses: {hand: 'ok', ha: 'ok'}});
		await target.exec('rm ha');
		expect(await go(plan, {wasDone: id => id === 'ha'}, target)).toMatchObject({statuses: {hand: 'ok', ha: 'changed'}});
	});

	it('sends standard input to the command', async () => {
		const target = shellTarget();
		await go([unit('input', [touch('a', {apply: [withInput(sh`cat > a`, 'x'.repeat(300_000))]})])], {}, target);
		expect(readFileSync(join(target.folder, 'a'), 'utf8')).toHaveLength(300_000);
	});

	it.each([
		['nobody wants to be asked', {decide: undefined}, 1],
		['nobody wants to be asked again', {decide: async () => 'all'}, 2],
		['somebody is asked before each task', {decide: async () => 'go'}, 4],
		['nothing may be changed', {dryRun: true, decide: undefined}, 1],
	] as ReadonlyArray<[string, Partial<RunOptions>, number]>)(
		'takes as few round trips as it can: %s',
		async (_, options, trips) => {
			const target = shellTarget();
			const {tasks} = await go(
				[unit('three', [touch('a'), touch('b', {apply: [sh`true`, sh`touch b`]}), touch('c')])],
				options,
				target,
			);
			expect(tasks).toEqual(['a', 'b', 'c'].map(name => [name, options.dryRun ? 'would-change' : 'changed']));
			expect(target.seen).toHaveLength(trips);
		},
	);

	it('writes down what it is going to make before it makes it, also between other tasks of a round trip', async () => {
		const target = shellTarget();
		const order: string[] = [];
		const {tasks} = await go(
			[
				unit('make', [
					touch('a'),
					touch('machine', {creates: [{kind: 'machine', name: 'NFS', uuid: '00000000-0000-8000-8000-000000000001'}]}),
					touch('b'),
				]),
			],
			{
				decide: undefined,
				recordIntent(_, {name}) {
					order.push(
						`${name}: a ${existsSync(join(target.folder, 'a'))}, machine ${existsSync(join(target.folder, 'machine'))}`,
					);
				},
			},
			target,
		);
		expect(order).toEqual(['NFS: a true, machine false']);
		expect(tasks).toEqual([
			['a', 'changed'],
			['machine', 'changed'],
			['b', 'changed'],
		]);
		expect(target.seen).toHaveLength(2);
	});

	it('names the task that fails among those of a round trip, with its own lines, and goes on from there', async () => {
		const target = shellTarget();
		const broken = touch('b', {apply: [sh`echo first`, sh`echo no space left; [ -e space ] && touch b`]});
		const {statuses, tasks, events} = await go(
			[unit('three', [touch('a'), broken, touch('c')])],
			{
				async decide(question) {
					if (question.type === 'apply') {
						return 'all';
					}

					expect(question).toMatchObject({
						type: 'failed',
						task: {title: title('b')},
						report: {lines: ['no space left'], exit: 1},
					});
					writeFileSync(join(target.folder, 'space'), '');
					return 'retry';
				},
			},
			target,
		);
		expect(statuses).toEqual({three: 'changed'});
		expect(tasks).toEqual([
			['a', 'changed'],
			['b', 'changed'],
			['c', 'changed'],
		]);
		expect(events.filter(event => event.type === 'task-started').map(({task}) => task)).toEqual([
			'a',
			'b',
			'b',
			'b',
			'b',
			'c',
		]);
	});

	it('waits for a task in the middle of a round trip, and then goes on with the others', async () => {
		const target = shellTarget();
		const late = touch('b', {apply: [sh`(sleep 1; touch b) > /dev/null 2>&1 &`], timeout: 10});
		const {tasks, events} = await go([unit('three', [touch('a'), late, touch('c')])], {decide: undefined}, target);
		expect(tasks).toEqual([
			['a', 'changed'],
			['b', 'changed'],
			['c', 'changed'],
		]);
		expect(events.filter(event => event.type === 'task-started').map(({task}) => task)).toEqual(['a', 'b', 'c']);
	});

	it('leaves everything alone where only part of what it sends arrives', async () => {
		const target = shellTarget();
		const cut = {
			...target,
			exec: async (...[text, execution]: Parameters<typeof target.exec>) =>
				target.exec(text, {...execution, input: String(execution!.input).slice(0, -3)}),
		};
		const {statuses} = await go([unit('cut', [touch('a'), touch('b')])], {decide: undefined, target: () => cut});
		expect(statuses).toEqual({cut: 'failed'});
		expect(existsSync(join(target.folder, 'a'))).toBe(false);
	});

	it('has no secret in the arguments of a process', async () => {
		const target = shellTarget();
		const seen: string[] = [];
		const watched = {
			...target,
			exec: async (...words: Parameters<typeof target.exec>) => {
				seen.push(words[0]);
				return target.exec(...words);
			},
		};
		const key = new Secret('KEY', "it's a secret");
		await go(
			[
				unit('key', [
					touch('a'),
					touch('key', {apply: [withInput(sh`tr '\0' ' ' < /proc/$$/cmdline > arguments; cat > key`, key)]}),
				]),
			],
			{decide: undefined, target: () => watched},
		);
		expect(readFileSync(join(target.folder, 'key'), 'utf8')).toBe("it's a secret");
		expect(readFileSync(join(target.folder, 'arguments'), 'utf8')).not.toContain('secret');
		expect(seen.join('')).not.toContain('secret');
	});

	it('streams a file to the command in a round trip of its own, and no text or event holds its bytes', async () => {
		const target = shellTarget();
		const bytes = Buffer.from(Array.from({length: 100_000}, (_, index) => index % 256));
		const archive = join(target.folder, 'archive');
		writeFileSync(archive, bytes);
		const sent: Array<string | undefined> = [];
		const watched = {
			...target,
			exec: async (...[text, execution]: Parameters<typeof target.exec>) => {
				sent.push(execution!.file ?? (String(execution!.input).includes('touch after') ? 'text with "after"' : 'text'));
				return target.exec(text, execution);
			},
		};
		const unpack = touch('pages', {apply: [sh`touch before-file`, withFile(sh`cat > pages`, archive), sh`cat > rest`]});
		const plan = [unit('pages', [touch('before'), unpack, touch('after')])];
		const {tasks, events} = await go(plan, {decide: undefined, target: () => watched}, target);
		expect(tasks).toEqual([
			['before', 'changed'],
			['pages', 'changed'],
			['after', 'changed'],
		]);
		expect(readFileSync(join(target.folder, 'pages'))).toEqual(bytes);
		expect(readFileSync(join(target.folder, 'rest'))).toHaveLength(0);
		expect(sent).toEqual(['text with "after"', archive, 'text with "after"']);
		expect(events).toContainEqual(expect.objectContaining({type: 'task-started', command: `cat > pages < ${archive}`}));
		expect(await go(plan, {decide: undefined}, target)).toMatchObject({statuses: {pages: 'ok'}});
	});

	it('fails a task whose file is gone, with the reason', async () => {
		const target = shellTarget();
		const gone = join(target.folder, 'gone');
		const {statuses, events} = await go(
			[unit('pages', [touch('pages', {apply: [withFile(sh`cat > pages`, gone)]})])],
			{decide: undefined},
			target,
		);
		expect(statuses).toEqual({pages: 'failed'});
		expect(events.find(event => event.type === 'task-finished')).toMatchObject({
			failure: {lines: [expect.stringContaining(`no such file or directory, open '${gone}'`)]},
		});
	});

	it.each([
		['a secret', sh`echo ${new Secret('KEY', 'secret')}`],
		['another file', withFile(sh`cat`, '/dev/null')],
	])('refuses a task that reads a file and has %s', async (_, command) => {
		await expect(
			go([unit('pages', [touch('pages', {apply: [withFile(sh`cat > pages`, '/dev/null'), command]})])], {
				decide: undefined,
			}),
		).rejects.toThrow(TypeError);
	});

	it('tells what each command says apart from what the checks say', async () => {
		const talkative = touch('a', {
			check: sh`echo checked; [ -e a ]`,
			apply: [sh`echo one; echo; echo two`, sh`printf three; cat; touch a`],
		});
		const {events} = await go([unit('talk', [talkative])]);
		expect(
			events.flatMap(event => (event.type === 'task-started' ? ['$'] : event.type === 'output' ? [event.line] : [])),
		).toEqual(['$', 'one', '', 'two', '$', 'three']);
	});

	it('does not mind a command that does not read its input', async () => {
		expect(
			await go([unit('deaf', [touch('a', {apply: [withInput(sh`touch a`, 'x'.repeat(3_000_000))]})])]),
		).toMatchObject({statuses: {deaf: 'changed'}});
	});

	it('ends everything when what it does can no longer be written down', async () => {
		const target = shellTarget();
		const started = performance.now();
		const running = go(
			[unit('long', [touch('a', {apply: [sh`sleep 60`]})]), unit('short', [touch('b')])],
			{
				emit(event) {
					if (event.type === 'step-finished' && event.unit === 'short') {
						throw new Error('no space left on device');
					}
				},
			},
			target,
		);
		await expect(running).rejects.toThrow('no space left');
		expect(performance.now() - started).toBeLessThan(30_000);
	});
});
