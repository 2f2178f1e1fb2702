import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test, onTestFinished} from 'vitest';
import {render} from '../../source/shell/command.ts';
import {service} from '../../source/tasks/service.ts';

/** As systemd 252 and 257 print it: in their own order, whatever was asked for. */
const shown = (properties: Record<string, string>) =>
	Object.entries(properties)
		.map(([name, value]) => `${name}=${value}`)
		.join('\n');

const began = new Date('2026-11-23T04:13:18.102Z');
const up = new Date('2026-11-23T04:13:26.448Z');
const time = (date: Date) => date.toISOString().replace('T', ' ').replace('Z', ' UTC');
const running = {
	ActiveState: 'active',
	UnitFileState: 'enabled',
	NeedDaemonReload: 'no',
	InactiveExitTimestamp: time(began),
};

test.each([
	['written before it began to start', running, new Date(began.getTime() - 1000), ''],
	['written while it started: it may have been read before', running, new Date(began.getTime() + 1000), 'has not read'],
	['written when it was up', running, new Date(up.getTime() + 1000), 'has not read'],
	['not running', {...running, ActiveState: 'failed'}, began, 'ActiveState=failed'],
	['not at boot', {...running, UnitFileState: 'disabled'}, began, 'UnitFileState=disabled'],
	['its unit is outdated', {...running, NeedDaemonReload: 'yes'}, began, 'its unit has changed'],
])('%s', (_, properties, written, said) => {
	const folder = mkdtempSync(join(tmpdir(), 'service-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	const file = join(folder, 'its.conf');
	writeFileSync(file, '');
	utimesSync(file, written, written);
	writeFileSync(join(folder, 'systemctl'), `#!/bin/sh\ncat <<'END'\n${shown(properties)}\nEND\n`, {mode: 0o755});
	// What is asked for has to be what is shown.
	const check = render(service('dnsmasq', {reads: [file]}).check, 'execute');
	for (const name of Object.keys(properties)) {
		expect(check).toContain(name);
	}

	const {status, stdout} = spawnSync('sh', ['-c', check], {
		encoding: 'utf8',
		env: {...process.env, PATH: `${folder}:${process.env['PATH']!}`},
	});
	expect(stdout.trim()).toContain(said);
	expect(status).toBe(said === '' ? 0 : 1);
});
