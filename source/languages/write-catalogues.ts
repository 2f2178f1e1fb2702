// Updates the translation files from the source, and the list of languages from the files: npm run languages
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {packageRoot} from '../assets.ts';
import {sentencesIn} from './sentences.ts';

const folder = join(packageRoot, 'assets/languages');
const keys = sentencesIn(packageRoot)
	.map(({key}) => key)
	.sort();
const codes = readdirSync(folder)
	.filter(name => name.endsWith('.json'))
	.map(name => name.slice(0, -'.json'.length))
	.sort();

for (const code of codes) {
	const path = join(folder, `${code}.json`);
	const before = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
	const after = Object.fromEntries(keys.map(key => [key, before[key] ?? '']));
	writeFileSync(path, `${JSON.stringify(after, undefined, '\t')}\n`);
	const missing = keys.filter(key => !after[key]).length;
	const unused = Object.keys(before).filter(key => !(key in after)).length;
	process.stdout.write(
		`${code}: ${String(keys.length)} sentences, ${String(missing)} without a translation, ${String(unused)} removed\n`,
	);
}

const list = join(packageRoot, 'source/languages/languages.ts');
const names = ['en', ...codes].map(code => `'${code}'`).join(', ');
writeFileSync(list, readFileSync(list, 'utf8').replace(/languages = \[.*\]/, `languages = [${names}]`));
