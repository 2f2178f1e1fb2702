import {existsSync, readFileSync} from 'node:fs';
import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {assetPath} from '../../source/assets.ts';
import {markdownLines} from '../../source/ui/components/markdown.ts';
import {steps} from '../../steps/index.ts';

const texts = steps.flatMap(({id}) => ['en', 'es'].map(language => `chapters/${id}.${language}.md`));

test.each(texts)('%s is there and can be shown in a narrow pane', name => {
	expect(existsSync(assetPath(name))).toBe(true);
	const lines = markdownLines(readFileSync(assetPath(name), 'utf8'), 47);
	expect(lines.length).toBeGreaterThan(5);
	expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(47);
	// Nothing of Markdown's own signs is left over.
	expect(lines.map(line => stripVTControlCharacters(line)).join('\n')).not.toMatch(/^#{1,6} |\*\*|```/m);
});
