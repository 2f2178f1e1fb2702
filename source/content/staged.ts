import {existsSync} from 'node:fs';
import {join} from 'node:path';
import * as z from 'zod';
import type {OwnContent} from '../cluster/cluster.ts';
import {readTrusted, writeTrusted} from '../state/safe-file.ts';
import {cleanText} from '../text/clean.ts';
import {parseJson} from '../text/json.ts';
import type {Site} from './site.ts';

/** The pages in the state directory that the storage node gets. */
const schema = z.object({
	digest: z.string().regex(/^[\da-f]{64}$/),
	/** Bytes that they take once unpacked. */
	size: z.number().int().nonnegative(),
});

const file = 'staged.json';

/** The archive of pages with this digest, in the folder of the archives. */
export function archivePath(folder: string, digest: string): string {
	return join(folder, `${digest}.tar.gz`);
}

/** What was staged last; nothing if there is none, or what is there cannot be understood: `up` then packs the pages anew. */
export function readStaged(folder: string): z.infer<typeof schema> | undefined {
	try {
		return schema.parse(parseJson(cleanText(readTrusted(join(folder, file)) ?? '')));
	} catch {
		return undefined;
	}
}

/** Whether these pages need not be packed. */
export function isStaged(folder: string, {digest}: Site): boolean {
	return readStaged(folder)?.digest === digest && existsSync(archivePath(folder, digest));
}

/** Written after the archive, so that it never names one that is not whole. */
export function writeStaged(folder: string, {digest, size}: Site): void {
	writeTrusted(join(folder, file), JSON.stringify({digest, size} satisfies z.infer<typeof schema>), {mode: 0o600});
}

/** The user's own pages as part of the cluster; `not-staged` stands for the digest as long as it is unknown. */
export function ownContent(folder: string, {digest, size}: Pick<OwnContent, 'digest' | 'size'> = {digest: 'not-staged', size: 0}): OwnContent {
	return {kind: 'own', digest, size, archive: archivePath(folder, digest)};
}
