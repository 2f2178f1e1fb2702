import {existsSync, lstatSync, readdirSync, realpathSync, type Stats} from 'node:fs';
import {dirname, join, sep} from 'node:path';
import {packageRoot} from './assets.ts';
import {readText} from './text/read-text.ts';

/** Parts of the package that root executes or reads scripts from; in a checkout, also its source. */
const programParts = ['package.json', 'dist', 'assets', 'source', 'steps'];

/**
 * Returns the first path through which another user could change the program that root runs: a file or folder of the
 * package, or a parent folder, that belongs neither to root nor to the package's owner, or that others may write to. A
 * parent folder may be writable for all if it is sticky (/tmp). Undefined if there is none.
 */
export function unsafeProgramPath(root: string = packageRoot): string | undefined {
	const program = programAt(root);
	return (
		foldersAbove(program.path).find(path => !isSticky(path) && !isSafe(path, program)) ??
		[
			program.path,
			...programParts
				.map(name => join(program.path, name))
				.filter(path => existsSync(path))
				.flatMap(path => tree(path)),
		].find(path => !isSafe(path, program))
	);
}

/**
 * Returns the folder of a module in the package's own `node_modules`; parent folders are not searched. Undefined if the
 * module is not installed there, or if anyone but root and the package's owner could change it or a module beside it,
 * which it may load.
 */
export function trustedModule(name: string, root: string = packageRoot): string | undefined {
	const program = programAt(root);
	const modules = join(program.path, 'node_modules');
	const folder = join(modules, name);
	return existsSync(folder) && [program.path, ...tree(modules)].every(path => isSafe(path, program))
		? realpathSync(folder)
		: undefined;
}

interface Program {
	/** Path of the package's folder, with links resolved. */
	readonly path: string;
	readonly owner: number;
}

function programAt(root: string): Program {
	const path = realpathSync(root);
	return {path, owner: lstatSync(path).uid};
}

function foldersAbove(path: string): string[] {
	const above = dirname(path);
	return above === path ? [] : [...foldersAbove(above), above];
}

/** Lists a file, or a folder and everything below it; does not follow links. */
function tree(path: string): string[] {
	return lstatSync(path).isDirectory() ? [path, ...readdirSync(path).flatMap(name => tree(join(path, name)))] : [path];
}

function isSticky(path: string): boolean {
	const {uid, mode} = lstatSync(path);
	return uid === 0 && (mode & 0o1000) !== 0;
}

/** Whether only root and the owner can change a file. A link is safe if its target exists in the package. */
function isSafe(path: string, {path: root, owner}: Program): boolean {
	const status = lstatSync(path);
	if (status.isSymbolicLink()) {
		return existsSync(path) && realpathSync(path).startsWith(root + sep);
	}

	const isOwned = status.uid === 0 || status.uid === owner;
	return isOwned && (status.mode & 0o002) === 0 && ((status.mode & 0o020) === 0 || isOwnGroup(status, owner));
}

/**
 * Whether only root and the owner are members of the file's group, such as a user's own group, to which Ubuntu's umask
 * of 002 gives write permission, or Debian's `staff` for /usr/local. A group that is not in /etc/group may have any
 * members.
 */
function isOwnGroup({gid}: Stats, owner: number): boolean {
	const read = (file: string) =>
		readText(file)
			.split('\n')
			.filter(Boolean)
			.map(line => line.split(':'));
	const group = read('/etc/group').find(fields => Number(fields[2]) === gid);
	const named = group?.[3]?.split(',') ?? [];
	const members = read('/etc/passwd')
		.filter(fields => Number(fields[3]) === gid || named.includes(fields[0]!))
		.map(fields => Number(fields[2]));
	return gid === 0 || (group !== undefined && members.every(uid => uid === 0 || uid === owner));
}
