import {afterEach, expect, test, vi} from 'vitest';
import {removeOwned} from '../../source/planning/remove.ts';
import type {Session} from '../../source/session/session.ts';
import {sh, type Command} from '../../source/shell/command.ts';
import {testCluster} from '../cluster-fixture.ts';

let commands: {remove: Command; gone: Command};
vi.mock('../../source/tasks/removal.ts', async original => ({
	...(await original<object>()),
	removal: () => ({shown: 'kvmbr0', ...commands}),
}));

afterEach(() => {
	vi.restoreAllMocks();
});

const isThere = sh`echo 'the folder is still there'; exit 1`;

test.each([
	[
		'the command that failed says why',
		sh`echo 'the file has been changed since' >&2; exit 1`,
		isThere,
		'the file has been changed since',
	],
	['it failed without a word', sh`exit 1`, isThere, 'the folder is still there'],
	['it ended well, and something is left', sh`echo 'all is well'`, isThere, 'the folder is still there'],
	['nobody says anything', sh`exit 1`, sh`exit 1`, 'exit 1'],
	['it failed, and all is gone', sh`echo 'not quite'; exit 1`, sh`exit 0`, undefined],
])('what is left is named with the reason: %s', async (_, remove, gone, reason) => {
	commands = {remove, gone};
	const said: string[] = [];
	vi.spyOn(process.stderr, 'write').mockImplementation(text => said.push(String(text)) > 0);
	const cluster = testCluster({host: {external: 'nat'}}, {sandbox: false});
	const session = {
		cluster,
		language: 'en',
		journal: {append: vi.fn()},
		state: {isUsable: () => true},
	} as unknown as Session;
	const left = await removeOwned(
		session,
		[{kind: 'untracked', name: 'redInter', place: 'machine'}] as never,
		new AbortController().signal,
	);
	expect(left).toHaveLength(reason === undefined ? 0 : 1);
	expect(said.join('')).toContain(reason === undefined ? 'removed ' : `could not be removed: ${reason}`);
});
