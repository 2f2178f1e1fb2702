import {readFileSync} from 'node:fs';
import {cleanText} from './clean.ts';

/** Reads a file as cleaned text. @throws the errors of `readFileSync` */
export function readText(path: string): string {
	return cleanText(readFileSync(path));
}
