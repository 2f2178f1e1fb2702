import {expect, test} from 'vitest';
import {isInSandbox} from '../../source/planning/kept-files.ts';

test.each([
	['host', true, true],
	['machine', true, false],
	['host', false, false],
	['machine', false, false],
] as const)('a resource of %s, sandbox %s: inside %s', (place, sandbox, isInside) => {
	expect(isInSandbox({place}, {sandbox})).toBe(isInside);
});
