import {drills} from '../../steps/drills/index.ts';
import {steps} from '../../steps/index.ts';
import type {HelpList, HelpLists} from './help.ts';

/** Steps accepted by `--until` and `--only`. */
function stepList(): HelpList {
	return steps.map(({id, title}) => [id, title]);
}

/** Default names of the VMs. */
const usual = {
	directors: [{vm: 'MASTER'}, {vm: 'STANDBY'}],
	webs: [{vm: 'SERVER1'}, {vm: 'SERVER2'}, {vm: 'SERVER3'}],
} as const;

/** Tests accepted by `--test`. */
function testList(): HelpList {
	return drills.map(({id, title}) => [id, title(usual)]);
}

export const helpLists: HelpLists = {stepList, testList};
