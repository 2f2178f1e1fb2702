import {mkdirSync, writeFileSync} from 'node:fs';
import {pictures} from './picture.ts';

/** Writes the pictures of the documentation, `docs/screens/*.svg`, from the recorded run: `npm run pictures`. */
mkdirSync('docs/screens', {recursive: true});
for (const [name, draw] of Object.entries(pictures)) {
	writeFileSync(`docs/screens/${name}.svg`, await draw());
}

process.exit(0);
