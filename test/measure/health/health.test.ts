import {describe, expect, test} from 'vitest';
import {healthLine} from '../../../source/measure/health/health.ts';
import {troubleIds} from '../../../source/measure/health/trouble.ts';
import {ChangedLook} from './healthy.ts';
import {injectedTroubles} from './troubles.ts';

test('the recorded cluster is healthy', () => {
	expect(new ChangedLook().line).toBe('OK: the page answers 200 in 12 ms (server1, server2, server3)');
	expect(healthLine(new ChangedLook().health, 'es')).toBe('OK: la página responde 200 en 12 ms (server1, server2, server3)');
});

test('several troubles: what clients see, then causes; what follows from a cause is not said', () => {
	const look = new ChangedLook();
	look.page = look.page.map(() => ({outcome: 'sorry', status: 503, latency: 3}));
	look.change('master', /^ +-> 10\.0\.10\.11\d:80 .*\n/m, '');
	for (const name of ['server1', 'server2', 'server3']) {
		look.change(name, /^apache2.service.*\n/m, '');
	}

	look.change('nas', '[5/5] [UUUUU]', '[5/4] [UUUU_]');
	expect(look.line).toBe('DOWN: visitors get the sorry page: no web server is available; nas: the array md0 lacks 1 of 5 disks ([UUUU_]); server1: apache2 is not running; and 2 more');
});

test('a machine that is off is one trouble: neither SSH nor the rotation nor Pacemaker is named beside it', () => {
	const look = new ChangedLook();
	for (const vm of ['SERVER2', 'STANDBY']) {
		look.change('host', `Domain: '${vm}'\n  state.state=1`, `Domain: '${vm}'\n  state.state=5`);
		look.silent.set(vm.toLowerCase(), 'No route to host');
	}

	look.change('master', /^ +-> 10\.0\.10\.111:80 .*\n/m, '').change('master', /(<node name="standby" id="[^"]*" )online="true"/, '$1online="false"').change('master', /(nodeid: +2:\t)connected/, '$1disconnected');
	expect(look.health.troubles.map(({text}) => text.en)).toEqual(['the machine STANDBY is not running (shut off)', 'the machine SERVER2 is not running (shut off)']);
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
