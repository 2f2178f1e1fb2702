import {cleanLine, messageOf, shortened} from '../text/clean.ts';
import type {Text} from './text.ts';

/** An error as Node has it: its name in errno(3) and its own English words; `message` alone for what a program said. */
export interface SystemError {
	readonly code?: string | undefined;
	readonly message: string;
}

interface Known {
	readonly code: string;
	/** The words of glibc's strerror(3) in the locale C, in which programs are run. */
	readonly words: string;
	readonly text: Text;
}

/** Errors of files and ports that a user can do something about. */
const known: readonly Known[] = [
	{code: 'ENOENT', words: 'No such file or directory', text: {en: 'it does not exist', es: 'no existe'}},
	{code: 'EACCES', words: 'Permission denied', text: {en: 'permission is missing', es: 'falta el permiso'}},
	{code: 'EPERM', words: 'Operation not permitted', text: {en: 'the system does not permit it', es: 'el sistema no lo permite'}},
	{code: 'EEXIST', words: 'File exists', text: {en: 'something is there already', es: 'ya hay algo ahí'}},
	{code: 'ENOTDIR', words: 'Not a directory', text: {en: 'a part of the path is not a folder', es: 'una parte de la ruta no es una carpeta'}},
	{code: 'EISDIR', words: 'Is a directory', text: {en: 'it is a folder', es: 'es una carpeta'}},
	{code: 'ELOOP', words: 'Too many levels of symbolic links', text: {en: 'its links lead in a circle', es: 'sus enlaces forman un círculo'}},
	{code: 'ENAMETOOLONG', words: 'File name too long', text: {en: 'the name is too long', es: 'el nombre es demasiado largo'}},
	{code: 'ENOSPC', words: 'No space left on device', text: {en: 'the disk is full', es: 'el disco está lleno'}},
	{code: 'EDQUOT', words: 'Disk quota exceeded', text: {en: 'the disk quota is used up', es: 'la cuota de disco está agotada'}},
	{code: 'EFBIG', words: 'File too large', text: {en: 'the file is too large for its file system', es: 'el fichero es demasiado grande para su sistema de ficheros'}},
	{code: 'EROFS', words: 'Read-only file system', text: {en: 'the file system is read-only', es: 'el sistema de ficheros es de solo lectura'}},
	{code: 'EIO', words: 'Input/output error', text: {en: 'the disk reports an error', es: 'el disco da un error'}},
	{code: 'ESTALE', words: 'Stale file handle', text: {en: 'its network drive has gone away', es: 'su unidad de red ya no está'}},
	{code: 'ENOTCONN', words: 'Transport endpoint is not connected', text: {en: 'its file system is not connected', es: 'su sistema de ficheros no está conectado'}},
	{code: 'EBUSY', words: 'Device or resource busy', text: {en: 'it is in use', es: 'está en uso'}},
	{code: 'ETXTBSY', words: 'Text file busy', text: {en: 'it is a program that runs', es: 'es un programa en marcha'}},
	{code: 'ENXIO', words: 'No such device or address', text: {en: 'nothing answers there', es: 'ahí no responde nada'}},
	{code: 'ETIMEDOUT', words: 'Connection timed out', text: {en: 'it does not answer in time', es: 'no responde a tiempo'}},
	{code: 'EADDRINUSE', words: 'Address already in use', text: {en: 'another program uses it', es: 'lo usa otro programa'}},
];

/** Characters of a program's own words in a sentence. */
const longest = 200;

/** The name in errno(3) of what a program said: its last words are those of strerror(3). Undefined for any others. */
export function codeOfWords(said: string): string | undefined {
	const words = said.trim().replace(/\.$/, '').toLowerCase();
	return known.find(error => words === error.words.toLowerCase() || words.endsWith(`: ${error.words.toLowerCase()}`))?.code;
}

/** The half of a sentence that says why the system refused a file or a port. Words that are not known are quoted. */
export function systemReason({code = '', message}: SystemError): Text {
	const found = known.find(error => error.code === (code || codeOfWords(message))) ?? known.find(error => error.code === codeOfWords(message));
	const said = shortened(cleanLine(message), longest);
	return found?.text ?? {en: `the system says "${said}"`, es: `el sistema dice «${said}»`};
}

/** The same for anything thrown: where Node names another path than the sentence does, with it. */
export function thrownReason(error: unknown, named?: string): Text {
	const {code, path} = error as NodeJS.ErrnoException;
	const {en, es} = systemReason({code, message: messageOf(error)});
	const where = path === undefined || path === named ? '' : `${cleanLine(path)}: `;
	return {en: where + en, es: where + es};
}

/** The same for a program that says which of many files it is about: `tar: ./a: Cannot open: Permission denied`. */
export function reasonOfProgram(said: string): Text {
	const [, name] = /^\w+: (?:[`'"‘](.+)['"’]|(.+?)): (?:Cannot \w+: )?[^:]+$/.exec(said)?.filter(part => part !== undefined) ?? [];
	const {en, es} = systemReason({message: said});
	return codeOfWords(said) === undefined || name === undefined ? {en, es} : {en: `${name}: ${en}`, es: `${name}: ${es}`};
}
