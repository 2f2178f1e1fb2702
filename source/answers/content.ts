import {spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import type {Cluster} from './cluster.ts';

/** Bytes of an archive: what goes over SSH to a machine in one piece. */
const largest = 256 * 1024 * 1024;

/**
 * The user's own pages as one archive, the same bytes for the same files, whenever it is made.
 * @param folder absolute path
 * @throws Error when tar cannot read the folder
 */
export function readContent(folder: string | undefined): Cluster['content'] {
	if (folder === undefined) {
		return {kind: 'test-page'};
	}

	const {status, stdout, stderr, error} = spawnSync('tar', ['--create', '--gzip', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--directory', folder, '.'], {
		maxBuffer: largest,
		env: {...process.env, GZIP: undefined, LC_ALL: 'C'},
	});
	if (status !== 0) {
		throw new Error(error?.message ?? stderr.toString().trim());
	}

	return {kind: 'own', archive: stdout.toString('base64'), digest: createHash('sha256').update(stdout).digest('hex')};
}
