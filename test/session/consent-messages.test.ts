import {expect, test} from 'vitest';
import {isYes} from '../../source/session/consent-messages.ts';

test.each([
	['en', 'y', true],
	['en', 'Y', true],
	['en', ' yes ', true],
	['en', 'YES', true],
	['en', 's', false],
	['en', 'sí', false],
	['en', 'stop', false],
	['en', 'skip', false],
	['en', 'yesterday', false],
	['en', 'yy', false],
	['en', '', false],
	['en', 'no', false],
	['es', 's', true],
	['es', 'sí', true],
	['es', 'Sí', true],
	['es', 'SI', true],
	['es', 'si\u0301', true],
	['es', 'y', false],
	['es', 'yes', false],
	['es', 'siempre no', false],
	['es', '', false],
] as const)('in %s, %j means yes: %s', (language, answer, wanted) => {
	expect(isYes(answer, language)).toBe(wanted);
});
