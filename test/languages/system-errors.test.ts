import {chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {exitFor} from '../../source/program-exit.ts';
import {readGivenAnswers} from '../../source/session/answers-option.ts';
import {listFolder} from '../../source/content/list.ts';
import {JournalFailed} from '../../source/engine/failure.ts';
import {sessionMessages} from '../../source/session/messages.ts';
import {codeOfWords, programErrorReason, systemErrorReason, errorReason} from '../../source/languages/system-errors.ts';
import {createFolder} from '../../source/state/create-folders.ts';
import {invokingUser} from '../../source/state/owner.ts';
import {UserFileError, writeNewAsUser} from '../../source/state/user-files.ts';
import {errorMessage} from '../../source/ui/error-message.ts';

/** English words of head, dd, find, tar, the system or Node. */
const english =
	/no such|cannot|permission|denied|not a dir|is a dir|too many|too long|\bhead\b|\bdd\b|failed to|file exists|read-only|left on/i;

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'system-errors-'));
	chmodSync(folder, 0o755);
	writeFileSync(join(folder, 'file'), '');
	symlinkSync('loop', join(folder, 'loop'));
});
afterAll(() => {
	rmSync(folder, {recursive: true});
});

function said(work: () => unknown): string {
	try {
		work();
	} catch (error) {
		return (error as Error).message;
	}

	throw new Error('Nothing was wrong');
}

describe('a file of answers', () => {
	test.each([
		[
			'missing',
			'none.yaml',
			(path: string) => `There is no answers file ${path}. Check the path. Nothing was touched.`,
			(path: string) => `No existe el fichero de respuestas ${path}. Compruebe la ruta. No se ha tocado nada.`,
		],
		[
			'below a file',
			'file/none.yaml',
			(path: string) =>
				`The answers file ${path} cannot be read: a part of the path is not a folder. Nothing was touched.`,
			(path: string) =>
				`No se puede leer el fichero de respuestas ${path}: una parte de la ruta no es una carpeta. No se ha tocado nada.`,
		],
		[
			'a link to itself',
			'loop',
			(path: string) => `The answers file ${path} cannot be read: its links lead in a circle. Nothing was touched.`,
			(path: string) =>
				`No se puede leer el fichero de respuestas ${path}: sus enlaces forman un círculo. No se ha tocado nada.`,
		],
	])('%s is told in one sentence, in both languages', (_, name, en, es) => {
		const path = join(folder, name);
		expect(said(() => readGivenAnswers(path, invokingUser(), 'en'))).toBe(en(path));
		expect(said(() => readGivenAnswers(path, invokingUser(), 'es'))).toBe(es(path));
	});

	test('that its user may not read', () => {
		const {en, es} = sessionMessages.answersUnreadable(
			'/home/a/b.yaml',
			'ana',
			new UserFileError("head: cannot open '/home/a/b.yaml' for reading: Permission denied"),
		);
		expect(en).toContain('The user ana may not read the answers file /home/a/b.yaml.');
		expect(es).toBe(
			'El usuario ana no puede leer el fichero de respuestas /home/a/b.yaml. Dele permiso de lectura sobre él y sobre su carpeta. No se ha tocado nada.',
		);
	});
});

describe('no English words of the system in a Spanish sentence', () => {
	const quiet = (text: string) => text.replaceAll(folder, '');
	test.each([
		[
			'a new file below a file',
			() =>
				sessionMessages.cannotWrite(
					'f',
					'ana',
					thrown(() => {
						writeNewAsUser(invokingUser(), join(folder, 'file/new'), '');
					}) as UserFileError,
				).es,
		],
		[
			'a new file with a long name',
			() =>
				sessionMessages.cannotWrite(
					'f',
					'ana',
					thrown(() => {
						writeNewAsUser(invokingUser(), join(folder, 'n'.repeat(300)), '');
					}) as UserFileError,
				).es,
		],
		['a state folder below a file', () => said(() => createFolder(join(folder, 'file/state'), 'es'))],
		[
			'pages below a file',
			() => {
				const found = listFolder(join(folder, 'file/pages'), invokingUser());
				return 'problem' in found ? found.problem.es : '';
			},
		],
		[
			'a screen',
			() =>
				errorMessage(
					thrown(() => {
						writeFileSync(join(folder, 'file/new'), '');
					}),
					'es',
				),
		],
	])('%s', (_, make) => {
		const text = quiet(make());
		expect(text).not.toBe('');
		expect(text).not.toMatch(english);
	});

	test.each([
		[
			'a full disk',
			Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'}),
			'No se ha podido escribir un fichero: el disco está lleno.',
		],
		[
			'a journal on a full disk',
			new JournalFailed('/var/lib/j', 'ENOSPC: no space left on device, write', 'ENOSPC'),
			'No se ha podido escribir un fichero: /var/lib/j: el disco está lleno.',
		],
		[
			'a read-only file system',
			Object.assign(new Error("EROFS: read-only file system, open '/a'"), {code: 'EROFS', path: '/a'}),
			'No se ha podido escribir un fichero: /a: el sistema de ficheros es de solo lectura.',
		],
	])('%s ends a command', async (_, error, sentence) => {
		expect((await exitFor(error, {language: 'es'}, 'es'))?.text).toContain(sentence);
	});
});

test('words of programs become the same reasons; others are quoted', () => {
	expect(codeOfWords("dd: failed to open '/a: b': No such file or directory")).toBe('ENOENT');
	expect(codeOfWords("head: error reading '/Permission denied/x': Input/output error")).toBe('EIO');
	expect(codeOfWords('Permission denied is the name of a song')).toBeUndefined();
	expect(programErrorReason('tar: ./a b: Cannot open: Permission denied')).toMatchObject({
		en: './a b: permission is missing',
		es: './a b: falta el permiso',
	});
	expect(programErrorReason("find: './x': Input/output error").es).toBe('./x: el disco da un error');
	expect(programErrorReason('tar: exit 2')).toMatchObject({
		en: 'the system says "tar: exit 2"',
		es: 'el sistema dice «tar: exit 2»',
	});
	expect(systemErrorReason({code: 'EOTHER', message: 'something else'}).es).toBe('el sistema dice «something else»');
	expect(
		errorReason(
			Object.assign(new Error('listen EADDRINUSE: address already in use 127.0.0.1:80'), {code: 'EADDRINUSE'}),
		).es,
	).toBe('lo usa otro programa');
});

function thrown(work: () => unknown): unknown {
	try {
		work();
	} catch (error) {
		return error;
	}

	throw new Error('Nothing was thrown');
}
