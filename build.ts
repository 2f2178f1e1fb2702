// Bundles the program into dist/: a small file that checks the Node version, the program with its lazily loaded parts, and
// the licences of the bundled packages.
import {chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {build, type BuildOptions} from 'esbuild';
import {thirdPartyNotices} from './third-party-notices.ts';

/** Options for bundling the program and the tests' own programs. */
export const options: BuildOptions = {
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.12',
	jsx: 'automatic',
	// Makes esbuild bundle React's production form.
	define: {'process.env.NODE_ENV': '"production"'},
	// Defines the globals of CommonJS that bundled packages (ssh2) use.
	banner: {
		js: "import {createRequire as __createRequire} from 'node:module';const require=__createRequire(import.meta.url);const __dirname=import.meta.dirname,__filename=import.meta.filename;",
	},
	plugins: [
		{
			name: 'no-devtools',
			setup(build) {
				build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
				build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
			},
		},
		{
			// Excludes optional native parts of ssh2 and ws, which work without them. A `require` left in the bundle would
			// also search the folders above the program, so that root would run code that any user puts into /tmp/node_modules.
			name: 'no-natives',
			setup(build) {
				build.onResolve({filter: /^(?:bufferutil|cpu-features|utf-8-validate)$|\.node$/}, ({path}) => ({
					path,
					namespace: 'absent',
				}));
				build.onLoad({filter: /.*/, namespace: 'absent'}, () => ({
					contents: 'throw new Error("not included");',
					loader: 'js',
				}));
			},
		},
	],
};

/** Options for bundling the program itself. */
export const programOptions = {
	...options,
	entryPoints: ['source/cli.ts'],
	outdir: 'dist',
	splitting: true,
	minify: true,
	metafile: true,
} as const satisfies BuildOptions;

if (import.meta.filename === process.argv[1]) {
	rmSync('dist', {recursive: true, force: true});
	mkdirSync('dist');
	const {metafile} = await build(programOptions);
	writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafile));
	copyFileSync('source/cluster-wizard.js', 'dist/cluster-wizard.js');
	chmodSync('dist/cluster-wizard.js', 0o755);
}
