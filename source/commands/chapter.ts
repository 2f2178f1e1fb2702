import Mustache from 'mustache';
import type {Cluster} from '../cluster/cluster.ts';
import {packageFile} from '../assets.ts';
import type {Language} from '../languages/text.ts';
import {cleanText} from '../text/clean.ts';
import {chapterValues, type ChapterValues} from './chapter-values.ts';

/** The lesson of a step for this cluster, as Markdown, in English where the language has none; nothing where there is none at all. */
export function chapterText(step: string, cluster: Cluster, language: Language): string | undefined {
	const template = packageFile(`assets/chapters/${step}.${language}.md`) ?? packageFile(`assets/chapters/${step}.en.md`);
	return template && fillChapter(cleanText(template), chapterValues(cluster, language));
}

/** @throws TypeError for a name without a value, which is a mistake of ours */
export function fillChapter(template: string, values: ChapterValues): string {
	for (const name of namesIn(template)) {
		if (valueOf(name, values) === undefined) {
			throw new TypeError(`A chapter needs a value for ${name}`);
		}
	}

	return Mustache.render(template, values, {}, {escape: String});
}

/** Names of the values and sections that a template uses. */
export function namesIn(template: string): string[] {
	return [...new Set(tags(Mustache.parse(template) as Token[]))];
}

/** Mustache's: kind, name, from, to and, for a section, what is in it. */
type Token = [kind: string, name: string, from: number, to: number, inner?: Token[]];

function tags(tokens: readonly Token[]): string[] {
	return tokens.flatMap(([kind, name, , , inner]) => kind === 'text' ? [] : [name, ...tags(Array.isArray(inner) ? inner : [])]);
}

function valueOf(name: string, values: ChapterValues): unknown {
	return name.split('.').reduce<unknown>((value, part) => value !== null && typeof value === 'object' ? (value as ChapterValues)[part] : undefined, values);
}
