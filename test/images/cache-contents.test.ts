import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {cacheContents} from '../../source/images/cache-contents.ts';
import {baseImage, roleImages} from '../../source/images/image.ts';
import {roleIds} from '../../source/roles/index.ts';
import {testCluster} from '../cluster-fixture.ts';

function cacheWith(files: readonly string[], folders: readonly string[] = []): string {
	const folder = mkdtempSync(join(tmpdir(), 'cache-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	files.forEach(name => writeFileSync(join(folder, name), ''));
	folders.forEach(name => mkdirSync(join(folder, name)));
	return folder;
}

const image = 'trixie-web-0123456789ab.img';
const lines = (folder: string) =>
	cacheContents(folder).resources.map(({kind, name, place}) => `${place} ${kind} ${name}`);

test.each<[string, string[], string[], string[], string[]]>([
	[
		'an image with its checksum, its lock and a build',
		[image, `${image}.sha256`, `${image}.lock`],
		[`${image}.building`],
		[`machine image ${image}`],
		[],
	],
	['what a build that was killed left', [`${image}.lock`], [`${image}.building`], [`machine image ${image}`], []],
	['a base system', ['noble-base-0123456789ab.tar'], [], ['machine image noble-base-0123456789ab.tar'], []],
	['fetched packages', [], ['jammy-packages'], ['machine archive jammy-packages'], []],
	[
		'files and folders of somebody else',
		['thesis.pdf', 'a b.img', '-x.img', '.img', 'notes.lock', 'jammy-packages'],
		['photos', 'x.img', 'packages'],
		[],
		['-x.img', '.img', 'a b.img', 'jammy-packages', 'notes.lock', 'packages', 'photos', 'thesis.pdf', 'x.img'],
	],
])('%s', (_, files, folders, ours, foreign) => {
	const folder = cacheWith(files, folders);
	expect(lines(folder)).toEqual(ours);
	expect([...cacheContents(folder).foreign].sort()).toEqual(foreign);
});

test('every image of a cluster is known by its name', () => {
	const cluster = testCluster();
	const paths = [baseImage(cluster).path, ...roleIds.flatMap(role => roleImages(cluster, role).map(({path}) => path))];
	const names = paths.map(path => path.slice(cluster.paths.cache.length + 1));
	expect(lines(cacheWith(names)).sort()).toEqual(names.map(name => `machine image ${name}`).sort());
});

test('a cache that is not there, or is no folder, is empty', () => {
	expect(cacheContents('/nowhere/cluster-wizard')).toEqual({resources: [], foreign: []});
	expect(cacheContents(join(cacheWith(['file']), 'file'))).toEqual({resources: [], foreign: []});
});
