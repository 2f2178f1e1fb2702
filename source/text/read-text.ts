import {readFileSync} from 'node:fs';
import {cleanText} from './clean.ts';

/** A file as text that can be shown. @throws what `readFileSync` throws */
export function readText(path: string): string {
	return cleanText(readFileSync(path));
}
