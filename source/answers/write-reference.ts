/* Generates the JSON Schema and the reference of the answers: `npm run schema`. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {assetPath, packageRoot} from '../assets.ts';
import {decodeUncleaned} from '../text/exact.ts';
import {answersJsonSchema, answersTable} from './reference.ts';

const docs = join(packageRoot, 'docs', 'answers.md');
writeFileSync(assetPath('answers.schema.json'), answersJsonSchema());
writeFileSync(
	docs,
	decodeUncleaned(readFileSync(docs)).replace(/^\| key \|[^]*?\n(?!\|)/m, () => answersTable()),
);
