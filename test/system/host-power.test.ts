import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {stoppedWithHost} from '../../source/tasks/host-power.ts';
import {testCluster} from '../cluster-fixture.ts';

const [script, unit] = stoppedWithHost(testCluster({host: {external: 'nat'}}, {sandbox: false})).apply!;

test('shellcheck finds nothing in stop-machines', () => {
	const {stdout, error} = spawnSync('shellcheck', ['-'], {input: String(script!.input), encoding: 'utf8'});
	expect(error).toBeUndefined();
	expect(stdout).toBe('');
});

test('systemd finds nothing wrong with its unit', () => {
	const folder = mkdtempSync(join(tmpdir(), 'power-'));
	try {
		const path = join(folder, 'stop-machines');
		writeFileSync(path, String(script!.input), {mode: 0o755});
		const file = join(folder, 'cluster-wizard-web-power.service');
		writeFileSync(file, String(unit!.input).replace(/^ExecStop=.*$/m, `ExecStop=${path}`));
		const {status, stdout, stderr, error} = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
			encoding: 'utf8',
		});
		expect(error).toBeUndefined();
		expect({
			status,
			said: `${stdout}${stderr}`.split('\n').filter(line => line.includes('cluster-wizard-web-power')),
		}).toEqual({status: 0, said: []});
	} finally {
		rmSync(folder, {recursive: true});
	}
});
