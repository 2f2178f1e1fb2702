import {mkdtempSync, rmSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {build} from 'esbuild';
import {options} from '../../build.ts';

/** A program of the tests as one file, as ours is shipped: it starts ten times faster than from its sources. */
export async function bundle(...entries: string[]): Promise<{file: (name: string) => string; remove: () => void}> {
	// Inside the project, so that the program finds its assets.
	const folder = mkdtempSync(resolve('node_modules', '.bundle-'));
	await build({...options, entryPoints: entries, outdir: folder, outExtension: {'.js': '.mjs'}, logLevel: 'error'});
	return {
		file: name => join(folder, `${name}.mjs`),
		remove() {
			rmSync(folder, {recursive: true, force: true});
		},
	};
}
