import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {lstatSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import type {Cluster} from './cluster.ts';

/**
 * The user's own pages as one archive that is the same for the same files: sorted, readable by everyone, owned by root
 * and without times. Links stay links. Without a folder: the thesis's test page.
 * @throws if a file cannot be read
 */
export function readContent(folder: string | undefined): Cluster['content'] {
	if (folder === undefined) {
		return {kind: 'test-page'};
	}

	const archive = execFileSync('tar', [
		'--create', '--directory', folder, '--sort=name', '--format=gnu', '--mtime=@0', '--owner=root:0', '--group=root:0', '--mode=u=rwX,go=rX', '.',
	], {maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'pipe']});
	return {kind: 'own', archive: gzipSync(archive).toString('base64'), digest: createHash('sha256').update(archive).digest('hex')};
}

/** Bytes of all files in a folder, each rounded up to the blocks of 4 KiB that ext4 gives it. */
export function contentSize(folder: string): number {
	let size = 0;
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const path = join(folder, entry.name);
		size += entry.isDirectory() ? contentSize(path) : Math.ceil(lstatSync(path).size / 4096) * 4096;
	}

	return size;
}
