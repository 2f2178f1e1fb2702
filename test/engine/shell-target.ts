import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {Target} from '../../source/engine/target.ts';
import {localTarget} from '../../source/targets/local.ts';

/** A real shell as a machine of the engine's tests, with locks where an ordinary user may write. */
export function shellTarget(name = 'host', seen: string[] = []): Target & {folder: string; seen: string[]} {
	const folder = mkdtempSync(join(tmpdir(), 'cluster-wizard-test-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	const local = localTarget(name);
	return {
		...local,
		folder,
		seen,
		async exec(text, execution) {
			seen.push(text);
			return local.exec(`cd ${folder}; ${text.replaceAll('/run/cluster-wizard', `${folder}/locks`)}`, execution);
		},
	};
}
