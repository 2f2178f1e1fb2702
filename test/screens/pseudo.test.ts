import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import stringWidth from 'string-width';
import ts from 'typescript';
import {expect, test, vi} from 'vitest';
import {answerKeys} from '../../source/answers/answer-keys.ts';
import {packageRoot} from '../../source/assets.ts';
import type * as Catalogues from '../../source/languages/catalogue.ts';
import {drills} from '../../steps/drills/index.ts';
import {scenes} from './scenes.ts';

/**
 * Spanish is replaced by a language that nobody wrote: each sentence in letters that no English text has, a third longer
 * than in English. What stays in English cannot be translated.
 */
vi.mock('../../source/languages/catalogue.ts', async importOriginal => {
	const original = await importOriginal<typeof Catalogues>();
	const {pseudoCatalogue} = await import('../languages/pseudo.ts');
	const catalogue = pseudoCatalogue(1 / 3);
	return {...original, translations: (language: string) => (language === 'en' ? {} : catalogue)};
});

/** Words in a row of a line, without pieces of paths, addresses and options. */
const runsOf = (text: string) => text.match(/(?<![\w/.-])[A-Za-z]{3,}(?: [A-Za-z]+)*(?![\w/.-])/g) ?? [];

/** Everything that the scenes tell: names, output of programs, and other things from outside. */
const told = ['test/screens', 'test/report']
	.flatMap(folder => readdirSync(join(packageRoot, folder), {withFileTypes: true}).map(({name}) => join(folder, name)))
	.filter(path => /(?<!\.test)\.tsx?$/.test(path))
	.flatMap(path => stringsIn(path))
	.join('\n')
	// Marks of Markdown are not shown.
	.replaceAll('**', '');

/** Words that are no sentences of the program. */
const known = new Set([
	...answerKeys.flatMap(({path}) => path),
	...drills.map(({id}) => id),
	// Values of answers.
	...['thesis', 'debian'],
	// The end of a recorded measurement's title, and of a line of `down`.
	...['master vuelve y toma el relevo', 'removed network redHeart'],
	// The fake backend's errors are in English.
	...['cannot be written', 'something is there', 'Choose another'],
	// Names of keys.
	...['Esc', 'Tab'],
	// Languages' own names.
	...['English', 'Catal'],
	// By Intl, in Spanish.
	'segundos',
]);

/** Two words may be put together from names; more of them are a sentence, which is told as a whole. */
function isTold(words: string): boolean {
	const single = words.split(' ');
	const areNames =
		single.length < 3 && single.every(word => told.includes(word) && !/^(?:and|or|of|the|is|not|in)$/.test(word));
	return known.has(words) || told.includes(words) || areNames;
}

/** The strings in a file of TypeScript. */
function stringsIn(path: string): string[] {
	const found: string[] = [];
	const visit = (node: ts.Node) => {
		if (
			ts.isStringLiteralLike(node) ||
			ts.isTemplateHead(node) ||
			ts.isTemplateMiddle(node) ||
			ts.isTemplateTail(node)
		) {
			found.push(node.text);
		}

		ts.forEachChild(node, visit);
	};

	const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
	visit(ts.createSourceFile(path, readFileSync(join(packageRoot, path), 'utf8'), ts.ScriptTarget.Latest, false, kind));
	return found;
}

/** The words by which this question is answered are the language's own; the scene knows those of Spanish. */
const asking = new Set(['dashboard, moving the VIPs']);

test.each(Object.entries(scenes).filter(([name]) => !asking.has(name)))('%s', async (_, scene) => {
	const screen = await scene({columns: 80, rows: 24, state: {language: 'es'}});
	const lines = screen.text().split('\n');
	screen.end();
	expect.soft(lines.flatMap(line => runsOf(line)).filter(words => !isTold(words))).toEqual([]);
	expect.soft(lines.length).toBe(23);
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThan(80);
});
