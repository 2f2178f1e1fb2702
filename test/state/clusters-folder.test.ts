import {mkdirSync, rmSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, expect, test, vi} from 'vitest';
import {invokingUser} from '../../source/state/owner.ts';
import {openPreferences} from '../../source/state/preferences.ts';
import {begunState} from '../state-fixture.ts';

const {folder, parent} = await vi.hoisted(async () => {
	const {mkdtempSync} = await import('node:fs');
	const {join} = await import('node:path');
	const {tmpdir} = await import('node:os');
	const folder = mkdtempSync(join(tmpdir(), 'clusters-folder-'));
	return {folder, parent: join(folder, 'clusters')};
});
vi.mock('../../source/state/owned-ancestor.ts', async original => ({
	...(await original<object>()),
	defaultParent: parent,
}));

afterEach(() => {
	rmSync(parent, {recursive: true});
});
afterAll(() => {
	rmSync(folder, {recursive: true});
});

test.each([
	[
		'preferences are kept before there is a cluster',
		() => {
			openPreferences({...invokingUser(), uid: 65_534}, {}).set({language: 'es'});
		},
	],
	[
		'a cluster begins',
		() => {
			begunState(join(parent, 'web'));
		},
	],
	[
		'a cluster begins in a folder that was closed to others',
		() => {
			mkdirSync(parent, {mode: 0o700});
			begunState(join(parent, 'web'));
		},
	],
])('whoever may look into a cluster can pass the folder of all clusters: %s', (_, make) => {
	make();
	expect((statSync(parent).mode & 0o777).toString(8)).toBe('755');
});
