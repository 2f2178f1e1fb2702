import Mustache from 'mustache';
import type {Cluster} from '../cluster/cluster.ts';
import {packageFile} from '../assets.ts';
import type {Language} from '../languages/text.ts';
import {cleanText} from '../text/clean.ts';
import {chapterValues, type ChapterValues} from './chapter-values.ts';

/**
 * Returns the lesson of a step for this cluster as Markdown, in English if it is not translated; undefined if there is
 * none.
 */
export function chapterText(step: string, cluster: Cluster, language: Language): string | undefined {
	const template =
		packageFile(`assets/chapters/${step}.${language}.md`) ?? packageFile(`assets/chapters/${step}.en.md`);
	return template && fillChapter(cleanText(template), chapterValues(cluster, language));
}

/** @throws TypeError for a name without a value, which is a bug */
export function fillChapter(template: string, values: ChapterValues): string {
	for (const name of namesIn(template)) {
		if (valueOf(name, values) === undefined) {
			throw new TypeError(`A chapter needs a value for ${name}`);
		}
	}

	return Mustache.render(template, values, {}, {escape: String});
}

/** Returns the names of all values and sections in a template. */
export function namesIn(template: string): string[] {
	return [...new Set(tags(Mustache.parse(template) as Token[]))];
}

/** Mustache's token: kind, name, start, end and, for a section, its contents. */
type Token = [kind: string, name: string, from: number, to: number, inner?: Token[]];

function tags(tokens: readonly Token[]): string[] {
	return tokens.flatMap(([kind, name, , , inner]) =>
		kind === 'text' ? [] : [name, ...tags(Array.isArray(inner) ? inner : [])],
	);
}

function valueOf(name: string, values: ChapterValues): unknown {
	return name
		.split('.')
		.reduce<unknown>(
			(value, part) => (value !== null && typeof value === 'object' ? (value as ChapterValues)[part] : undefined),
			values,
		);
}
