import {describe, expect, test} from 'vitest';
import {healthLine} from '../../../source/measure/health/health.ts';
import {timeOfDay} from '../../../source/measure/health/note.ts';
import {troubleIds} from '../../../source/measure/health/trouble.ts';
import {testCluster} from '../../cluster-fixture.ts';
import {ChangedLook} from './healthy.ts';
import {injectedTroubles} from './troubles.ts';

test('the recorded cluster is healthy', () => {
	expect(new ChangedLook().line).toBe('OK: the page answers 200 in 12 ms (server1, server2, server3)');
	expect(healthLine(new ChangedLook().health, 'es')).toBe(
		'OK: la página responde 200 en 12 ms (server1, server2, server3)',
	);
});

test('several troubles: what clients see, then causes; what follows from a cause is not said', () => {
	const look = new ChangedLook();
	look.page = look.page.map(() => ({outcome: 'sorry', status: 503, latency: 3}));
	look.change('master', /^ +-> 10\.0\.10\.11\d:80 .*\n/m, '');
	for (const name of ['server1', 'server2', 'server3']) {
		look.change(name, /^apache2.service.*\n/m, '');
	}

	look.change('nas', '[5/5] [UUUUU]', '[5/4] [UUUU_]');
	expect(look.line).toBe(
		'DOWN: visitors get the sorry page: no web server is available; nas: the array md0 lacks 1 of 5 disks ([UUUU_]); server1: apache2 is not running; and 2 more',
	);
});

test('a machine that is off is one trouble: neither SSH nor the rotation nor Pacemaker is named beside it', () => {
	const look = new ChangedLook();
	for (const vm of ['SERVER2', 'STANDBY']) {
		look.change('host', `Domain: '${vm}'\n  state.state=1`, `Domain: '${vm}'\n  state.state=5`);
		look.silent.set(vm.toLowerCase(), 'No route to host');
	}

	look
		.change('master', /^ +-> 10\.0\.10\.111:80 .*\n/m, '')
		.change('master', /(<node name="standby" id="[^"]*" )online="true"/, '$1online="false"')
		.change('master', /(nodeid: +2:\t)connected/, '$1disconnected');
	expect(look.health.troubles.map(({text}) => text.en)).toEqual([
		'the machine STANDBY is not running (shut off)',
		'the machine SERVER2 is not running (shut off)',
	]);
});

describe('a move by hand', () => {
	/** The constraint that `crm_resource --move` makes, as both directors have it. */
	const moved = (
		look: ChangedLook,
		tag = '<rsc_location id="cli-prefer-web" rsc="web" role="Started" node="standby" score="INFINITY"/>',
	) => {
		for (const name of ['master', 'standby']) {
			look.change(name, '%%constraints\n', `%%constraints\n${tag}\n`);
		}

		return look;
	};

	test('is no trouble: everything is redundant; the first line says what ends it', () => {
		const look = moved(new ChangedLook());
		expect(look.health.troubles).toEqual([]);
		expect(look.line).toBe(
			'OK: the page answers 200 in 12 ms (server1, server2, server3); a move by hand holds the VIPs on standby; `move master` ends it',
		);
		expect(healthLine(look.health, 'es')).toBe(
			'OK: la página responde 200 en 12 ms (server1, server2, server3); un traslado manual retiene las VIP en standby; `move master` lo termina',
		);
	});

	test('where either director is as good, moving to the one that has them ends it', () => {
		expect(moved(new ChangedLook(testCluster({ha: {failback: false}}))).line).toMatch(
			/; a move by hand holds the VIPs on standby; `move standby` ends it$/,
		);
	});

	test('with a lifetime names no director', () => {
		expect(moved(new ChangedLook(), '<rsc_location id="cli-prefer-web" rsc="web" role="Started">').line).toMatch(
			/; a move by hand holds the VIPs; `move master` ends it$/,
		);
	});

	test('comes last beside a trouble', () => {
		expect(moved(new ChangedLook()).change('nas', '[5/5] [UUUUU]', '[5/4] [UUUU_]').line).toBe(
			'DEGRADED: nas: the array md0 lacks 1 of 5 disks ([UUUU_]); a move by hand holds the VIPs on standby; `move master` ends it',
		);
	});
});

describe('a command works on the cluster', () => {
	const since = '2026-01-02T10:42:07.000Z';
	const now = new Date('2026-01-02T11:00:00.000Z');
	const work = {verb: 'up', pid: 4711, since, isFirst: false};
	// Today is another day than the tests' one.
	const at = timeOfDay(since);

	test.each([
		['up', 'being changed', 'lo está cambiando'],
		['move', 'being changed', 'lo está cambiando'],
		['sandbox', 'being changed', 'lo está cambiando'],
		['verify', 'being tested', 'lo está probando'],
		['bench', 'being tested', 'lo está probando'],
		['down', 'being removed', 'lo está eliminando'],
	])('%s on a healthy cluster: OK, with who does it', (verb, en, es) => {
		const look = new ChangedLook();
		look.work = {...work, verb};
		expect(look.line).toBe(
			`OK: the page answers 200 in 12 ms (server1, server2, server3); ${en} by process 4711 since ${at}`,
		);
		expect(healthLine(look.health, 'es')).toContain(`; ${es} el proceso 4711 desde las ${at}`);
	});

	test('a trouble meanwhile is a trouble; the process is named before it', () => {
		const look = new ChangedLook().change('server2', /^apache2.service.*\n/m, '');
		look.work = work;
		expect(look.line).toBe(`DEGRADED: being changed by process 4711 since ${at}; server2: apache2 is not running`);
	});

	test('that builds it for the first time: nothing is missing that was not made yet', () => {
		const look = new ChangedLook();
		look.page = look.page.map(() => ({outcome: 'unreachable', latency: 3}));
		for (const name of ['server1', 'server2', 'server3']) {
			look.silent.set(name, 'No route to host');
		}

		look.work = {...work, isFirst: true};
		expect(look.line).toBe(`DEGRADED: being built by process 4711 since ${at}`);
		expect(healthLine(look.health, 'es')).toBe(`DEGRADADO: en construcción por el proceso 4711 desde las ${at}`);
	});

	test('the time has a date where it began on another day', () => {
		expect(timeOfDay(since, now)).toMatch(/^\d\d:\d\d$/);
		expect(timeOfDay('2025-12-24T10:42:07.000Z', now)).toMatch(/^2025-12-24 \d\d:\d\d$/);
	});
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
		// These two need no look (test/commands/status.test.ts).
		expect(troubleIds.filter(id => !injectedTroubles.some(injected => injected.id === id))).toEqual([
			'being-built',
			'sandbox-stopped',
			'stopped',
		]);
	});
});
