import {expect, test} from 'vitest';
import {lockFolder} from '../../source/cluster/lock-folder.ts';
import {testCluster} from '../cluster-fixture.ts';

const at = (state: string) => lockFolder({name: 'web', paths: {...testCluster().paths, state}});

test('a cluster in its usual place has the folder of its name', () => {
	expect(at('/var/lib/cluster-wizard/web')).toBe('web');
});

test('clusters of one name in places of their own have folders of their own', () => {
	const folders = [
		'/var/lib/cluster-wizard/web',
		'/srv/a/web',
		'/srv/b/web',
		'/srv/a',
		'/var/lib/cluster-wizard/other/web',
	].map(state => at(state));
	expect(new Set(folders).size).toBe(folders.length);
	expect(folders.slice(1)).toEqual(folders.slice(1).map(() => expect.stringMatching(/^web-[\da-f]{8}$/) as string));
	expect(at('/srv/a/web')).toBe(at('/srv/a/web'));
});
