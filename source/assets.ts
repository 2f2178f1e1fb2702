import {existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {exactText} from './text/exact.ts';

/** The package's own folder, from the bundle as well as from the source. */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

export function assetPath(path: string): string {
	return join(packageRoot, 'assets', path);
}

/**
 * A file from `assets/`, with `{{name}}` replaced by the values given.
 * A name without a value and a value that is not used are both our mistakes, and throw.
 */
export function asset(path: string, values: Readonly<Record<string, string | number>> = {}): string {
	const used = new Set<string>();
	const text = exactText(readFileSync(assetPath(path))).replaceAll(/{{(\w+)}}/g, (_, name: string) => {
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
	return existsSync(join(folder, 'package.json')) || dirname(folder) === folder ? folder : findPackageRoot(dirname(folder));
}
