import {getEventListeners} from 'node:events';
import {expect, test, vi} from 'vitest';
import type {Target} from '../../../source/engine/target.ts';
import {queryCluster} from '../../../source/measure/health/query.ts';
import {withDomainState} from '../../../source/targets/domain-state.ts';
import {testCluster} from '../../cluster-fixture.ts';

vi.mock('../../../source/measure/health/page.ts', () => ({
	askForPage: async () => ({url: 'http://192.168.1.200/', answers: []}),
	pageUrl: () => 'http://192.168.1.200/',
}));

test('looks at a cluster that does not answer listen only while they run, and not with more than ten listeners on one signal', async () => {
	const cluster = testCluster({web: {count: 4}});
	const {signal} = new AbortController();
	let most = 0;
	const host: Target = {
		name: 'host',
		async exec(_, {signal} = {}) {
			const onAbort = () => {};
			signal!.addEventListener('abort', onAbort);
			most = Math.max(most, getEventListeners(signal!, 'abort').length);
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			signal!.removeEventListener('abort', onAbort);
			return {code: 0};
		},
		close() {},
	};
	const silent = (name: string): Target => ({
		name,
		exec: async () => ({code: 'unreachable', reason: `${name}: connect EHOSTUNREACH`}),
		close() {},
	});
	const target = (place: string) =>
		place === 'host'
			? host
			: withDomainState(
					silent(place),
					cluster.nodes.find(({name}) => name === place)!,
					cluster,
					host,
				);
	for (let look = 0; look < 3; look++) {
		await queryCluster(cluster, {target, signal, openDrills: []});
	}

	expect(most).toBeGreaterThan(0);
	expect(most).toBeLessThanOrEqual(10);
	expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('a look tells whose answers it waits for', async () => {
	const cluster = testCluster({web: {count: 1}});
	const told: string[] = [];
	const target = (name: string): Target => ({name, exec: async () => ({code: 0}), close() {}});
	await queryCluster(cluster, {
		target,
		signal: new AbortController().signal,
		openDrills: [],
		onAnswer(silent, of) {
			told.push(`${silent.length}/${of}`);
		},
	});
	expect(told).toEqual(['5/5', '4/5', '3/5', '2/5', '1/5', '0/5']);
});
