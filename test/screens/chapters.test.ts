import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {chapterText} from '../../source/session/chapter.ts';
import type {Language} from '../../source/languages/text.ts';
import {markdownLines} from '../../source/ui/components/markdown.ts';
import {steps} from '../../steps/index.ts';
import {testCluster} from '../cluster-fixture.ts';

const texts = steps.flatMap(({id}) => (['en', 'es'] as Language[]).map(language => [id, language] as const));

test.each(texts)('%s %s can be shown in a narrow pane', (id, language) => {
	const lines = markdownLines(chapterText(id, testCluster(), language)!, 47);
	expect(lines.length).toBeGreaterThan(5);
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(47);
	// Nothing of Markdown's own signs is left over.
	expect(lines.map(line => stripVTControlCharacters(line)).join('\n')).not.toMatch(/^#{1,6} |\*\*|```/m);
});
