import {readdirSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {chapterText} from '../../source/session/chapter.ts';
import {languages as all} from '../../source/languages/languages.ts';
import type {Language} from '../../source/languages/text.ts';
import {steps} from '../../steps/index.ts';
import {both} from '../both.ts';
import {testCluster} from '../cluster-fixture.ts';
import {unlikeClusters} from '../unlike-clusters.ts';

const folder = assetPath('chapters');
const languages: readonly Language[] = ['en', 'es'];

/** What the plain rendering of a terminal of 80 columns leaves for a line of code. */
const widestCode = 76;

const clusters = Object.entries({'the default cluster': testCluster(), ...unlikeClusters});

/** The text's lines, those of fenced code apart from the others. */
function linesOf(text: string): {code: string[]; prose: string[]; fences: number} {
	const code: string[] = [];
	const prose: string[] = [];
	let fences = 0;
	for (const line of text.split('\n')) {
		if (line.startsWith('```')) {
			fences++;
		} else {
			(fences % 2 === 1 ? code : prose).push(line);
		}
	}

	return {code, prose, fences};
}

function headingsOf(text: string): string[] {
	return linesOf(text).prose.filter(line => line.startsWith('#'));
}

/** Languages with a text for some of the steps: the others are shown in English. */
const incomplete = all.filter(language => !languages.includes(language));

test('there is a text for each step in each complete language, and no other file', () => {
	const names = (of: readonly Language[]) => steps.flatMap(({id}) => of.map(language => `${id}.${language}.md`));
	const files = readdirSync(folder);
	expect(names(languages).filter(name => !files.includes(name))).toEqual([]);
	expect(files.filter(name => !names(languages).includes(name) && !names(incomplete).includes(name))).toEqual([]);
});

test('an incomplete language shows its own text or the English one, with the same code', () => {
	for (const language of incomplete) {
		for (const {id} of steps) {
			const [english, own] = [chapterText(id, testCluster(), 'en')!, chapterText(id, testCluster(), language)!];
			expect(linesOf(own).code).toEqual(linesOf(english).code);
			expect(headingsOf(own).length).toBe(headingsOf(english).length);
		}
	}
});

describe.each(clusters)('%s', (_, cluster) => {
	const chapter = (id: string, language: Language) => chapterText(id, cluster, language)!;
	describe.each(steps.map(step => [step.id, step] as const))('%s', (id, step) => {
		test('both languages have the same headings, levels and code', () => {
			const [en, es] = languages.map(language => chapter(id, language)) as [string, string];
			const levels = (text: string) => headingsOf(text).map(heading => heading.split(' ')[0]);
			expect(levels(en)).toEqual(['##', '###', '###', '###', '###', '###']);
			expect(levels(es)).toEqual(levels(en));
			expect(linesOf(es).code).toEqual(linesOf(en).code);
		});

		test.each(languages)("%s: begins with the step's title and names its section of the thesis", language => {
			const headings = headingsOf(chapter(id, language));
			expect(headings[0]).toBe(`## ${step.title[language]}`);
			expect(headings[3]).toBe(
				both(`### In the thesis (${step.chapter})`, `### En el TFG (${step.chapter})`)[language],
			);
		});

		test.each(languages)('%s: 150 to 300 words of plain Markdown that fit a terminal', language => {
			const text = chapter(id, language);
			const {code, prose, fences} = linesOf(text);
			const words = text.split(/\s+/).filter(word => word !== '').length;
			expect(words).toBeGreaterThanOrEqual(150);
			expect(words).toBeLessThanOrEqual(300);
			expect(fences % 2).toBe(0);
			expect(code.filter(line => line.length > widestCode)).toEqual([]);
			expect(text).not.toMatch(/\n{3}/);
			// Neither tables, images nor HTML, nor a placeholder that nobody fills in; what stands in `code` may look like one.
			const plain = prose.map(line => line.replaceAll(/`[^`]*`/g, ''));
			expect(plain.filter(line => /^\s*\||!\[|<\/?[a-z]|{{|\t/.test(line))).toEqual([]);
			expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
		});
	});
});
