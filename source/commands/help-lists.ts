import {drills} from '../../steps/drills/index.ts';
import {steps} from '../../steps/index.ts';
import type {HelpList} from './help.ts';

/** The steps that `--until` and `--only` take. */
export function stepList(): HelpList {
	return steps.map(({id, title}) => [id, title]);
}

/** The tests that `--test` takes. */
export function testList(): HelpList {
	return drills.map(({id, title}) => [id, title]);
}
