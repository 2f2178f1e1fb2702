import {joined, phrase, verbatim, type Text} from './text.ts';
import {cleanLine, messageOf, shortened} from '../text/clean.ts';

/** A system error: its name in errno(3), and the English message of Node; only `message` for output of a program. */
export interface SystemError {
	readonly code?: string | undefined;
	readonly message: string;
}

interface Known {
	readonly code: string;
	/** Text of glibc's strerror(3) in the C locale, in which all programs run. */
	readonly words: string;
	readonly text: Text;
}

/** Errors of files and ports that a user can fix. */
const known: readonly Known[] = [
	{code: 'ENOENT', words: 'No such file or directory', text: phrase('it does not exist')},
	{code: 'EACCES', words: 'Permission denied', text: phrase('permission is missing')},
	{code: 'EPERM', words: 'Operation not permitted', text: phrase('the system does not permit it')},
	{code: 'EEXIST', words: 'File exists', text: phrase('something is there already')},
	{code: 'ENOTDIR', words: 'Not a directory', text: phrase('a part of the path is not a folder')},
	{code: 'EISDIR', words: 'Is a directory', text: phrase('it is a folder')},
	{code: 'ELOOP', words: 'Too many levels of symbolic links', text: phrase('its links lead in a circle')},
	{code: 'ENAMETOOLONG', words: 'File name too long', text: phrase('the name is too long')},
	{code: 'ENOSPC', words: 'No space left on device', text: phrase('the disk is full')},
	{code: 'EDQUOT', words: 'Disk quota exceeded', text: phrase('the disk quota is used up')},
	{code: 'EFBIG', words: 'File too large', text: phrase('the file is too large for its file system')},
	{code: 'EROFS', words: 'Read-only file system', text: phrase('the file system is read-only')},
	{code: 'EIO', words: 'Input/output error', text: phrase('the disk reports an error')},
	{code: 'ESTALE', words: 'Stale file handle', text: phrase('its network drive has gone away')},
	{code: 'ENOTCONN', words: 'Transport endpoint is not connected', text: phrase('its file system is not connected')},
	{code: 'EBUSY', words: 'Device or resource busy', text: phrase('it is in use')},
	{code: 'ETXTBSY', words: 'Text file busy', text: phrase('it is a program that runs')},
	{code: 'ENXIO', words: 'No such device or address', text: phrase('nothing answers there')},
	{code: 'ETIMEDOUT', words: 'Connection timed out', text: phrase('it does not answer in time')},
	{code: 'EADDRINUSE', words: 'Address already in use', text: phrase('another program uses it')},
];

/** Maximum number of characters quoted from a program's message. */
const longest = 200;

/** Returns the errno(3) name for a message that ends with the text of strerror(3); undefined for any other message. */
export function codeOfWords(said: string): string | undefined {
	const words = said.trim().replace(/\.$/, '').toLowerCase();
	return known.find(error => words === error.words.toLowerCase() || words.endsWith(`: ${error.words.toLowerCase()}`))
		?.code;
}

/** Returns the reason for a failed system call, as the second half of a sentence. An unknown message is quoted. */
export function systemErrorReason({code = '', message}: SystemError): Text {
	const found =
		known.find(error => error.code === (code || codeOfWords(message))) ??
		known.find(error => error.code === codeOfWords(message));
	const said = shortened(cleanLine(message), longest);
	return found?.text ?? phrase('the system says "{said}"', {said});
}

/**
 * Returns the reason of any thrown error, preceded by Node's path if it differs from the path in the sentence.
 * @param named path that the sentence already contains
 */
export function errorReason(error: unknown, named?: string): Text {
	const {code, path} = error as NodeJS.ErrnoException;
	const reason = systemErrorReason({code, message: messageOf(error)});
	return path === undefined || path === named ? reason : joined([verbatim(cleanLine(path)), reason], ': ');
}

/**
 * Returns the reason in a program's message, preceded by the file's name if the message contains one: `tar: ./a: Cannot
 * open: Permission denied`.
 */
export function programErrorReason(said: string): Text {
	const [, name] =
		/^\w+: (?:[`'"‘](.+)['"’]|(.+?)): (?:Cannot \w+: )?[^:]+$/.exec(said)?.filter(part => part !== undefined) ?? [];
	const reason = systemErrorReason({message: said});
	return codeOfWords(said) === undefined || name === undefined ? reason : joined([verbatim(name), reason], ': ');
}
