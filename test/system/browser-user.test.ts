import {once} from 'node:events';
import {chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {openBrowser} from '../../source/session/browser.ts';

const user = {uid: 65_534, gid: 65_533, name: 'ana', home: '/nonexistent'};

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'browser-'));
	chmodSync(folder, 0o777);
	writeFileSync(
		join(folder, 'xdg-open'),
		`#!/bin/sh\n{ echo "$@"; id -u; id -g; id -G; env | sort; } > ${folder}/seen.part && mv ${folder}/seen.part ${folder}/seen\n`,
		{mode: 0o755},
	);
	vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
	vi.stubEnv('http_proxy', 'http://ana:secret@proxy:3128');
	vi.stubEnv('SUDO_UID', '65534');
	vi.stubEnv('DISPLAY', ':7');
});
afterEach(() => {
	vi.unstubAllEnvs();
	rmSync(folder, {recursive: true});
});

test("the browser runs as the user, in the user's home, without root's groups and environment", async () => {
	await once(openBrowser('http://192.168.1.200/index.php', user)!, 'exit');
	const [words, uid, gid, groups, ...environment] = readFileSync(join(folder, 'seen'), 'utf8').trim().split('\n');
	expect([words, uid, gid, groups]).toEqual(['http://192.168.1.200/index.php', '65534', '65533', '65533']);
	expect(
		environment
			.map(line => line.split('=')[0])
			.filter(
				name =>
					!['PWD', 'OLDPWD', 'SHLVL', '_', 'LANG', 'LC_ALL', 'LC_MESSAGES', 'XAUTHORITY', 'WAYLAND_DISPLAY'].includes(
						name!,
					),
			),
	).toEqual(['DISPLAY', 'HOME', 'LOGNAME', 'PATH', 'USER']);
	expect(environment).toContain('HOME=/nonexistent');
});

test('without a user other than root none is started', () => {
	expect(openBrowser('http://192.168.1.200/index.php', {uid: 0, gid: 0, name: 'root', home: '/root'})).toBeUndefined();
});
