import {drills} from '../../steps/drills/index.ts';
import {steps} from '../../steps/index.ts';
import type {HelpList, HelpLists} from './help.ts';

/** The steps that `--until` and `--only` take. */
function stepList(): HelpList {
	return steps.map(({id, title}) => [id, title]);
}

/** The machines as they are called where the answers say nothing else. */
const usual = {directors: [{vm: 'MASTER'}, {vm: 'STANDBY'}], webs: [{vm: 'SERVER1'}, {vm: 'SERVER2'}, {vm: 'SERVER3'}]} as const;

/** The tests that `--test` takes. */
function testList(): HelpList {
	return drills.map(({id, title}) => [id, title(usual)]);
}

export const helpLists: HelpLists = {stepList, testList};
