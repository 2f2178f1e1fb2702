import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license?: string;
	/** Deprecated form of `license`. */
	readonly licenses?: ReadonlyArray<{readonly type: string}>;
}

/** Licences that archives of packages name without the text: SPDX identifier, and copyright line from the package's files. */
export type Lacking = Readonly<Record<string, {readonly licence: string; readonly copyright: string}>>;

/** Standard texts are in `licences/`. Copyright lines: yoga-layout's src/index.ts, `author` of @nodable/entities. */
const lacking: Lacking = {
	'yoga-layout': {licence: 'MIT', copyright: 'Copyright (c) Meta Platforms, Inc. and affiliates.'},
	'@nodable/entities': {licence: 'MIT', copyright: 'Copyright (c) Amit Gupta (https://solothought.com)'},
};

/** Folders of the bundled packages, relative to esbuild's working directory; sorted. */
export function bundledPackages({inputs}: Pick<Metafile, 'inputs'>): string[] {
	return [
		...new Set(Object.keys(inputs).flatMap(path => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])),
	].sort();
}

/**
 * Name, version, licence and licence texts of every package in a bundle.
 * @param without entries for packages that lack a licence text
 * @throws {Error} if a package has neither a text nor an entry, or if an entry is not needed
 */
export function thirdPartyNotices(
	metafile: Pick<Metafile, 'inputs'>,
	root: string = import.meta.dirname,
	without: Lacking = lacking,
): string {
	const packages = bundledPackages(metafile).map(path => join(root, path));
	const unused = new Set(Object.keys(without));
	const notices = packages.map(folder => {
		const {
			name,
			version,
			licenses,
			license = licenses?.map(({type}) => type).join(', '),
		} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
		const texts = licenceTexts(folder);
		if (texts.length > 0) {
			return notice({name, version, license}, texts);
		}

		const known = without[name];
		if (!known || license !== known.licence) {
			throw new Error(
				`${name} ${version} (${license ?? 'no licence named'}) has no licence text. Add it to third-party-notices.ts.`,
			);
		}

		unused.delete(name);
		return notice({name, version, license}, [
			`${known.copyright}\n\n${readFileSync(join(import.meta.dirname, 'licences', `${known.licence}.txt`), 'utf8')}`,
		]);
	});
	if (unused.size > 0) {
		throw new Error(
			`third-party-notices.ts names packages that are not bundled or have a text: ${[...unused].join(', ')}.`,
		);
	}

	return ['This program contains the following packages.\n', ...notices].join(`\n${'='.repeat(80)}\n\n`);
}

function notice({name, version, license}: Omit<Manifest, 'licenses'>, texts: readonly string[]): string {
	return `${name} ${version}${license === undefined ? '' : `\nLicence: ${license}`}\n\n${texts.map(text => `${text.trim()}\n`).join(`\n${'-'.repeat(40)}\n\n`)}`;
}

/** The texts of files such as LICENSE, COPYING and NOTICE, and of those in a folder `licenses`. */
function licenceTexts(folder: string): string[] {
	const paths = readdirSync(folder)
		.filter(name => /^(licen[sc]es?|copying|notice)\b/i.test(name))
		.sort()
		.map(name => join(folder, name));
	return paths
		.flatMap(path =>
			statSync(path).isDirectory()
				? readdirSync(path)
						.sort()
						.map(name => readFileSync(join(path, name), 'utf8'))
				: readFileSync(path, 'utf8'),
		)
		.filter(text => text.trim() !== '');
}
