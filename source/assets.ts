import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {embeddedFile, embeddedPaths, isExecutable, unpackedRoot} from './executable.ts';
import {decodeUncleaned} from './text/exact.ts';

/**
 * Root folder of the package, in the bundle as in the source; for the single-file executable, the path of the
 * executable.
 */
export const packageRoot = isExecutable ? process.execPath : findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/** Reads a file of the package; undefined if there is none. */
export function packageFile(path: string): Uint8Array | undefined {
	if (isExecutable) {
		return embeddedFile(path);
	}

	const file = join(packageRoot, path);
	return existsSync(file) ? readFileSync(file) : undefined;
}

/**
 * Reads a file of `assets/`.
 * @throws TypeError if there is none
 */
export function assetBytes(path: string): Uint8Array {
	const bytes = packageFile(`assets/${path}`);
	if (!bytes) {
		throw new TypeError(`assets/${path} is missing`);
	}

	return bytes;
}

/** All files in a folder of `assets/`, recursively, by their paths relative to that folder. */
export function assetFiles(folder: string): Array<[path: string, bytes: Uint8Array]> {
	const root = join(packageRoot, 'assets', folder);
	const paths = isExecutable
		? embeddedPaths(`assets/${folder}`).map(path => relative(`assets/${folder}`, path))
		: readdirSync(root, {recursive: true, withFileTypes: true})
				.filter(entry => entry.isFile())
				.map(({parentPath, name}) => relative(root, join(parentPath, name)));
	return paths.sort().map(path => [path, assetBytes(`${folder}/${path}`)]);
}

/**
 * Returns the path of a script that root runs. The executable has only those in `images/`, and only after
 * `unpackScripts`.
 */
export function assetPath(path: string): string {
	return join(isExecutable ? unpackedRoot() : packageRoot, 'assets', path);
}

/**
 * Reads a file of `assets/` and replaces each `{{name}}` by its value.
 * @throws TypeError for a name without a value, or an unused value: both are bugs
 */
export function asset(path: string, values: Readonly<Record<string, string | number>> = {}): string {
	const used = new Set<string>();
	const text = decodeUncleaned(assetBytes(path)).replaceAll(/{{(\w+)}}/g, (_, name: string) => {
		const value = values[name];
		if (value === undefined) {
			throw new TypeError(`assets/${path} needs a value for ${name}`);
		}

		used.add(name);
		return String(value);
	});
	const unused = Object.keys(values).filter(name => !used.has(name));
	if (unused.length > 0) {
		throw new TypeError(`assets/${path} does not use ${unused.join(', ')}`);
	}

	return text;
}

function findPackageRoot(folder: string): string {
	return existsSync(join(folder, 'package.json')) || dirname(folder) === folder
		? folder
		: findPackageRoot(dirname(folder));
}
