import {join} from 'node:path';
import {packageRoot} from './assets.ts';
import {parseJson} from './text/json.ts';
import {readText} from './text/read-text.ts';

/** The program's version, from its package. */
export const {version} = parseJson(readText(join(packageRoot, 'package.json'))) as {version: string};
