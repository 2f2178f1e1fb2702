import {packageFile} from './assets.ts';
import {cleanText} from './text/clean.ts';
import {parseJson} from './text/json.ts';

/** The program's version, from its package. */
export const {version} = parseJson(cleanText(packageFile('package.json')!)) as {version: string};
