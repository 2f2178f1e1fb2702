import {describe, expect, it} from 'vitest';
import {formatBytes, siteSummary} from '../../source/content/site-summary.ts';
import {plant, scanned} from './trees.ts';

describe('siteSummary', () => {
	it('says how much is published, and nothing else of an ordinary site', () => {
		const folder = plant({'index.html': 'x'.repeat(5000)});
		expect(siteSummary(scanned(folder), 'en')).toEqual([
			`Web content: ${folder}, 1 file; on the array it takes 8.0 KiB.`,
		]);
		expect(siteSummary(scanned(folder), 'es')).toEqual([
			`Contenido web: ${folder}, 1 fichero; en el RAID ocupa 8.0 KiB.`,
		]);
	});

	it('says that visitors see no page, that names are odd, and what is left out, with escape sequences made harmless', () => {
		const folder = plant({
			'p\u00E1gina.html': '',
			'.env': '',
			'a\u001B]52;c;YQ\u0007~': '',
			'b~': '',
			passwd: '-> /etc/passwd',
		});
		expect(siteSummary(scanned(folder), 'en').slice(1)).toEqual([
			'There is no index.php or index.html at the top of the folder: visitors of the site\'s address get "403 Forbidden", and the tests count that as a wrong answer.',
			'1 name is not UTF-8. It is published byte for byte: links to it must use the same bytes, such as %E9.',
			'Left out (4):',
			'  2 × backup or editor file',
			'  1 × hidden (its name begins with a dot)',
			'  1 × link that leaves the folder',
			'    .env: hidden (its name begins with a dot)',
			'    a\\u{1b}]52;c;YQ\\u{7}~: backup or editor file',
			'    b~: backup or editor file',
			'    passwd: link that leaves the folder',
		]);
		expect(siteSummary(scanned(folder), 'es').slice(3, 5)).toEqual([
			'No se publica (4):',
			'  2 × copia de seguridad o fichero de un editor',
		]);
	});

	it('names the first twenty', () => {
		const folder = plant({
			'index.html': '',
			...Object.fromEntries(Array.from({length: 25}, (_, index) => [`${index}~`, ''])),
		});
		const lines = siteSummary(scanned(folder), 'en');
		expect(lines.slice(1, 3)).toEqual(['Left out (25):', '  25 × backup or editor file']);
		expect(lines.slice(3, -1)).toHaveLength(20);
		expect(lines.at(-1)).toBe('    … and 5 more');
	});
});

describe('formatBytes', () => {
	it.each([
		[0, '0 bytes'],
		[1023, '1023 bytes'],
		[1024, '1.0 KiB'],
		[10_240, '10 KiB'],
		[1_572_864, '1.5 MiB'],
		[5 * 2 ** 40, '5.0 TiB'],
	])('%d', (bytes, text) => {
		expect(formatBytes(bytes)).toBe(text);
	});
});
