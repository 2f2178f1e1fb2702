import {existsSync, realpathSync} from 'node:fs';
import {basename, delimiter, isAbsolute, join, relative, resolve} from 'node:path';
import {quote} from '../shell/command.ts';
import {isExecutable} from '../executable.ts';
import {jsonIn} from '../text/json.ts';

/** How the user started the program; used to print commands that the user can paste. */
export interface Invocation {
	/** Words that precede a command: `cluster-wizard`, `npx cluster-wizard`, `sudo node dist/cluster-wizard.js`. */
	readonly program: string;
	/** Words that replace `up --sandbox`: `npm run sandbox`. */
	readonly script?: string;
	/** Folder to which relative paths in options refer, if it is not the user's own. */
	readonly folder?: string;
}

/** Passes the invocation to child processes, whose own command lines differ. */
export const invocationVariable = 'CLUSTER_WIZARD_INVOCATION';

/** Process state from which `readInvocation` derives the invocation. */
export interface ProcessStart {
	readonly argv: readonly string[];
	readonly execPath: string;
	readonly execArgv: readonly string[];
	readonly environment: NodeJS.ProcessEnv;
	readonly uid: number | undefined;
	readonly folder: string;
	/** Whether the program is a single executable file, so that `argv` contains no script. */
	readonly isExecutable?: boolean;
}

const name = 'cluster-wizard';

/** Derives the invocation from the process's words and from the variables that npm, npx and sudo set. */
export function readInvocation({
	argv,
	execPath,
	execArgv,
	environment,
	uid,
	folder,
	isExecutable = false,
}: ProcessStart): Invocation {
	const {
		npm_command: npm,
		npm_lifecycle_event: event,
		INIT_CWD: initial,
		SUDO_UID: sudo,
		SUDO_COMMAND: under = '',
		PATH: path = '',
	} = environment;
	const isNpm = npm !== undefined;
	// npm runs scripts in the package's folder, wherever it was called.
	const own = isNpm && initial && isAbsolute(initial) ? initial : folder;
	const file = isExecutable ? execPath : (argv[1] ?? '');
	// A shell opened by sudo keeps its variables, but commands in it need no second sudo.
	const prefix = uid === 0 && sudo !== undefined && !/(?:^|\/)(?:[a-z]*sh|su)(?: |$)/.test(under) ? 'sudo ' : '';
	const node = isExecutable
		? quote(asCommand(shortest(file, own)))
		: [
				onPath('node', path) === realPath(execPath) ? 'node' : quote(execPath),
				...execArgv.map(word => quote(word)),
				quote(shortest(file, own)),
			].join(' ');
	const program =
		npm === 'exec' ? `npx ${name}` : basename(file) === name && onPath(name, path) === realPath(file) ? name : node;
	return {
		program: prefix + program,
		...(isNpm && event === 'sandbox' && {script: `${prefix}npm run sandbox`}),
		...(own !== folder && {folder}),
	};
}

/** Adopts the invocation of the parent process, or derives it, and passes it on to child processes. */
export function adoptInvocation(
	started: ProcessStart = {
		argv: process.argv,
		execPath: process.execPath,
		execArgv: process.execArgv,
		environment: process.env,
		uid: process.getuid?.(),
		folder: currentFolder(),
		isExecutable,
	},
): void {
	const {environment} = started;
	invocation = parse(environment[invocationVariable]) ?? readInvocation(started);
	environment[invocationVariable] = JSON.stringify(invocation);
}

/** The current invocation; `cluster-wizard` before `adoptInvocation` has run. */
export function currentInvocation(): Invocation {
	return invocation;
}

let invocation: Invocation = {program: name};

function parse(text: string | undefined): Invocation | undefined {
	const {program, script, folder} = (jsonIn(text ?? '') ?? {}) as Partial<Record<keyof Invocation, unknown>>;
	return typeof program === 'string'
		? {program, ...(typeof script === 'string' && {script}), ...(typeof folder === 'string' && {folder})}
		: undefined;
}

/** The path as a user would type it in the folder. */
function shortest(file: string, folder: string): string {
	const from = relative(folder, file);
	return from.length < file.length && !from.startsWith('-') ? from : file;
}

/** Adds `./` to a bare file name, so that the shell does not search PATH for it. */
function asCommand(path: string): string {
	return path.includes('/') ? path : `./${path}`;
}

/** Searches PATH as a shell does, and returns the program's real path. */
function onPath(program: string, path: string): string | undefined {
	const found = path
		.split(delimiter)
		.filter(folder => isAbsolute(folder))
		.map(folder => join(folder, program))
		.find(file => existsSync(file));
	return found === undefined ? undefined : realPath(found);
}

function realPath(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		return resolve(file);
	}
}

/** The working directory; `/` if it has been deleted. */
function currentFolder(): string {
	try {
		return process.cwd();
	} catch {
		return '/';
	}
}
