import {spawnSync} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {configuration} from '../../steps/corosync.ts';
import {testCluster} from '../cluster-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'corosync-'));
afterAll(() => rmSync(folder, {recursive: true}));

/** Corosync's own judgement; it wants to be on a machine that the configuration names, with a key. */
function judge(text: string, host: string): {status: number | null; output: string} {
	writeFileSync(join(folder, 'corosync.conf'), text);
	writeFileSync(join(folder, 'authkey'), randomBytes(256));
	const {status, stdout, stderr} = spawnSync(
		'unshare',
		[
			'--uts',
			'--mount',
			'sh',
			'-c',
			'mount --bind "$1" /etc/corosync && hostname "$2" && corosync -t',
			'sh',
			folder,
			host,
		],
		{encoding: 'utf8'},
	);
	return {status, output: stdout + stderr};
}

test.each([
	["the thesis's values", {}, 'kvm', 'master'],
	['on the other director', {}, 'kvm', 'standby'],
	[
		'emulated, fast, other names and addresses',
		{
			name: 'tienda',
			profile: 'fast',
			nodes: {master: {name: 'director-1', heartbeat: '10.9.0.1'}, standby: {heartbeat: '10.9.0.2'}},
			networks: {heartbeat: {cidr: '10.9.0.0/24'}},
		},
		'tcg',
		'director-1',
	],
] as const)('Corosync accepts %s', (_, answers, acceleration, host) => {
	const text = configuration(testCluster(answers, {acceleration}));
	const {status, output} = judge(text, host);
	expect(output).not.toContain('error');
	expect(status).toBe(0);
});

test.each([
	['a brace is lost', (text: string) => text.replace(/^}$/m, ''), 'Missing closing brace'],
	['an unknown cipher', (text: string) => text.replace('aes256', 'aes999'), 'Invalid cipher type'],
])('the judge is awake: %s', (_, harm, said) => {
	const {status, output} = judge(harm(configuration(testCluster())), 'master');
	expect(status).not.toBe(0);
	expect(output).toContain(said);
});
