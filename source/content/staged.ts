import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import type {OwnContent} from '../cluster/cluster.ts';
import {readTrusted, writeTrusted} from '../state/safe-file.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';
import type {Site} from './site.ts';

/** Description of the archive that the storage node will get. */
const schema = z.object({
	digest: z.string().regex(/^[\da-f]{64}$/),
	/** Size in bytes when unpacked. */
	size: z.number().int().nonnegative(),
});

const file = 'staged.json';

/** Path of the archive with this digest, in the folder of the archives. */
export function archivePath(folder: string, digest: string): string {
	return join(folder, `${digest}.tar.gz`);
}

/**
 * Returns the description of the last archive; undefined if there is none or it is invalid, in which case `up` packs
 * the pages again.
 */
export function readStaged(folder: string): z.infer<typeof schema> | undefined {
	try {
		return schema.parse(parseJson(cleanText(readTrusted(join(folder, file)) ?? '')));
	} catch {
		return undefined;
	}
}

/** Whether the archive of these pages already exists. */
export function isStaged(folder: string, {digest}: Site): boolean {
	return readStaged(folder)?.digest === digest && existsSync(archivePath(folder, digest));
}

/** Records the archive. Called after the archive is complete, so that the record never names an incomplete one. */
export function writeStaged(folder: string, {digest, size}: Site): void {
	writeTrusted(join(folder, file), JSON.stringify({digest, size} satisfies z.infer<typeof schema>), {mode: 0o600});
}

/** Returns the user's own pages as part of the cluster; the digest is `not-staged` until it is known. */
export function ownContent(
	folder: string,
	{digest, size}: Pick<OwnContent, 'digest' | 'size'> = {digest: 'not-staged', size: 0},
): OwnContent {
	return {kind: 'own', digest, size, archive: archivePath(folder, digest)};
}
