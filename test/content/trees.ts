import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import type {ContentOwner} from '../../source/state/as-owner.ts';
import {scanSite, type Site} from '../../source/content/site.ts';

/** Who runs the tests. */
export const self: ContentOwner = {uid: process.getuid!(), gid: process.getgid!()};

/** A folder that goes with the test. */
export function temporaryFolder(): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'site-')));
	onTestFinished(() => {
		execFileSync('chmod', ['-R', 'u+rwX', folder]);
		rmSync(folder, {recursive: true, force: true});
	});
	return folder;
}

/** What lies at a path: a file's text, `null` for a folder, `-> target` for a link (`ROOT` is the folder), `mkfifo` for a FIFO. */
export type Tree = Readonly<Record<string, string | null>>;

/** A folder with these things in it. Names are bytes, one for each character. */
export function plant(tree: Tree, folder: string = temporaryFolder()): string {
	const bytes = (path: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path, 'latin1')]);
	for (const [path, what] of Object.entries(tree)) {
		const above = path.split('/').slice(0, -1).join('/');
		mkdirSync(bytes(above), {recursive: true});
		if (what === null) {
			mkdirSync(bytes(path), {recursive: true});
		} else if (what === 'mkfifo') {
			execFileSync('mkfifo', [join(folder, path)]);
		} else if (what.startsWith('-> ')) {
			symlinkSync(
				Buffer.from(what.slice(3).replace('ROOT', Buffer.from(folder).toString('latin1')), 'latin1'),
				bytes(path),
			);
		} else {
			writeFileSync(bytes(path), what);
		}
	}

	return folder;
}

/** What a folder publishes; a problem makes the test fail. */
export function scanned(folder: string, owner: ContentOwner = self): Site {
	const site = scanSite(folder, owner);
	if ('problem' in site) {
		throw new Error(site.problem.en);
	}

	return site;
}

export function publishedPaths({entries}: Site): string[] {
	return entries.map(({path}) => path);
}
