'use strict';
// The main script of the executable: runs the bundle that is embedded in the executable. The modules have URLs below the
// executable's path, where no file can exist, because the executable is not a folder. No other modules are loaded.
/* eslint-disable @typescript-eslint/no-require-imports -- an executable's main script is CommonJS. */
const {isBuiltin, registerHooks} = require('node:module');
const {getAssetKeys, getRawAsset} = require('node:sea');
const {pathToFileURL} = require('node:url');
const {constants, Script} = require('node:vm');

const root = pathToFileURL(process.execPath).href + '/';
const modules = new Set(getAssetKeys().filter(key => key.startsWith('dist/')).map(key => root + key));

registerHooks({
	resolve(specifier, context, next) {
		if (isBuiltin(specifier)) {
			return next(specifier, context);
		}

		const {href} = new URL(specifier, context.parentURL);
		if (!modules.has(href)) {
			throw Object.assign(new Error(`Cannot find module ${specifier}`), {code: 'MODULE_NOT_FOUND'});
		}

		return {url: href, format: 'module', shortCircuit: true};
	},
	load(url, context, next) {
		return modules.has(url) ? {format: 'module', source: Buffer.from(getRawAsset(url.slice(root.length))), shortCircuit: true} : next(url, context);
	},
});

// In the main script of an executable, `import()` finds only built-in modules; in a script made by `vm` it finds all.
const load = new Script('address => import(address)', {importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER}).runInThisContext();
load(`${root}dist/cli.js`).catch(error => {
	console.error(error);
	process.exit(70);
});
