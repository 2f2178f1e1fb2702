import {spawn} from 'node:child_process';
import {askWizard, relayQuestions} from '../../source/session/ask-wizard.ts';
import {sh} from '../../source/shell/command.ts';
import type {Unit} from '../../source/engine/plan.ts';
import type {Task} from '../../source/engine/task.ts';
import {both} from '../both.ts';

/** Started by a test: asks one question and prints what was decided; `outside` only passes on what another asks. */
if (process.argv[2] === 'outside') {
	const inside = spawn(process.execPath, [process.argv[1]!], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	const end = relayQuestions(inside);
	inside.once('exit', () => {
		end();
		process.disconnect();
	});
} else {
	process.channel?.unref();
	const controller = new AbortController();
	process.on('SIGTERM', () => {
		controller.abort();
	});
	const task: Task = {title: both('Do it', 'Hacerlo'), check: sh`false`, apply: [sh`echo ${"it's done"}`]};
	const unit = {id: 'raid:nas', step: {id: 'raid'}, place: 'nas', tasks: [task]} as unknown as Unit;
	process.stdout.write(`${String(await askWizard('es', controller.signal)?.({type: 'apply', unit, task}))}\n`);
}
