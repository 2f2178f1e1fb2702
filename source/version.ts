import {packageFile} from './assets.ts';
import {cleanText} from './text/clean.ts';
import {parseJson} from './text/json.ts';

/** Version of the program, from package.json. */
export const {version} = parseJson(cleanText(packageFile('package.json')!)) as {version: string};
