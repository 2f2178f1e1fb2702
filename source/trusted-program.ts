import {existsSync, lstatSync, readdirSync, realpathSync, type Stats} from 'node:fs';
import {dirname, join, sep} from 'node:path';
import {packageRoot} from './assets.ts';
import {readText} from './text/read-text.ts';

/** Parts of the package that root runs or reads scripts from; from a checkout its source as well. */
const programParts = ['package.json', 'dist', 'assets', 'source', 'steps'];

/**
 * The first path through which somebody else could change the program that root runs: a file or folder of the package, or
 * a folder above it, that belongs neither to root nor to the package's owner, or that others may write to. A folder above
 * may be open to all if it is sticky (/tmp). Undefined when there is none.
 */
export function unsafeProgramPath(root: string = packageRoot): string | undefined {
	const program = programAt(root);
	return foldersAbove(program.path).find(path => !isSticky(path) && !isSafe(path, program))
		?? [program.path, ...programParts.map(name => join(program.path, name)).filter(path => existsSync(path)).flatMap(path => tree(path))].find(path => !isSafe(path, program));
}

/**
 * The folder of a module in the package's own `node_modules`; folders above are not searched. Undefined when it is not
 * installed there, or when somebody else than root and the package's owner could change it or a module beside it, which
 * it may load.
 */
export function trustedModule(name: string, root: string = packageRoot): string | undefined {
	const program = programAt(root);
	const modules = join(program.path, 'node_modules');
	const folder = join(modules, name);
	return existsSync(folder) && [program.path, ...tree(modules)].every(path => isSafe(path, program)) ? realpathSync(folder) : undefined;
}

interface Program {
	/** The package's folder, without links. */
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

/** A file, or a folder with everything below it; links are not followed. */
function tree(path: string): string[] {
	return lstatSync(path).isDirectory() ? [path, ...readdirSync(path).flatMap(name => tree(join(path, name)))] : [path];
}

function isSticky(path: string): boolean {
	const {uid, mode} = lstatSync(path);
	return uid === 0 && (mode & 0o1000) !== 0;
}

/** A link is as safe as its target, which must lie in the package. */
function isSafe(path: string, {path: root, owner}: Program): boolean {
	const status = lstatSync(path);
	if (status.isSymbolicLink()) {
		return existsSync(path) && realpathSync(path).startsWith(root + sep);
	}

	const isOwned = status.uid === 0 || status.uid === owner;
	return isOwned && (status.mode & 0o002) === 0 && ((status.mode & 0o020) === 0 || isOwnGroup(status, owner));
}

/**
 * Whether nobody but root and the owner is in the file's group: a user's own group, with which Ubuntu's umask of 002 lets
 * new files be written, or Debian's `staff` for /usr/local. A group that is not in /etc/group may have any members.
 */
function isOwnGroup({gid}: Stats, owner: number): boolean {
	const read = (file: string) => readText(file).split('\n').filter(Boolean).map(line => line.split(':'));
	const group = read('/etc/group').find(fields => Number(fields[2]) === gid);
	const named = group?.[3]?.split(',') ?? [];
	const members = read('/etc/passwd').filter(fields => Number(fields[3]) === gid || named.includes(fields[0]!)).map(fields => Number(fields[2]));
	return gid === 0 || (group !== undefined && members.every(uid => uid === 0 || uid === owner));
}
