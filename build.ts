// Bundles the program: one small file that looks at the Node version, and the program itself with its lazy parts, with the
// licences of the packages in it.
import {chmodSync, copyFileSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {build, type BuildOptions} from 'esbuild';
import {thirdPartyNotices} from './third-party-notices.ts';

/** How the program is bundled, and the tests' own programs as well. */
export const options: BuildOptions = {
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.12',
	jsx: 'automatic',
	// React decides at build time which of its two forms it is.
	define: {'process.env.NODE_ENV': '"production"'},
	// Bundled CommonJS (ssh2) uses these.
	banner: {js: 'import {createRequire as __createRequire} from \'node:module\';const require=__createRequire(import.meta.url);const __dirname=import.meta.dirname,__filename=import.meta.filename;'},
	plugins: [{
		name: 'no-devtools',
		setup(build) {
			build.onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
			build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
		},
	}, {
		// Optional native parts of ssh2 and ws, which work without them. A `require` that is left in the bundle would also look in
		// the folders above the program, and root would run what anybody puts into /tmp/node_modules.
		name: 'no-natives',
		setup(build) {
			build.onResolve({filter: /^(?:bufferutil|cpu-features|utf-8-validate)$|\.node$/}, ({path}) => ({path, namespace: 'absent'}));
			build.onLoad({filter: /.*/, namespace: 'absent'}, () => ({contents: 'throw new Error("not included");', loader: 'js'}));
		},
	}],
};

/** The program itself. */
export const programOptions = {...options, entryPoints: ['source/cli.ts'], outdir: 'dist', splitting: true, minify: true, metafile: true} as const satisfies BuildOptions;

if (import.meta.filename === process.argv[1]) {
	rmSync('dist', {recursive: true, force: true});
	mkdirSync('dist');
	const {metafile} = await build(programOptions);
	writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(metafile));
	copyFileSync('source/cluster-wizard.js', 'dist/cluster-wizard.js');
	chmodSync('dist/cluster-wizard.js', 0o755);
}
