import {spawn} from 'node:child_process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {QuestionMessage} from '../../source/session/ask-wizard.ts';
import {bundle} from '../pty/bundle.ts';

let program: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
	program = await bundle('test/commands/asker.ts');
});
afterAll(() => {
	program.remove();
});

function start(words: string[], environment: Record<string, string> = {CLUSTER_WIZARD_ASKS: '1'}) {
	const child = spawn(process.execPath, [program.file('asker'), ...words], {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		env: {...process.env, ...environment},
	});
	let said = '';
	child.stdout!.on('data', (chunk: Buffer) => {
		said += String(chunk);
	});
	return {
		child,
		ended: new Promise<string>(resolve => {
			child.once('close', () => {
				resolve(said.trim());
			});
		}),
	};
}

test.each([[[]], [['outside']]])('a question reaches the wizard and its answer comes back, %j', async words => {
	const {child, ended} = start(words);
	const asked = await new Promise<QuestionMessage>(resolve => {
		child.once('message', message => {
			resolve(message as QuestionMessage);
		});
	});
	expect(asked.ask).toMatchObject({
		type: 'apply',
		unit: 'raid:nas',
		step: 'raid',
		host: 'nas',
		task: 'Hacerlo',
		index: 0,
		commands: [String.raw`echo 'it'\''s done'`],
		skippable: false,
	});
	child.send({answer: {id: 'another', decision: 'stop'}});
	child.send({answer: {id: asked.ask.id, decision: 'skip'}});
	expect(await ended).toBe('skip');
});

test('a signal ends the waiting', async () => {
	const {child, ended} = start([]);
	await new Promise(resolve => {
		child.once('message', resolve);
	});
	child.kill('SIGTERM');
	expect(await ended).toBe('stop');
});

test('without a wizard nothing is asked', async () => {
	expect(await start([], {CLUSTER_WIZARD_ASKS: ''}).ended).toBe('undefined');
});
