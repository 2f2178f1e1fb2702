import {expect, test} from 'vitest';
import {render} from '../../source/engine/command.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {thesisProposal} from '../../source/answers/complete.ts';
import {readAnswers} from '../../source/answers/read.ts';
import {AnswersDraft} from '../../source/commands/wizard-answers.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

/** What a cluster of these answers executes, in order. */
function commands(text: string): string[] {
	const read = readAnswers(text, {proposal: thesisProposal});
	if ('problems' in read) {
		throw new Error(JSON.stringify(read.problems));
	}

	return makePlan(testCluster(read.answers), steps).flatMap(({tasks}) => tasks.flatMap(({check, apply = []}) => [check, ...apply].map(command => render(command, 'script'))));
}

test('answers given in the form and the same ones in a file give the same commands', () => {
	const draft = new AnswersDraft('', '/home/student');
	for (const [key, value] of [['web.count', '4'], ['profile', 'fast'], ['raid.level', '5'], ['ha.failback', 'false'], ['nodes.server2.name', 'apache2']] as const) {
		draft.change(key.split('.'), value);
	}

	const typed = commands(draft.text);
	expect(typed).toEqual(commands('profile: fast\nweb: {count: 4}\nraid: {level: 5}\nha: {failback: false}\nnodes: {server2: {name: apache2}}\n'));
	expect(typed).toEqual(commands(draft.file(thesisProposal, 'en')));
	expect(typed).not.toEqual(commands(''));
});
