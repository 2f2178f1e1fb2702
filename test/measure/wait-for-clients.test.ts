import {describe, expect, test} from 'vitest';
import {Interrupted} from '../../source/engine/failure.ts';
import type {EventBody} from '../../source/engine/event.ts';
import {waitForConnections, waitForService, type ClientsContext} from '../../source/measure/wait-for-clients.ts';
import type {RunningProbe} from '../../source/measure/probe-process.ts';
import type {ProbeRequest} from '../../source/measure/result.ts';
import {testCluster} from '../cluster-fixture.ts';

/**
 * A probe whose time goes on by a step of seconds whenever its requests are read, which each look does once: however busy the
 * machine is. From a second of it on its requests are answered; so many seconds after it is first asked its connections are held.
 */
function clients({answeredFrom = 0, heldAfter = 0, step = 10, signal = new AbortController().signal}) {
	let time = 0;
	const now = () => time;
	let asked: number | undefined;
	const events: EventBody[] = [];
	const probe = {
		now,
		get requests() {
			time += step * 1000;
			return Array.from(
				{length: Math.floor(now() / 250)},
				(_, index) =>
					({
						at: index * 250,
						late: 0,
						latency: 10,
						outcome: index * 250 < answeredFrom * 1000 ? 'timeout' : 'answered',
					}) as unknown as ProbeRequest,
			);
		},
		held() {
			asked ??= now();
			return now() - asked < heldAfter * 1000 ? [] : ['keep-alive', 'download'];
		},
	} as unknown as RunningProbe;
	const context: ClientsContext = {
		drill: '2-crash',
		probe,
		cluster: testCluster(),
		language: 'en',
		signal,
		emit: event => events.push(event),
	};
	return {
		context,
		events,
		told: () =>
			events.map(event =>
				`${event.type} ${'unit' in event ? event.unit : ''} ${'status' in event ? event.status : 'reason' in event ? event.reason : ''}`.trim(),
			),
	};
}

describe('waiting for clients', () => {
	test('that are served soon is not worth a word', async () => {
		const {context, events} = clients({});
		await expect.poll(() => context.probe.requests.length).toBeGreaterThan(8);
		expect(await waitForService(context, {from: 0})).toBe(true);
		expect(events).toEqual([]);
	});

	test('that are served after some seconds: what is waited for, and for how long', async () => {
		const {context, events, told} = clients({answeredFrom: 25});
		expect(await waitForService(context, {from: 0})).toBe(true);
		expect(told().slice(0, 2)).toEqual([
			'step-started 2-crash:clients',
			'waiting 2-crash:clients requests answered one after the other',
		]);
		expect(told().at(-1)).toBe('step-finished 2-crash:clients ok');
		expect(events[1]).toMatchObject({limit: 60});
	});

	test('that are never served', async () => {
		const {context, told} = clients({answeredFrom: Infinity});
		expect(await waitForService(context, {from: 0})).toBe(false);
		expect(told().at(-1)).toBe('step-finished 2-crash:clients failed');
	});

	test('whose last answers came too early', async () => {
		const {context} = clients({});
		expect(await waitForService(context, {from: 1_000_000})).toBe(false);
	});

	test.each([
		['are held again: on', {heldAfter: 3}, 'step-finished 2-crash:clients ok'],
		['are not: on without', {heldAfter: Infinity}, 'step-finished 2-crash:clients skipped'],
		['cannot be, where nobody is served', {heldAfter: Infinity, answeredFrom: Infinity}, undefined],
	])('whose connections %s', async (_, state, last) => {
		const {context, told} = clients({...state, step: 1.5});
		if (last !== undefined) {
			await expect.poll(() => context.probe.requests.length).toBeGreaterThan(8);
		}

		await waitForConnections(context, 2);
		expect(told().at(-1)).toBe(last);
	});

	test('is ended by a signal', async () => {
		const controller = new AbortController();
		const {context, events, told} = clients({answeredFrom: Infinity, signal: controller.signal});
		const waiting = expect(waitForService(context, {from: 0})).rejects.toBeInstanceOf(Interrupted);
		await expect.poll(() => events.length).toBeGreaterThan(0);
		controller.abort();
		await waiting;
		expect(told().at(-1)).toBe('step-finished 2-crash:clients interrupted');
	});
});
