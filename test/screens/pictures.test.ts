import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {renderWithInput} from '../../source/shell/command.ts';
import {makePlan} from '../../source/engine/plan.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {pictures, recordedQuestion} from './picture.ts';

const folder = new URL('../../docs/screens/', import.meta.url);
const readmes = ['README.md', 'README.es.md'];

test('there are the pictures of the recorded run and no others, and each README shows them', () => {
	const names = Object.keys(pictures)
		.map(name => `${name}.svg`)
		.sort();
	expect(readdirSync(folder).sort()).toEqual(names);
	for (const readme of readmes) {
		const text = readFileSync(new URL(`../../${readme}`, import.meta.url), 'utf8');
		expect([...text.matchAll(/docs\/screens\/([\w-]+\.svg)/g)].map(match => match[1]!).sort()).toEqual(names);
	}
});

test.each(Object.entries(pictures))('%s is what the program draws of the recorded run', async (name, draw) => {
	expect(await draw(), 'npm run pictures draws them anew').toBe(readFileSync(new URL(`${name}.svg`, folder), 'utf8'));
});

test('the commands in the picture of the guided mode are those that the task runs', () => {
	const {unit, index, task, commands} = recordedQuestion();
	const found = makePlan(testCluster({}, {acceleration: 'tcg'}), steps).find(({id}) => id === unit)!.tasks[index]!;
	// Identifiers are another cluster's, and the end of a here-document is made from its text.
	const alike = (text: string) =>
		text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID').replaceAll(/END_[\da-f]+/g, 'END');
	expect(task).toBe(found.title.en);
	expect(commands.map(alike)).toEqual(found.apply!.map(command => alike(renderWithInput(command, 'show'))));
});
