import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {isBuiltin} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterAll, beforeEach, describe, expect, test} from 'vitest';
import {programOptions} from '../../build.ts';
import {packageRoot} from '../../source/assets.ts';
import {bundledPackages, thirdPartyNotices} from '../../third-party-notices.ts';

test('every package in the bundle is in its notices, with its version and a licence text', async () => {
	const {metafile} = await build({...programOptions, absWorkingDir: packageRoot, write: false});
	const notices = thirdPartyNotices(metafile)
		.split(`\n${'='.repeat(80)}\n\n`)
		.slice(1);
	const packages = bundledPackages(metafile).map(
		path =>
			JSON.parse(readFileSync(join(packageRoot, path, 'package.json'), 'utf8')) as {
				name: string;
				version: string;
				license?: string;
				licenses?: Array<{type: string}>;
			},
	);
	expect(packages.map(({name}) => name)).toEqual(
		expect.arrayContaining(['react', 'ink', 'yoga-layout', 'zod', 'ssh2', 'echarts']),
	);
	expect(notices.map(notice => notice.split('\n').slice(0, 2))).toEqual(
		packages.map(({name, version, license, licenses}) => [
			`${name} ${version}`,
			`Licence: ${license ?? licenses![0]!.type}`,
		]),
	);
	for (const notice of notices) {
		expect(notice).toMatch(/copyright|public domain|unlicense|without warranty/i);
		expect(notice.length).toBeGreaterThan(300);
	}
}, 60_000);

test('the bundle loads no module from a folder of the computer', async () => {
	// A `require` that is left over looks in every node_modules above the program, /tmp/node_modules as well.
	const {metafile} = await build({...programOptions, absWorkingDir: packageRoot, write: false});
	const outside = Object.values(metafile.outputs)
		.flatMap(({imports}) => imports)
		.filter(({external}) => external)
		.map(({path}) => path);
	expect(outside).toContain('node:fs');
	expect(outside.filter(path => !isBuiltin(path))).toEqual([]);
}, 60_000);

describe('a package of its own', () => {
	const root = mkdtempSync(join(tmpdir(), 'notices-'));
	const folder = join(root, 'node_modules/@mine/thing');
	const metafile = {
		inputs: {
			'source/cli.ts': {bytes: 1, imports: []},
			'node_modules/@mine/thing/lib/index.js': {bytes: 1, imports: []},
		},
	};
	beforeEach(() => {
		rmSync(folder, {recursive: true, force: true});
		mkdirSync(folder, {recursive: true});
		writeFileSync(join(folder, 'package.json'), '{"name": "@mine/thing", "version": "1.2.3", "license": "MIT"}');
	});
	afterAll(() => {
		rmSync(root, {recursive: true});
	});

	test.each(['LICENSE', 'license.md', 'LICENCE.txt', 'COPYING', 'LICENSE-MIT'])('its text in %s', name => {
		writeFileSync(join(folder, name), 'Copyright Somebody\n');
		expect(thirdPartyNotices(metafile, root, {})).toContain('@mine/thing 1.2.3\nLicence: MIT\n\nCopyright Somebody\n');
	});

	test('all of its texts, those of what it has copied as well', () => {
		mkdirSync(join(folder, 'licenses'));
		writeFileSync(join(folder, 'LICENSE'), 'Copyright Somebody\n');
		writeFileSync(join(folder, 'NOTICE'), 'Made by somebody.\n');
		writeFileSync(join(folder, 'licenses/LICENSE-other'), 'Copyright Another\n');
		expect(thirdPartyNotices(metafile, root, {})).toMatch(
			/Copyright Somebody\n[^]*Made by somebody\.\n[^]*Copyright Another\n/,
		);
	});

	test('without a text the build fails', () => {
		expect(() => thirdPartyNotices(metafile, root, {})).toThrow('@mine/thing 1.2.3 (MIT) has no licence text.');
		writeFileSync(join(folder, 'LICENSE'), '\n');
		expect(() => thirdPartyNotices(metafile, root, {})).toThrow('has no licence text');
	});

	test('a standard text stands in for it, as long as the licence is that one and the text is lacking', () => {
		const without = {'@mine/thing': {licence: 'MIT', copyright: 'Copyright (c) Me'}};
		expect(thirdPartyNotices(metafile, root, without)).toContain('Copyright (c) Me\n\nPermission is hereby granted');
		writeFileSync(join(folder, 'LICENSE'), 'Copyright Somebody\n');
		expect(() => thirdPartyNotices(metafile, root, without)).toThrow('not bundled or have a text: @mine/thing');
		rmSync(join(folder, 'LICENSE'));
		writeFileSync(join(folder, 'package.json'), '{"name": "@mine/thing", "version": "2.0.0", "license": "ISC"}');
		expect(() => thirdPartyNotices(metafile, root, without)).toThrow('@mine/thing 2.0.0 (ISC) has no licence text.');
	});
});
