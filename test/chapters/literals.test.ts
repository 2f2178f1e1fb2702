import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {fillChapter, namesIn} from '../../source/session/chapter.ts';
import {chapterValues, type ChapterValues} from '../../source/session/chapter-values.ts';
import type {Language} from '../../source/languages/text.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';
import {literalsOf, said} from '../literals.ts';
import {unlikeClusters} from '../unlike-clusters.ts';

const languages: readonly Language[] = ['en', 'es'];
const chapters = steps.flatMap(({id}) => languages.map(language => [id, language] as const));

function template(id: string, language: Language): string {
	return readFileSync(assetPath(`chapters/${id}.${language}.md`), 'utf8');
}

/** The section on what is different today quotes the thesis, whose values are the default cluster's. */
const quoted: Readonly<Record<string, readonly string[]>> = {
	forwarding: ['10.0.10.1'],
	lvs: ['10.0.10.1', 'master'],
	networks: ['10.0.10.1', 'MASTER'],
	names: ['MASTER', 'master'],
	nfs: ['nas'],
	resources: ['MASTER'],
	verification: ['10.0.10.111'],
};

/** Words that no answer changes, and that are those of a default by chance: the times of the KVM probe and of STP, a command of crm. */
const constant: Readonly<Record<string, readonly string[]>> = {
	acceleration: ['15 seconds', '15 segundos'],
	'external-network': ['15 seconds', '15 segundos'],
	pacemaker: ['standby'],
};

/** Values by name: `count.servers`. */
function leaves(values: ChapterValues, prefix = ''): Array<[name: string, value: string | boolean]> {
	return Object.entries(values).flatMap(([name, value]) =>
		typeof value === 'object'
			? leaves(value, `${prefix}${name}.`)
			: [[prefix + name, value] as [string, string | boolean]],
	);
}

test.each(languages)('%s: the chapters use every value and no other', language => {
	const names = leaves(chapterValues(testCluster(), language)).map(([name]) => name);
	const used = new Set(steps.flatMap(({id}) => namesIn(template(id, language))));
	expect([...used].sort()).toEqual(names.sort());
});

test('a name without a value is a mistake', () => {
	expect(() => fillChapter('{{count.serverz}}', chapterValues(testCluster(), 'en'))).toThrow('count.serverz');
	expect(() => fillChapter('{{#isBridged}}x{{/isBridged}}', chapterValues(testCluster(), 'en'))).toThrow('isBridged');
	expect(fillChapter('{{a}}', {a: '<&">'})).toBe('<&">');
});

describe.each(Object.entries(unlikeClusters))('%s', (_, cluster) => {
	test.each(chapters)('%s %s says nothing of the default cluster', (id, language) => {
		const text = template(id, language);
		const sections = fillChapter(text, chapterValues(cluster, language)).split(/^(?=### )/m);
		const [other, usual] = [cluster, testCluster()].map(
			each =>
				new Map(
					leaves(chapterValues(each, language)).filter(([, value]) => typeof value === 'string') as Array<
						[string, string]
					>,
				),
		) as [Map<string, string>, Map<string, string>];
		// A text that the chapter owes to this cluster's values may be the default cluster's as well.
		const due = new Set(namesIn(text).map(name => other.get(name)));
		const forbidden = [...new Set([...usual.values(), ...literalsOf(testCluster())])].filter(
			value => !due.has(value) && value !== 'NFS' && !/^\d{0,3}$/.test(value) && !constant[id]?.includes(value),
		);
		const [intro, what, how, , today, look] = sections;
		expect(said([intro, what, how, look].join('\n'), forbidden)).toEqual([]);
		expect(said(today!, forbidden).sort()).toEqual(quoted[id] ?? []);
	});
});

test('commands of ours are named as the program was called', () => {
	for (const [id, language] of chapters) {
		expect(template(id, language)).not.toMatch(/`cluster-wizard /);
		expect(
			fillChapter(template(id, language), {...chapterValues(testCluster(), language), program: 'npx cluster-wizard'}),
		).not.toMatch(/(?<!npx )cluster-wizard (?:up|ssh|verify|sandbox)/);
	}
});
