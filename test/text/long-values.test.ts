import {expect, test} from 'vitest';
import {renderWithInput, sh, withInput} from '../../source/shell/command.ts';
import {withoutLongValues} from '../../source/text/long-values.ts';

const site = Buffer.alloc(3 * 2 ** 20, 'a page ').toString('base64');
const broken = site.slice(0, 7600).replaceAll(/.{76}/g, '$&\n');

test.each<[string, string, RegExp]>([
	['short text', 'printf %s hello', /^printf %s hello$/],
	['a line as long as people read', `$ ${'word '.repeat(390)}`, /^\$ (?:word ){390}$/],
	[
		'a whole site on one line',
		`printf %s '${site}' | base64 -d > /srv/a`,
		/^printf %s '\[4194304 B, SHA-256 [\da-f]{12}…\]' \| base64 -d > \/srv\/a$/,
	],
	['base64 as base64(1) breaks it', `cat <<EOF\n${broken}EOF`, /^cat <<EOF\n\[7700 B, SHA-256 [\da-f]{12}…\]\nEOF$/],
	[
		'a key in a file',
		`-----BEGIN CERTIFICATE-----\n${broken}c2hvcnQ=\n-----END CERTIFICATE-----`,
		/^-----BEGIN CERTIFICATE-----\n\[7708 B, SHA-256 [\da-f]{12}…\]\n-----END CERTIFICATE-----$/,
	],
	['a minified script', `x${'=(a,b) '.repeat(1000)}`, /^x.{498}.… \[6501 B, SHA-256 [\da-f]{12}…\]$/],
	['text in seven lines of base64', 'QUJD'.repeat(19).concat('\n').repeat(7), /^(?:(?:QUJD){19}\n){7}$/],
])('%s', (_, text, shown) => {
	expect(withoutLongValues(text)).toMatch(shown);
});

test('the digest tells whether two long values are the same', () => {
	expect(withoutLongValues(`x ${site}`)).toBe(withoutLongValues(`x ${site}`));
	expect(withoutLongValues(`x ${site}`)).not.toBe(withoutLongValues(`x ${site.slice(0, -1)}B`));
});

test('a command is shown without the content it writes, and runs with it', () => {
	const shown = renderWithInput(withInput(sh`base64 -d > /srv/index.php`, site), 'show');
	expect(shown.length).toBeLessThan(200);
	expect(shown).toMatch(/\[4194304 B, SHA-256/);
	expect(renderWithInput(withInput(sh`base64 -d`, site), 'script')).toContain(site);
});

test('time grows with the length only', () => {
	const seconds = (text: string) => {
		const began = performance.now();
		withoutLongValues(text);
		return performance.now() - began;
	};

	const line = `${'QUJD'.repeat(18)}\n`;
	for (const text of [site, line.repeat(7).concat('-\n').repeat(6000), 'x '.repeat(2 ** 20)]) {
		expect(seconds(text)).toBeLessThan(2000);
	}
});
