import {existsSync, realpathSync} from 'node:fs';
import {basename, delimiter, isAbsolute, join, relative, resolve} from 'node:path';
import {quote} from '../shell/command.ts';
import {isExecutable} from '../executable.ts';
import {jsonIn} from '../text/json.ts';

/** How the user started the program, for commands that they can paste. */
export interface Invocation {
	/** Words before one of our commands: `cluster-wizard`, `npx cluster-wizard`, `sudo node dist/cluster-wizard.js`. */
	readonly program: string;
	/** Words that replace `up --sandbox`: `npm run sandbox`. */
	readonly script?: string;
	/** The folder that relative paths of the program's options begin in, where it is not the user's own. */
	readonly folder?: string;
}

/** Set for the processes that we start, which see another command line. */
export const invocationVariable = 'CLUSTER_WIZARD_INVOCATION';

/** Process state from which `readInvocation` derives an invocation. */
export interface Started {
	readonly argv: readonly string[];
	readonly execPath: string;
	readonly execArgv: readonly string[];
	readonly environment: NodeJS.ProcessEnv;
	readonly uid: number | undefined;
	readonly folder: string;
	/** Whether the program is one executable file, so that no script stands in `argv`. */
	readonly isExecutable?: boolean;
}

const name = 'cluster-wizard';

/** How a process was started, by its words and by what npm, npx and sudo say in its environment. */
export function readInvocation({argv, execPath, execArgv, environment, uid, folder, isExecutable = false}: Started): Invocation {
	const {npm_command: npm, npm_lifecycle_event: event, INIT_CWD: initial, SUDO_UID: sudo, SUDO_COMMAND: under = '', PATH: path = ''} = environment;
	const isNpm = npm !== undefined;
	// npm runs a script in the package's folder, wherever it was called.
	const own = isNpm && initial && isAbsolute(initial) ? initial : folder;
	const file = isExecutable ? execPath : argv[1] ?? '';
	// A shell that sudo opened keeps its variables, and needs no second sudo.
	const prefix = uid === 0 && sudo !== undefined && !/(?:^|\/)(?:[a-z]*sh|su)(?: |$)/.test(under) ? 'sudo ' : '';
	const node = isExecutable ? quote(asCommand(shortest(file, own))) : [onPath('node', path) === realPath(execPath) ? 'node' : quote(execPath), ...execArgv.map(word => quote(word)), quote(shortest(file, own))].join(' ');
	const program = npm === 'exec' ? `npx ${name}` : basename(file) === name && onPath(name, path) === realPath(file) ? name : node;
	return {
		program: prefix + program,
		...(isNpm && event === 'sandbox' && {script: `${prefix}npm run sandbox`}),
		...(own !== folder && {folder}),
	};
}

/**
 * Takes over how the program was started from the process that started this one, or reads it, and keeps it for the processes
 * that this one starts.
 */
export function adoptInvocation(started: Started = {argv: process.argv, execPath: process.execPath, execArgv: process.execArgv, environment: process.env, uid: process.getuid?.(), folder: currentFolder(), isExecutable}): void {
	const {environment} = started;
	invocation = parse(environment[invocationVariable]) ?? readInvocation(started);
	environment[invocationVariable] = JSON.stringify(invocation);
}

/** How the program was started; `cluster-wizard` where nobody has looked. */
export function currentInvocation(): Invocation {
	return invocation;
}

let invocation: Invocation = {program: name};

function parse(text: string | undefined): Invocation | undefined {
	const {program, script, folder} = (jsonIn(text ?? '') ?? {}) as Partial<Record<keyof Invocation, unknown>>;
	return typeof program === 'string' ? {program, ...(typeof script === 'string' && {script}), ...(typeof folder === 'string' && {folder})} : undefined;
}

/** The path as one would type it in a folder. */
function shortest(file: string, folder: string): string {
	const from = relative(folder, file);
	return from.length < file.length && !from.startsWith('-') ? from : file;
}

/** A path that the shell does not look for on PATH. */
function asCommand(path: string): string {
	return path.includes('/') ? path : `./${path}`;
}

/** The real path of a program found as a shell finds it. */
function onPath(program: string, path: string): string | undefined {
	const found = path.split(delimiter).filter(folder => isAbsolute(folder)).map(folder => join(folder, program)).find(file => existsSync(file));
	return found === undefined ? undefined : realPath(found);
}

function realPath(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return resolve(file);
	}
}

/** The working folder; `/` when it has been deleted. */
function currentFolder(): string {
	try {
		return process.cwd();
	} catch {
		return '/';
	}
}
