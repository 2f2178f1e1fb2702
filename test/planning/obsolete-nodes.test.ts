import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {obsoleteNodes, leavingResources} from '../../source/planning/obsolete-nodes.ts';
import {toOwnedResource} from '../../source/session/runner.ts';
import {Journal} from '../../source/engine/journal.ts';
import {machines} from '../../steps/machines.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'leaving-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const withServers = (count: number) => testCluster({web: {count}});

/** A journal in which the machines of a cluster were made, in the order of its nodes. */
function built(count: number): Journal {
	const journal = new Journal(join(mkdtempSync(join(folder, 'journal-')), 'journal.jsonl'));
	const cluster = withServers(count);
	for (const node of cluster.nodes) {
		for (const resource of machines.tasks(cluster, {node}).flatMap(({creates}) => creates ?? [])) {
			journal.append({type: 'intent', run: 'run', resource: toOwnedResource(resource, 'host', node.name)});
		}
	}

	return journal;
}

describe('nodes leave a cluster', () => {
	test.each([
		[2, 1, ['server2']],
		[5, 2, ['server3', 'server4', 'server5']],
		[3, 3, []],
		[1, 5, []],
	])('from %i to %i web servers', (before, after, names) => {
		const given = {journal: built(before), cluster: withServers(after)};
		expect(obsoleteNodes(given)).toEqual(names);
		// The folder and the pool of all disks were written down for each node, the last of them for one that leaves.
		expect(leavingResources(given).map(({kind, name}) => `${kind} ${name}`)).toEqual(
			names.flatMap(name => [`disk ${name.toUpperCase()}.img`, `machine ${name.toUpperCase()}`]),
		);
	});

	test('an interrupted removal goes on with the rest', () => {
		const journal = built(2);
		journal.append({type: 'removed', kind: 'machine', name: 'SERVER2'});
		expect(leavingResources({journal, cluster: withServers(1)}).map(({kind, name}) => `${kind} ${name}`)).toEqual([
			'disk SERVER2.img',
		]);
	});
});
