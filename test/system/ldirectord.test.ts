import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {configuration} from '../../steps/ldirectord.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'ldirectord-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** 3: understood, and not running; 2: not understood. In a mount namespace of its own, for the log it writes. */
function judge(text: string): number | null {
	const file = join(folder, 'test.cf');
	writeFileSync(file, text);
	return spawnSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /var/log && ldirectord "$1" status', 'sh', file]).status;
}

test.each([
	['the thesis\'s values', {}],
	['five servers, fast', {profile: 'fast', web: {count: 5}}],
	['no sorry page', {ha: {sorryPage: false}}],
	['every second', {check: {interval: '1s', timeout: '1s'}}],
] as const)('ldirectord accepts %s', (_, answers) => {
	expect(judge(configuration(testCluster(answers)))).toBe(3);
});

test('the judge is awake', () => {
	expect(judge(configuration(testCluster()).replace('virtual=', 'virtua='))).toBe(2);
});
