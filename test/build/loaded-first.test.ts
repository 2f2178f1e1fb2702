import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {beforeAll, expect, test} from 'vitest';
import {programOptions} from '../../build.ts';
import {packageRoot} from '../../source/assets.ts';

const {dependencies = {}, devDependencies = {}} = JSON.parse(
	readFileSync(join(packageRoot, 'package.json'), 'utf8'),
) as Record<string, Record<string, string> | undefined>;
const named = new Set(Object.keys({...dependencies, ...devDependencies}));
let metafile: Metafile;
beforeAll(async () => {
	({metafile} = await build({...programOptions, absWorkingDir: packageRoot, write: false}));
}, 60_000);

// Each of them costs milliseconds before anything is seen; the rest is imported when it is needed.
test.each([
	{what: 'any command', entry: 'source/cli.ts', packages: ['commander', 'intl-messageformat']},
	{
		what: 'the first frame',
		entry: 'source/ui/open-wizard.tsx',
		packages: [
			'ink',
			'ink-select-input',
			'intl-messageformat',
			'marked',
			'react',
			'simple-ascii-chart',
			'string-width',
			'wrap-ansi',
		],
	},
])('$what loads these of the packages that we name, and no other', ({entry, packages}) => {
	const output = Object.entries(metafile.outputs).find(([, {entryPoint}]) => entryPoint === entry)![0];
	expect(loadedPackages(output).filter(name => named.has(name))).toEqual(packages);
});

/** Packages in a file of the bundle and in those that it imports statically. */
function loadedPackages(output: string): string[] {
	const files = new Set([output]);
	for (const file of files) {
		for (const {path, kind} of metafile.outputs[file]!.imports) {
			if (kind === 'import-statement' && metafile.outputs[path]) {
				files.add(path);
			}
		}
	}

	const inputs = [...files]
		.flatMap(file => Object.entries(metafile.outputs[file]!.inputs))
		.filter(([, {bytesInOutput}]) => bytesInOutput > 0);
	return [...new Set(inputs.flatMap(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))].sort();
}
