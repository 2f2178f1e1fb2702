import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {readAnswersFile} from '../../source/answers/answers-file.ts';
import {UserError} from '../../source/user-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'answers-file-'));
afterAll(() => {
	rmSync(folder, {recursive: true});
});

const path = join(folder, 'answers.yaml');

function file(bytes: string | Buffer): string {
	writeFileSync(path, bytes);
	return path;
}

test('a text is read as it is, with its comments', () => {
	const text = '# clúster «web» 👩‍👩‍👧\r\nname: web\t# \u200Bmine\n';
	expect(readAnswersFile(file(text), 'en')).toBe(text);
	expect(readAnswersFile(file(''), 'en')).toBe('');
	expect(readAnswersFile(file('#'.repeat(2 ** 20)), 'en')).toHaveLength(2 ** 20);
});

test.each<[what: string, make: () => string, en: string, es: string]>([
	[
		'a folder',
		() => {
			mkdirSync(join(folder, 'folder'));
			return join(folder, 'folder');
		},
		'is not a regular file',
		'no es un fichero normal',
	],
	[
		'a pipe',
		() => {
			execFileSync('mkfifo', [join(folder, 'pipe')]);
			return join(folder, 'pipe');
		},
		'is not a regular file',
		'no es un fichero normal',
	],
	['a device', () => '/dev/zero', 'is not a regular file', 'no es un fichero normal'],
	['more than 1 MiB', () => file('#'.repeat(2 ** 20 + 1)), 'is larger than 1 MiB', 'ocupa más de 1 MiB'],
	[
		'Latin-1',
		() => file(Buffer.from('name: web\n# cl\u00FAster\n', 'latin1')),
		'is not UTF-8 text (line 2)',
		'no es texto UTF-8 (línea 2)',
	],
	[
		'Latin-1 at the end',
		() => file(Buffer.from('name: web\n# ma\u00F1ana', 'latin1')),
		'is not UTF-8 text (line 2)',
		'no es texto UTF-8 (línea 2)',
	],
	[
		'a byte order mark',
		() => file('\uFEFFname: web'),
		'begins with a byte order mark',
		'empieza con una marca de orden de bytes',
	],
	[
		'UTF-16',
		() => file(Buffer.from('\uFEFFname: web', 'utf16le')),
		'begins with a byte order mark',
		'empieza con una marca de orden de bytes',
	],
	[
		'NUL bytes',
		() => file('name: web\nweb: \0'),
		'holds the control character U+0000 in line 2, column 6',
		'contiene el carácter de control U+0000 en la línea 2, columna 6',
	],
	[
		'an escape sequence',
		() => file('name: web\u001B]52;c;eA==\u0007'),
		'holds the control character U+001B in line 1, column 10',
		'contiene el carácter de control U+001B en la línea 1, columna 10',
	],
])('%s is refused with one sentence', (_, make, en, es) => {
	const refused = make();
	for (const [language, part] of [
		['en', en],
		['es', es],
	] as const) {
		try {
			expect.unreachable(readAnswersFile(refused, language));
		} catch (error) {
			expect(error).toBeInstanceOf(UserError);
			expect(error).toMatchObject({exitCode: 2, message: expect.stringContaining(part)});
			expect((error as Error).message.split('\n')).toHaveLength(1);
		}
	}
});
