/* The tables of docs/exit-codes.md, generated from the program's own: `npm run schema` writes them. */
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {helpMessages} from './source/command-line/help-messages.ts';
import {errorCodes} from './source/error-codes.ts';
import type {Text} from './source/languages/text.ts';

const page = join(import.meta.dirname, 'docs/exit-codes.md');

const ofHelp = (codes: Readonly<Record<string, Text>>) => [
	'| exit code | meaning |',
	'| --- | --- |',
	...Object.entries(codes).map(([code, about]) => `| ${code} | ${about.en} |`),
];

const tables: Readonly<Record<string, readonly string[]>> = {
	commands: ofHelp(helpMessages.codes),
	plan: ofHelp(helpMessages.plan),
	errors: [
		'| code | exit code | case |',
		'| --- | --- | --- |',
		...Object.entries(errorCodes).map(([code, {exit, about}]) => `| \`${code}\` | ${exit} | ${about} |`),
	],
};

/** The page with its tables as they are in the program; each stands between comments with its name. */
export function exitCodesPage(text: string): string {
	return text.replaceAll(
		/(<!-- ((?!end)\w+) -->\n)[^]*?(?=<!-- end -->)/g,
		(_, begin: string, name: string) => `${begin}\n${tables[name]!.join('\n')}\n\n`,
	);
}

if (import.meta.filename === process.argv[1]) {
	writeFileSync(page, exitCodesPage(readFileSync(page, 'utf8')));
}
