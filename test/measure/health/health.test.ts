import {describe, expect, test} from 'vitest';
import {healthLine} from '../../../source/measure/health/health.ts';
import {troubleIds} from '../../../source/measure/health/trouble.ts';
import {ChangedLook} from './healthy.ts';
import {injectedTroubles} from './troubles.ts';

test('the recorded cluster is healthy', () => {
	expect(new ChangedLook().line).toBe('OK: the page answers 200 in 12 ms (server1, server2, server3)');
	expect(healthLine(new ChangedLook().health, 'es')).toBe('OK: la página responde 200 en 12 ms (server1, server2, server3)');
});

describe('an injected trouble is in the first line', () => {
	test.each(injectedTroubles)('$name', ({id, line, inject}) => {
		const look = new ChangedLook();
		inject(look);
		expect(look.health.troubles.map(({id}) => id)).toEqual([id]);
		expect(look.line).toBe(line);
		expect(healthLine(look.health, 'es')).toMatch(/^(?:DEGRADADO|CAÍDO): \S/);
	});

	test('there are 60 at least, and every kind is among them', () => {
		expect(injectedTroubles.length).toBeGreaterThanOrEqual(60);
		// Whether a sandbox runs is looked at before anything else (test/commands/status.test.ts).
		expect(troubleIds.filter(id => !injectedTroubles.some(injected => injected.id === id))).toEqual(['sandbox-stopped']);
	});
});
