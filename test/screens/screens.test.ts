import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import stringWidth from 'string-width';
import {describe, expect, test, vi} from 'vitest';
import {languages} from '../../source/languages/languages.ts';
import {languageName} from '../../source/languages/text.ts';
import type * as Columns from '../../source/text/columns.ts';
import {toAscii, withoutColor} from '../../source/ui/plain-terminal.ts';
import {scenes} from './scenes.ts';
import {opened} from './opened.ts';

/** Stands for the sign of what `cut` cut off, and is as wide: many sentences end in `…` themselves ("checking …"). */
const mark = '⋯';

vi.mock('../../source/text/columns.ts', async importOriginal => {
	const columns = await importOriginal<typeof Columns>();
	return {
		...columns,
		truncate(text: string, room: number) {
			const short = columns.truncate(text, room);
			return short === text ? text : `${short.slice(0, -1)}${mark}`;
		},
	};
});

/** Texts that may be cut: another program's, or names that the user chose. */
const foreign: ReadonlyArray<readonly [screens: RegExp, part: RegExp]> = [
	// Output of programs; the whole of it is one key away.
	[/^run/, /[! ] mdadm: line \d+ /],
	[/^preflight/, /^ {2}Get:\d+ bookworm/],
	[/^run/, /ssh: connect|connect to host/],
	// Names of machines in the picture and in lists.
	[/long names|many nodes/, /DIRECTOR-PR⋯|director-prin⋯|-x{3,}⋯|-with-a-na⋯|^cluster-wizard|a-cluster-with-a-long/],
];

const letters = (text: string) => text.match(/\p{L}+/gu) ?? [];

/** The words of a line that look like words of a sentence: no pieces of paths, addresses or commands. */
const wordsOf = (text: string) =>
	text
		.split(/[\s│─]+/)
		.filter(word => /^[("«¿]?\p{L}{3,}[)"».,:;?!…]*$/u.test(word))
		.flatMap(word => letters(word));

/** Words that are not cut: those of our texts and of what the scenes tell, and names of languages. */
const known = new Set([
	...languages.map(language => languageName(language)),
	...['assets/languages', 'source', 'steps', 'test/screens', 'test/report'].flatMap(folder =>
		readdirSync(folder, {recursive: true, encoding: 'utf8'})
			.filter(name => /\.(?:tsx?|json)$/.test(name))
			.flatMap(name => letters(readFileSync(join(folder, name), 'utf8'))),
	),
]);

const asShown = (text: string) => text.replaceAll(mark, '…');

const sizes = [
	[60, 20],
	[80, 24],
	[120, 40],
] as const;

type Scene = (typeof scenes)[string];

/** Draws a scene once for each size and language: every test looks at the same picture. */
function drawings(
	scene: Scene,
): (columns: number, rows: number, language?: 'en' | 'es') => Promise<{marked: string; text: string; raw: string}> {
	const drawn = new Map<string, ReturnType<ReturnType<typeof drawings>>>();
	const draw = async (columns: number, rows: number, language: 'en' | 'es') => {
		const screen = await scene({columns, rows, state: {language}});
		const marked = screen.text();
		const raw = asShown(screen.raw());
		screen.end();
		return {marked, text: asShown(marked), raw};
	};

	return async (columns, rows, language = 'en') => {
		const key = `${columns}×${rows} ${language}`;
		const picture = drawn.get(key) ?? draw(columns, rows, language);
		drawn.set(key, picture);
		return picture;
	};
}

describe.each(Object.entries(scenes))('%s', (name, scene) => {
	const drawing = drawings(scene);

	test('80×24', async () => {
		const {text} = await drawing(80, 24);
		expect(text).toMatchSnapshot();
	});

	test.each(sizes)('fits %i×%i in both languages', async (columns, rows) => {
		for (const language of ['en', 'es'] as const) {
			const {text} = await drawing(columns, rows, language);
			const lines = text.split('\n');
			expect(lines.length, `${name} in ${language}`).toBeLessThan(rows);
			// The last column stays free, so nothing wraps.
			expect(Math.max(...lines.map(line => stringWidth(line))), `${name} in ${language}`).toBeLessThan(columns);
			expect(lines.filter(line => line.trim() !== '').length).toBeGreaterThan(3);
		}
	});

	test.each([
		[60, 20],
		[80, 24],
	])('says whole sentences at %i×%i', async (columns, rows) => {
		for (const language of ['en', 'es'] as const) {
			const {marked} = await drawing(columns, rows, language);
			const lines = marked.split('\n');
			expect
				.soft(
					lines.filter(
						line => line.includes(mark) && !foreign.some(([screens, part]) => screens.test(name) && part.test(line)),
					),
					`cut in ${language}`,
				)
				.toEqual([]);
			expect
				.soft(
					lines.flatMap(line => wordsOf(line)).filter(word => !known.has(word)),
					`parts of words in ${language}`,
				)
				.toEqual([]);
			// Ink cuts what is too wide for its box on its own, and wraps it over what is below.
			expect.soft(lines.length, language).toBe(rows - 1);
		}
	});

	test('without colour and without Unicode it is plain ASCII, and keeps its columns', async () => {
		const {raw, text} = await drawing(80, 24);
		const plain = toAscii(withoutColor(raw));
		expect(plain).toMatch(/^[\u0000-\u007F]*$/);
		expect(plain).not.toMatch(/\u001B\[3[1-6]m/);
		expect(
			toAscii(text)
				.split('\n')
				.map(line => line.length),
		).toEqual(text.split('\n').map(line => stringWidth(line)));
	});
});

test.each(['answers', 'dashboard', 'dashboard, moving the VIPs', 'consent'])('%s at 60×20', async name => {
	const {text} = await drawings(scenes[name]!)(60, 20);
	expect(text).toMatchSnapshot();
});

test.each([
	'answers',
	'run',
	'run, explanation',
	'dashboard',
	'welcome',
	'verification, running',
	'verification, passed',
	'benchmarks, done',
])('%s at 120×40', async name => {
	const {text} = await drawings(scenes[name]!)(120, 40);
	expect(text).toMatchSnapshot();
});

test.each([
	[1, 5],
	[1, 30],
	[2, 9],
])('%i×%i keeps its last column free', async (columns, rows) => {
	const screen = await opened({columns, rows});
	const lines = screen.text().split('\n');
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThan(columns);
});

test.each([
	[59, 24],
	[80, 19],
	[20, 6],
])('%i×%i is too small and says so', async (columns, rows) => {
	const screen = await opened({columns, rows});
	expect(screen.text()).toContain('60×20');
	expect(screen.text().split('\n').length).toBeLessThan(rows);
});
