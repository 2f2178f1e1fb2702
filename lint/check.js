import {readFileSync} from 'node:fs';
import {dirname, relative} from 'node:path';
import {ESLint} from 'eslint';
import ts from 'typescript';

/**
 * Types and lint in one process. The rules that need types ask the same program that reports type errors: two programs,
 * one of tsc and one of ESLint, would each infer every type of the repository. `tsc --noEmit` and `eslint .` find the same.
 */

const configFile = 'tsconfig.json';
const {config, error} = ts.readConfigFile(configFile, path => readFileSync(path, 'utf8'));
if (error) {
	throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
}

const {options, fileNames, errors} = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configFile));
// ESLint's rules walk from a node to its parents.
const program = ts.createProgram(fileNames, options, ts.createCompilerHost(options, true));
const diagnostics = [...errors, ...ts.getPreEmitDiagnostics(program)];
const format = {getCanonicalFileName: name => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n'};
process.stdout.write(ts.formatDiagnostics(diagnostics, format));

const eslint = new ESLint({
	overrideConfig: {
		files: ['**/*.ts', '**/*.tsx'],
		languageOptions: {parserOptions: {projectService: false, programs: [program]}},
	},
});
const results = await eslint.lintFiles(['.']);
const formatter = await eslint.loadFormatter('stylish');
process.stdout.write(await formatter.format(results));

const unseen = results
	.map(({filePath}) => relative('.', filePath))
	.filter(file => /\.tsx?$/.test(file) && !program.getSourceFile(file));
if (unseen.length > 0) {
	process.stdout.write(`Not part of ${configFile}, so without types: ${unseen.join(', ')}\n`);
}

const hasErrors = results.some(({errorCount, fatalErrorCount}) => errorCount + fatalErrorCount > 0);
process.exitCode = diagnostics.length > 0 || hasErrors || unseen.length > 0 ? 1 : 0;
