import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {packageRoot} from './assets.ts';

/** The program's version, from its package. */
export const {version} = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {version: string};
